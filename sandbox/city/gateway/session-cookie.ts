import { parseSetCookie, stringifySetCookie } from 'cookie';

/** As platforms name sessions. Anything else is nobody's, and does not reach the platform. */
const VALUE = /^[\w,-]{1,256}$/;
/** The value goes through as it is written. */
const asIs = { encode: (value: string) => value, decode: (value: string) => value };

/**
 * The platform's session, the only cookie that passes. On the city's origin it bears a name of its own, so that it is not
 * taken for a session of the city's CMS. By its prefix and attributes browsers keep it from other hosts, from scripts, and
 * out of requests that begin on other sites.
 */
export class SessionCookie {
  /** On the city's origin. */
  readonly name: string;
  readonly #secure: boolean;
  readonly #platformName: string;

  /** @param secure - The city's origin is https. The prefix asks for it, so on loopback there is none. */
  constructor(secure: boolean, platformName: string) {
    this.#secure = secure;
    this.#platformName = platformName;
    this.name = `${secure ? '__Host-' : ''}cap-session`;
  }

  /** What the platform gets of a visitor's cookies. Found twice, somebody else has set one of them: none is used. */
  toPlatform(cookies = ''): string | undefined {
    const prefix = `${this.name}=`;
    const [found = '', ...others] = cookies
      .split(';')
      .map((cookie) => cookie.trim())
      .filter((cookie) => cookie.startsWith(prefix));
    const value = found.slice(prefix.length);
    return others.length === 0 && VALUE.test(value) ? `${this.#platformName}=${value}` : undefined;
  }

  /** What a visitor gets of the cookies that the platform sets: how long the session lasts is the platform's, all else is ours. */
  toVisitor(lines: readonly string[] = []): string[] {
    return lines
      .map((line) => parseSetCookie(line, asIs))
      .filter(({ name, value = '' }) => name === this.#platformName && (value === '' || VALUE.test(value)))
      .map(({ value = '', maxAge, expires }) =>
        stringifySetCookie(
          {
            name: this.name,
            value,
            ...(maxAge === undefined ? {} : { maxAge }),
            ...(expires === undefined ? {} : { expires }),
            path: '/',
            httpOnly: true,
            secure: this.#secure,
            sameSite: 'strict',
          },
          asIs,
        ),
      );
  }
}
