import { clock } from '../core/clock.js';
import { ApiError } from '../core/errors.js';
import type { Runtime } from './runtime.js';
import { AnotherAccount, type Viewer } from './viewer.js';
import { dropWish, heldWish, holdWish, isOwnSignIn, takeUpWish, WISH_LIFETIME, type Wish } from './wish.js';

/**
 * Why the visitor is asked before anything is done: he has not pressed this very control as whoever is signed in now
 * (`session`); it was made from a link, whose text may say something else (`link`); nobody knows what has become of the last
 * time (`unknown`).
 */
export type Question = 'session' | 'link' | 'unknown';

/** The one state that an act is in. */
export type ActStatus<Value = unknown, Result = unknown> =
  | { readonly at: 'rest' }
  /** It waits until the visitor has signed in. `ended`: the session that has refused it is known to have ended. */
  | {
      readonly at: 'signing-in';
      readonly wish: Wish<Value>;
      readonly ended: boolean;
      readonly error?: ApiError | undefined;
    }
  /** `by`: the account that alone may know of it; null for whoever is here. */
  | { readonly at: 'asking'; readonly wish: Wish<Value>; readonly why: Question; readonly by: string | null }
  /** `unsure`: nobody knows for now whether it was recorded. */
  | { readonly at: 'sending'; readonly wish: Wish<Value>; readonly unsure: boolean }
  /** A window of the platform has it. */
  | { readonly at: 'handed-over'; readonly wish: Wish<Value> }
  /** That window does not answer: what it has recorded may become known later. */
  | { readonly at: 'unknown'; readonly wish: Wish<Value> }
  | { readonly at: 'done'; readonly wish: Wish<Value>; readonly result: Result }
  /** `another`: it was stopped because somebody else is signed in by now. */
  | { readonly at: 'failed'; readonly wish: Wish<Value>; readonly error: ApiError; readonly another: boolean };

/** What an act needs of the control that it belongs to, and of the platform. */
export interface Ports<Value, Result> {
  readonly runtime: Runtime;
  /** What the control stands for. */
  readonly subject: Omit<Wish, 'value'>;
  readonly way: 'session' | 'hand-over';
  /** The visitor is asked before each act. */
  readonly asksFirst: boolean;
  /** Who is signed in, as it is shown; undefined while nobody knows. */
  viewer(): Viewer | undefined;
  /** Makes sure that an account is still signed in; throws as `sameViewer`. */
  look(account: string | null): Promise<void>;
  /** Whether a wish can be carried out now; `met`: it is so already. */
  standing(value: Value): 'unknown' | 'able' | 'met' | 'blocked';
  /** Asks the page whether the visitor may be asked to sign in. */
  maySignIn(): boolean;
  /** Has the platform record it, once. Throws an `ApiError` when nothing is recorded. */
  cast(value: Value, onUnsure: () => void): Promise<Result>;
  /** Has the visitor carry it out on the platform's page; null where nobody will know. Otherwise as `cast`. */
  handOver(value: Value, onUnknown: () => void): Promise<Result | null>;
  /** The platform has recorded it. */
  recorded(result: Result): void;
}

export type Listener<Value, Result> = (status: ActStatus<Value, Result>, before: ActStatus<Value, Result>) => void;

const REST = { at: 'rest' } as const;

/**
 * One act of the visitor at a time, from the press to what is recorded: whoever is not signed in is asked to; it is carried
 * out once, and only for whoever has wished it; and nothing is told that the platform has not said.
 */
export class Act<Value, Result> {
  readonly #ports: Ports<Value, Result>;
  readonly #changed: Listener<Value, Result>;
  #status: ActStatus<Value, Result> = REST;
  #turn = 0;

  /** @param changed - Called with each new status, and the one before. */
  constructor(ports: Ports<Value, Result>, changed: Listener<Value, Result>) {
    this.#ports = ports;
    this.#changed = changed;
    // The visitor may be back from where he has signed in.
    takeUpWish(ports.runtime);
  }

  get status(): ActStatus<Value, Result> {
    return this.#status;
  }

