/** An address from data, made absolute; null unless it leads to a web page. */
export function webAddress(address: string, base?: string): string | null {
  try {
    const { protocol, href } = new URL(address, base);
    return /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}
