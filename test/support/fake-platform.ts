/**
 * A platform inside the page. It takes the library's own HTTP requests in the place of `fetch` and executes them on the
 * sandbox's schemas over plain objects, so that batching, encoding, decoding and errors are those of real life.
 */
import { buildSchema, graphql, GraphQLError, type GraphQLSchema } from 'graphql/index.mjs';

import internalText from '../../sandbox/platform/schema/internal.graphql?raw';
import previewText from '../../sandbox/platform/schema/preview.graphql?raw';
// Types that answers contain although the published schemas do not have them.
import moreInternalText from '../../sandbox/platform/schema/runtime/internal.graphql?raw';
import morePreviewText from '../../sandbox/platform/schema/runtime/preview.graphql?raw';
import { BallotBox, type VoteInput } from './ballot-box.js';

/** An object of the platform: its fields by name, as values or as functions of the field's arguments. */
export type FakeObject = Readonly<Record<string, unknown>> & { readonly __typename: string; readonly id: string };

/** One request as it left the library. */
export interface PlatformRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: RequestCredentials;
  readonly body: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The library has given it up. */
  aborted: boolean;
}

/**
 * What goes wrong: no connection at all; an act that is carried out, but whose answer is lost or never comes; or an
 * answer that is not the platform's usual one.
 */
export type Fault =
  | 'network'
  | 'lost'
  | 'silent'
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

const PREVIEW = 'application/vnd.cap-collectif.preview+json';
const DENIED = 'Access denied to this field.';

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};
const preview = once(() => buildSchema(previewText + morePreviewText));
const internal = once(() => buildSchema(internalText + moreInternalText));

/** The value of a field that this visitor may not read. */
export const denied = (): GraphQLError => new GraphQLError(DENIED, { extensions: { category: 'user' } });

/** The value of a field at which the platform itself fails. */
export const broken = (): GraphQLError =>
  new GraphQLError('Internal server Error', { extensions: { category: 'internal' } });

/** Requests that a platform of this page is working on, and answers of it that are being read. */
let work = 0;

/** Whether a platform of this page has yet to answer what it was asked; not while a test keeps it from answering. */
export const isWorking = (): boolean => work > 0;

async function working<T>(task: () => Promise<T>): Promise<T> {
  work++;
  try {
    return await task();
  } finally {
    work--;
  }
}

async function resting<T>(wait: Promise<T>): Promise<T> {
  work--;
  try {
    return await wait;
  } finally {
    work++;
  }
}

/** Reading an answer takes its time as well, even of one that never left the page. */
function watched(answer: Response): Response {
  const [text, json] = [answer.text.bind(answer), answer.json.bind(answer)];
  return Object.assign(answer, { text: () => working(text), json: () => working(json) });
}

export class FakePlatform {
  readonly #objects = new Map<string, FakeObject>();
  #fault: Fault | undefined;
  #faultTimes = 0;
  #faulty: RegExp | undefined;
  #gate: Promise<void> | undefined;

  /** What was asked so far, oldest first. */
  readonly requests: PlatformRequest[] = [];
  /** What the visitor has voted for. */
  readonly votes = new BallotBox();

  /** Fields at the root of its schemas, beside those that find objects: values, or functions of the field's arguments. */
  readonly root: Record<string, unknown> = {
    isAuthenticated: false,
    featureFlags: [],
    ssoConfigurations: { edges: [] },
  };
  /** What it answers at other paths than its API's, by path: from the body of the request. */
  readonly routes = new Map<string, (body: string) => Response>();

  /** @param url - Its address; requests to any other go out to the network. */
  constructor(readonly url = 'https://participez.valmont.example') {}

  /** Adds objects, or replaces those with the same id. */
  put(...objects: readonly FakeObject[]): void {
    for (const object of objects) this.#objects.set(object.id, object);
  }

  /** Changes fields of an object. */
  change(id: string, fields: Readonly<Record<string, unknown>>): void {
    const object = this.#objects.get(id);
    if (!object) throw new Error(`The fake platform has no object ${id}.`);
    this.put({ ...object, ...fields });
  }

  /** Deletes an object, or hides it: to a visitor that is the same. */
  remove(id: string): void {
    this.#objects.delete(id);
  }

  /** The acts among the requests. */
  get mutations(): PlatformRequest[] {
    return this.requests.filter(({ query }) => /^\s*mutation/.test(query));
  }

  /** Opens a session for the one visitor, or for somebody else by another name. */
  signIn(displayName = 'Lucie Fontaine', isEmailConfirmed = true): void {
    Object.assign(this.root, { isAuthenticated: true, viewer: { ...accountOf(displayName), isEmailConfirmed } });
  }

  /** Ends the session, or lets it expire. */
  signOut(): void {
    Object.assign(this.root, { isAuthenticated: false, viewer: denied });
  }

  /**
   * Makes the next requests fail; all of them, if no number is given.
   *
   * @param faulty - Which requests: those whose document it finds something in.
   */
  fail(fault: Fault, times = Infinity, faulty?: RegExp): void {
    this.#fault = fault;
    this.#faultTimes = times;
    this.#faulty = faulty;
  }

  /** Answers again. */
  heal(): void {
    this.#faultTimes = 0;
  }

