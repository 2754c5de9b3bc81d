/** What browsers take for secure although it is not encrypted: it does not leave the machine. */
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Looks at where a gateway is and where it leads.
 *
 * @returns Whether its cookie can be `Secure`, as it must be anywhere but on loopback.
 * @throws {TypeError} Where sessions would travel unencrypted, or an origin is written so that no browser sends it.
 */
export function checkAddresses(platform: string, origins: readonly string[]): boolean {
  const { origin: platformOrigin } = new URL(platform);
  for (const origin of [platformOrigin, ...origins]) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new TypeError(`“${origin}” is no origin: write it as https://www.ville.fr.`);
    if (!origin.startsWith('https://') && !LOOPBACK.test(origin))
      throw new TypeError(`“${origin}” is not encrypted, which would give sessions away: use https.`);
  }
  if (origins.length === 0) throw new TypeError('Name the origins of the city’s own site.');
  const secure = origins.filter((origin) => origin.startsWith('https://')).length;
  if (secure !== 0 && secure !== origins.length)
    throw new TypeError('One gateway is on https or on loopback, not on both: its cookie has one name.');
  return secure > 0;
}
