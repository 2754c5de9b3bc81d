const said = new Set<string>();

/** Tells the page's developer something, once a page however many elements have the same reason. */
export function warnOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  console.warn(`[cap-widgets] ${text}`);
}