  /** Keeps every request from now on waiting, until the returned function is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.#gate = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#gate = undefined;
      release();
    };
  }

  /** Answers one request, or rejects as `fetch` does. */
  async answer(request: Request): Promise<Response> {
    const { url, method, credentials, signal } = request;
    const body = await request.text();
    const form = new URLSearchParams(body);
    const query = form.get('query') ?? '';
    const variables = JSON.parse(form.get('variables') ?? '{}') as PlatformRequest['variables'];
    const headers = Object.fromEntries(request.headers);
    const entry = { url, method, headers, credentials, body, query, variables, aborted: signal.aborted };
    this.requests.push(entry);
    signal.addEventListener('abort', () => {
      entry.aborted = true;
    });
    const fault = (this.#faulty?.test(query) ?? true) && this.#faultTimes-- > 0 ? this.#fault : undefined;
    if (this.#gate) await resting(Promise.race([this.#gate, aborted(signal)]));
    signal.throwIfAborted();
    if (fault === 'network') throw new TypeError('Failed to fetch');
    if (typeof fault === 'object')
      return new Response(fault.body ?? '', { status: fault.status, headers: { ...fault.headers } });
    const route = this.routes.get(url.slice(this.url.length));
    if (route) return route(body);
    const schema = this.#schemaFor(url, headers);
    if (!schema || !query) return new Response('Wrong public query', { status: 400 });
    const answer = await this.#execute(schema, query, variables);
    if (fault === 'silent') return resting(aborted(signal));
    if (fault === 'lost') throw new TypeError('Failed to fetch');
    return Response.json(answer);
  }

  #schemaFor(url: string, headers: PlatformRequest['headers']): GraphQLSchema | undefined {
    const path = url.slice(this.url.length);
    if (path === '/graphql/internal') return internal();
    return path === '/graphql' && headers['accept'] === PREVIEW ? preview() : undefined;
  }

  async #execute(
    schema: GraphQLSchema,
    source: string,
    variableValues: PlatformRequest['variables'],
  ): Promise<unknown> {
    const find = (id: string): FakeObject | null => this.#objects.get(id) ?? null;
    const { root, votes } = this;
    const { isAuthenticated } = root;
    const signedIn = Boolean(
      isAuthenticated instanceof Function ? (isAuthenticated as () => unknown)() : isAuthenticated,
    );
    const rootValue = {
      ...root,
      node: ({ id }: { id: string }) => find(id),
      nodes: ({ ids }: { ids: readonly string[] }) => ids.map(find),
      addProposalVote: ({ input }: { input: VoteInput }) => {
        if (!signedIn) throw denied();
        const vote = votes.add(input);
        const payload = { shouldTriggerConsentInternalCommunication: false };
        if (typeof vote === 'string') return { ...payload, errorCode: vote, vote: null };
        return { ...payload, errorCode: null, vote: { ...vote, proposal: find(input.proposalId) } };
      },
      removeProposalVote: ({ input }: { input: VoteInput }) => {
        if (!signedIn) throw denied();
        votes.remove(input);
        return { areRemainingVotesAccounted: true, proposal: find(input.proposalId) };
      },
      updateProposalVotes: ({ input }: { input: { step: string; votes: { id: string; anonymous: boolean }[] } }) => {
        if (!signedIn) throw denied();
        votes.order(input.step, input.votes);
        return { step: find(input.step) };
      },
      updateVotesVisibility: ({ input }: { input: { stepId: string; anonymous: boolean } }) => {
        if (!signedIn) throw denied();
        votes.veil(input.stepId, input.anonymous);
        return { votes: [] };
      },
    };
    const contextValue = { signedIn, votes, find };
    const { data, errors = [] } = await graphql({ schema, source, variableValues, rootValue, contextValue });
    // What a visitor may not read is a warning on the platform, and no error; what he may not do is an error.
    const isWarning = ({ message }: GraphQLError): boolean => message === DENIED && !/^\s*mutation/.test(source);
    const warnings = errors.filter(isWarning);
    const failures = errors.filter((error) => !warnings.includes(error));
    return {
      ...(data !== undefined && { data }),
      ...(failures.length > 0 && { errors: failures }),
      ...(warnings.length > 0 && { extensions: { warnings } }),
    };
  }
}

/** An account by the name that it shows: its ID and its address follow from that. */
export const accountOf = (displayName: string): { id: string; displayName: string; email: string } => {
  const name = displayName.toLowerCase().replaceAll(' ', '.');
  return { id: `user-${name}`, displayName, email: `${name}@valmont.example` };
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  });

const platforms = new Map<string, FakePlatform>();
const realFetch = globalThis.fetch;

/** Puts a platform in the place of the network at its address, until the returned function is called. */
export function connect(platform: FakePlatform): () => void {
  platforms.set(platform.url, platform);
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    const url = [...platforms.keys()].find((base) => request.url.startsWith(`${base}/`));
    const target = url === undefined ? undefined : platforms.get(url);
    return target ? working(() => target.answer(request)).then(watched) : realFetch(input, init);
  };
  return () => {
    if (platforms.get(platform.url) === platform) platforms.delete(platform.url);
    if (!platforms.size) globalThis.fetch = realFetch;
  };
}
