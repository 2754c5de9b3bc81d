/** A site whose pages may send visitors to the hand-over page, and the folder that they come back to. */
export interface Allowed {
  readonly origin: string;
  /** Path with a `/` at its end: `/` is the whole site. */
  readonly folder: string;
}

/** Machines that are this one: there is no certificate to be had for them. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Reads a word of `allow`: an origin, with a folder behind it or not. Null for anything else, such as a pattern: a page that
 * serves everybody would protect nobody.
 */
export function readAllowed(word: string): Allowed | null {
  const url = webPage(word);
  if (!url || url.search || url.hash) return null;
  return { origin: url.origin, folder: url.pathname.replace(/\/?$/, '/') };
}

/** An address that visitors may be sent to: over an encrypted connection, and without a name or password in it. */
export function webPage(address: string): URL | null {
  try {
    const url = new URL(address);
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
    return isSafe && !url.username && !url.password ? url : null;
  } catch {
    return null;
  }
}

/** Takes `%` and two digits for the character that they stand for; what is no ASCII stays as browsers write it. */
const decode = (path: string): string =>
  path.replace(/%([\da-f]{2})/gi, (written, digits: string) => {
    const code = parseInt(digits, 16);
    return code < 128 ? String.fromCharCode(code) : written.toUpperCase();
  });

/**
 * Whether a path lies in a folder however often servers on the way decode it, and whatever they take for a step upwards.
 * Of a path with control characters that is never said: some drop them.
 */
export function isBelow(path: string, folder: string): boolean {
  if (/%(?:25)*(?:[01][\da-f]|7f)/i.test(path)) return false;
  const wanted = folder.split('/').slice(0, -1).map(decode);
  for (let form = path; ;) {
    const parts = new URL(`https://x${form}`).pathname.split('/').map(decode);
    if (parts.length <= wanted.length || wanted.some((part, index) => part !== parts[index])) return false;
    const decoded = decode(form);
    if (decoded === form) return true;
    form = decoded;
  }
}
