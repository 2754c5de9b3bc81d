import { ApiError } from '../core/errors.js';
import type { Settings } from '../platform/settings.js';

/** Hosts that a request reaches without leaving the machine. Names below `localhost` are not: some resolvers ask the network. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Decides where a key may be sent: to the origin of the platform that has given it, by https or within the machine. A key is
 * like a password, which is why no message of ours holds it.
 *
 * @throws {TypeError}
 */
export function checkToken(token: string, { platform, api }: Pick<Settings, 'platform' | 'api'>): void {
  // What RFC 6750 lets stand behind "Bearer". Whoever refuses to send anything else as a header quotes it in full.
  if (!/^[\w.~+/-]+=*$/.test(token))
    throw new TypeError('The token is empty, or holds a space, a line break or another character that no key has.');
  const { protocol, hostname, origin } = new URL(api);
  if (origin !== new URL(platform).origin)
    throw new TypeError(`The token is for ${platform} alone: it is not sent to ${origin}.`);
  if (protocol !== 'https:' && !LOOPBACK.test(hostname))
    throw new TypeError(`The token is sent by https only, not to ${origin}.`);
}

const literally = (sign: string): string => sign.replace(/[^\w]/, '\\$&');
const hexOf = (sign: string): string => sign.charCodeAt(0).toString(16).padStart(2, '0');

/** How one character of a key can be written in an address, in JSON, in a program or in HTML. */
const written = (sign: string): string => {
  const code = sign.charCodeAt(0);
  const hex = hexOf(sign);
  // Bounded, as a text of nothing but backslashes would take for ever.
  return `(?:\\\\{0,4}${literally(sign)}|%(?:25){0,3}${hex}|\\\\{1,4}(?:u00|x)${hex}|&#0{0,5}${code};|&#x0{0,5}${hex};)`;
};

/** What of a key is in a text in base64, whatever else is in it before and behind: one expression for each place in a group of three. */
const inBase64 = (token: string): string[] => {
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  return [0, 2, 3].map((start, before) =>
    btoa('\0'.repeat(before) + bytes)
      .slice(start, Math.floor(((before + bytes.length) * 8) / 6))
      .replace(/[+/]/g, (sign) => (sign === '+' ? '(?:[+-]|%2b)' : '(?:\\\\{0,4}/|_|%2f)')),
  );
};

/** What finds a key in a text: as it is, escaped, backwards, in hexadecimal and in base64. */
export const tracesOf = (token: string): RegExp => {
  const signs = token.match(/[^]/gu) ?? [];
  const forms = [
    signs.map(written).join(''),
    signs.map(literally).reverse().join(''),
    signs.map(hexOf).join('[\\s:,-]?'),
    ...inBase64(token),
  ];
  return new RegExp(forms.filter(Boolean).join('|'), 'gi');
};

/** Characters that one character of a key may take in a text. */
const WIDEST = 16;

/**
 * Sends requests with a key, so that nothing which comes back can give it away: no way that leads elsewhere is followed, of a
 * refusal the status alone is heard, and an answer that holds the key in any form is not used at all. Whatever is told,
 * remembered or written to a file comes from what passes here.
 */
export function keyedFetch(token: string, send?: typeof fetch): typeof fetch {
  const traces = tracesOf(token);
  return async (input, init) => {
    const answer = await (send ?? fetch)(input, { ...init, redirect: 'manual' }).catch((reason: unknown) => {
      throw reason instanceof TypeError ? new TypeError(`the request failed${codeOf(reason.cause)}`) : reason;
    });
    const leadsElsewhere = answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400);
    if (!answer.ok) await answer.body?.cancel();
    if (leadsElsewhere)
      throw new ApiError('bad-response', 'the address leads to another one, to which no key is sent', {
        cause: answer.status,
      });
    return new Response(
      answer.ok ? answer.body?.pipeThrough(withoutTraces(traces, token.length * WIDEST)) : null,
      answer,
    );
  };
}

/** What the operating system calls a failure; all else could be words of the platform's. */
const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && /^E[A-Z]+$/.test(String(cause.code)) ? ` (${String(cause.code)})` : '';

/** Passes bytes on until the key is among them. */
function withoutTraces(traces: RegExp, longest: number): TransformStream<Uint8Array, Uint8Array> {
  // All forms of a key are ASCII: one character a byte finds them in any text, and across two parts of it.
  const decoder = new TextDecoder('latin1');
  let before = '';
  return new TransformStream({
    transform(bytes, out) {
      const text = before + decoder.decode(bytes);
      if (text.search(traces) >= 0)
        throw new ApiError('bad-response', 'the answer holds the key itself, and is not used', { cause: 'the key' });
      before = text.slice(-longest);
      out.enqueue(bytes);
    },
  });
}
