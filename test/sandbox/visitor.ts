import { parseSetCookie, stringifyCookie } from 'cookie';

/** Somebody with a cookie jar, who follows redirects and fills in forms: a browser without scripts. */
export class Visitor {
  /** By host and path; ports do not tell cookies apart. */
  readonly #jar = new Map<string, { host: string; path: string; name: string; value: string }>();

  /** @param said - Headers of each request, as what the scripts of one page say of it. */
  constructor(readonly said: Readonly<Record<string, string>> = {}) {}

  /** One request, without following a redirect. */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { hostname, pathname } = new URL(url);
    const sent = [...this.#jar.values()]
      .filter(
        ({ host, path }) => host === hostname && (pathname === path || pathname.startsWith(path.replace(/\/?$/, '/'))),
      )
      .sort((a, b) => b.path.length - a.path.length);
    const headers = new Headers({ ...this.said, ...Object.fromEntries(new Headers(init.headers)) });
    if (sent.length > 0) {
      headers.set('Cookie', stringifyCookie(Object.fromEntries(sent.map(({ name, value }) => [name, value]))));
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const { name, value = '', path = '/', expires, maxAge } = parseSetCookie(line);
      const key = `${hostname} ${path} ${name}`;
      const gone = maxAge === 0 || (expires !== undefined && expires.getTime() <= Date.now());
      if (gone) this.#jar.delete(key);
      else this.#jar.set(key, { host: hostname, path, name, value });
    }
    return response;
  }

  /** Goes where redirects lead. `from` is the page on which a link was followed. */
  async open(url: string, from?: string): Promise<Page> {
    let response = await this.ask(url, from === undefined ? {} : { headers: { Referer: from } });
    let at = url;
    for (let hops = 0; response.status >= 300 && response.status < 400; hops++) {
      if (hops === 20) throw new Error(`Too many redirects from ${url}`);
      at = new URL(response.headers.get('Location') ?? '', at).href;
      response = await this.ask(at);
    }
    return { url: at, status: response.status, text: await response.text() };
  }

  /** Sends the form of a page that goes to `action`, with its hidden fields and what is typed in. */
  async send(page: Page, action: RegExp, typed: Readonly<Record<string, string>> = {}): Promise<Page> {
    const forms = [...page.text.matchAll(/<form method="post"(?: action="([^"]*)")?>(.*?)<\/form>/gs)];
    const form = forms.find(([, target = page.url]) => action.test(target));
    if (!form) throw new Error(`No form for ${String(action)} on ${page.url}:\n${page.text}`);
    const hidden = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const fields = Object.fromEntries(
      hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
    );
    const target = new URL(form[1] ?? page.url, page.url).href;
    const response = await this.ask(target, {
      method: 'POST',
      headers: { Origin: new URL(page.url).origin, Referer: page.url },
      body: new URLSearchParams({ ...fields, ...typed }),
    });
    const next = response.headers.get('Location');
    if (next === null) return { url: target, status: response.status, text: await response.text() };
    return this.open(new URL(next, target).href);
  }

  async graphql<Data>(api: string, query: string, variables: object = {}): Promise<Data> {
    const response = await this.ask(`${api}/graphql/internal`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return ((await response.json()) as { data: Data }).data;
  }

  logIn(api: string, body: unknown): Promise<Response> {
    return this.ask(`${api}/login_check`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** The name of the user whom the API takes this visitor for. */
  async name(api: string): Promise<string | undefined> {
    const { isAuthenticated } = await this.graphql<{ isAuthenticated: boolean }>(api, '{ isAuthenticated }');
    if (!isAuthenticated) return undefined;
    const { viewer } = await this.graphql<{ viewer: { displayName: string } }>(api, '{ viewer { displayName } }');
    return viewer.displayName;
  }
}

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}