  /**
   * The visitor wants it so.
   *
   * @param account - ID of the account that was shown to him; null for none.
   */
  press(value: Value, account: string | null): void {
    const { at } = this.#status;
    if (at === 'sending' || at === 'handed-over') return;
    const wish = { ...this.#ports.subject, value };
    if (at === 'unknown') this.#set({ at: 'asking', wish, why: 'unknown', by: null });
    else if (this.#ports.asksFirst) this.#set({ at: 'asking', wish, why: 'link', by: null });
    else this.#begin(wish, account);
  }

  /** Yes, to what is asked. Otherwise as `press`. */
  confirm(account: string | null): void {
    if (this.#status.at === 'asking') this.#begin(this.#status.wish, account);
  }

  /** No, to what is asked. */
  dismiss(): void {
    const status = this.#status;
    if (status.at !== 'asking') return;
    this.#set(status.why === 'unknown' ? { at: 'unknown', wish: status.wish } : REST);
  }

  /**
   * What was handed over before this page was loaded has come back.
   *
   * @param result - What was recorded, or why nothing was; null while nobody knows.
   */
  comeBack(value: Value, result: Result | ApiError | null): void {
    const { at } = this.#status;
    if (at === 'sending' || at === 'handed-over') return;
    const wish = { ...this.#ports.subject, value };
    if (result === null) this.#set({ at: 'unknown', wish });
    else if (result instanceof ApiError) this.#set({ at: 'failed', wish, error: result, another: false });
    else this.#set({ at: 'done', wish, result });
  }

  /** Looks whether what waits can go on: to be called whenever more is known. */
  settle(): void {
    const status = this.#status;
    const viewer = this.#ports.viewer();
    if (!viewer) return;
    if (!viewer.signedIn) {
      if (status.at === 'signing-in' && !status.ended) this.#set({ ...status, ended: true });
      // What was asked of somebody who is gone is asked of nobody.
      if (status.at === 'asking' && status.why === 'session') this.#set(REST);
      return;
    }
    if (status.at === 'asking' && status.by !== null && status.by !== viewer.id) this.#set(REST);
    if (status.at !== 'rest' && !(status.at === 'signing-in' && status.ended)) return;
    const wish = this.#waiting(viewer);
    const standing = wish ? this.#ports.standing(wish.value) : 'blocked';
    if (standing === 'unknown') return;
    if (!wish || standing !== 'able') {
      if (wish) dropWish(this.#ports.runtime);
      if (status.at !== 'rest') this.#set(REST);
      return;
    }
    const trusted = this.#isTrusted(viewer);
    const by = heldWish(this.#ports.runtime)?.by ?? null;
    dropWish(this.#ports.runtime);
    if (trusted) void this.#send(wish, viewer.id);
    else this.#set({ at: 'asking', wish, why: 'session', by });
  }

  /** The wish that waits for this control, if this account may know of it. */
  #waiting({ id }: Viewer): Wish<Value> | null {
    const { runtime, subject } = this.#ports;
    const held = heldWish(runtime);
    if (!held || (held.by !== null && held.by !== id)) return null;
    const { wish } = held;
    const isOwn = wish.kind === subject.kind && wish.id === subject.id && wish.step === subject.step;
    // The controls of a kind share the type of their values.
    return isOwn ? (wish as Wish<Value>) : null;
  }

  /** Whether the visitor has just been signed in by this very page, which has seen the press. */
  #isTrusted({ id }: Viewer): boolean {
    const { runtime, asksFirst } = this.#ports;
    const held = heldWish(runtime);
    return Boolean(
      held && !held.returned && !asksFirst && clock.now() - held.at < WISH_LIFETIME && isOwnSignIn(runtime, id),
    );
  }

  #begin(wish: Wish<Value>, account: string | null): void {
    if (this.#ports.way === 'hand-over') void this.#handOver(wish);
    else if (account !== null || this.#ports.viewer()?.signedIn) void this.#send(wish, account);
    else if (this.#ports.maySignIn()) {
      holdWish(this.#ports.runtime, wish, null);
      this.#set({ at: 'signing-in', wish, ended: true });
    } else this.#set(REST);
  }

  async #send(wish: Wish<Value>, account: string | null): Promise<void> {
    const ports = this.#ports;
    const turn = this.#set({ at: 'sending', wish, unsure: false });
    try {
      await ports.look(account);
      const result = await ports.cast(wish.value, () => void this.#set({ at: 'sending', wish, unsure: true }, turn));
      this.#finish(wish, result, turn);
    } catch (reason) {
      const error = asError(reason);
      if (turn !== this.#turn || error.code !== 'unauthorized' || !ports.maySignIn()) this.#fail(wish, error, turn);
      else {
        // The session has ended: the visitor has to sign in again, and then it is done.
        holdWish(ports.runtime, wish, account);
        this.#set({ at: 'signing-in', wish, ended: ports.viewer()?.signedIn === false, error }, turn);
      }
    }
  }

  async #handOver(wish: Wish<Value>): Promise<void> {
    const turn = this.#set({ at: 'handed-over', wish });
    const unknown = (): void => void this.#set({ at: 'unknown', wish }, turn);
    try {
      const result = await this.#ports.handOver(wish.value, unknown);
      if (result === null) unknown();
      else this.#finish(wish, result, turn);
    } catch (reason) {
      this.#fail(wish, asError(reason), turn);
    }
  }

  #finish(wish: Wish<Value>, result: Result, turn: number): void {
    this.#set({ at: 'done', wish, result }, turn);
    this.#ports.recorded(result);
  }

  #fail(wish: Wish<Value>, error: ApiError, turn: number): void {
    this.#set({ at: 'failed', wish, error, another: error instanceof AnotherAccount }, turn);
  }

  /**
   * @param turn - What it is the status of: what was begun before something newer says no more.
   * @returns The turn that begins with it.
   */
  #set(status: ActStatus<Value, Result>, turn?: number): number {
    if (turn !== undefined && turn !== this.#turn) return turn;
    const before = this.#status;
    this.#status = status;
    if (turn === undefined && (status.at === 'sending' || status.at === 'handed-over')) this.#turn++;
    this.#changed(status, before);
    return this.#turn;
  }
}

const asError = (reason: unknown): ApiError =>
  reason instanceof ApiError ? reason : new ApiError('bad-response', String(reason), { cause: reason });
