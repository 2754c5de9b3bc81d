import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { HandoffResult, HandoffVote } from '../domain/handoff.js';
import { keep, kept, onKept } from './device.js';
import type { Runtime } from './runtime.js';
import { draftOf, type Draft, type DraftChoice } from './voting.js';

/** Choices of a draft for one step, as they are kept on the device. */
interface Stored {
  readonly chosen: readonly DraftChoice[];
  /** What has become of each when it was last handed over. */
  readonly outcomes: readonly HandoffVote[];
  /** It was handed over by a page that has not learned what became of it. */
  readonly away: boolean;
}

type Ballots = Readonly<Record<string, Partial<Stored> | undefined>>;

const NONE: Stored = { chosen: [], outcomes: [], away: false };
/** More than any ballot has; what hand-over pages take. */
const MOST = 200;

/**
 * The ballot that a visitor fills in on a page that cannot vote itself: kept on this device from the first choice on, until it
 * is recorded. Tabs share it: each change is made to what is kept at that moment, not to what was last shown. What something
 * else than a widget has wiped out is kept by the pages that have shown it.
 */
export class DraftKeeper {
  readonly #runtime: Runtime;
  readonly #stepId: string;
  readonly #name: string;
  #stop: (() => void) | undefined;
  #users = 0;
  /** What this page has last seen kept. */
  #known = NONE;
  /** What is no draft any more, and of the page's memory only. */
  #over: (Stored & { readonly recorded: boolean }) | undefined;
  /** How choices of this page are not on the device: it took none, or something else has wiped them out. */
  #loss: 'unstored' | 'wiped' | undefined;
  /** The choices as they were when they were handed over. */
  #left = '';

  /** The platform has recorded something of this page. */
  handed = false;

  constructor(runtime: Runtime, stepId: string) {
    this.#runtime = runtime;
    this.#stepId = stepId;
    this.#name = `${runtime.settings.platform} ${stepId}`;
  }

  /** Keeps the draft for one more element, until the returned function is called. */
  use(): () => void {
    this.#users++;
    this.#stop ??= onKept((stored) => {
      if (stored) this.#hear((stored['ballots'] as Ballots | undefined)?.[this.#name]);
      else this.#loss ??= 'wiped';
      this.#show();
    });
    this.#show();
    return () => {
      if (--this.#users) return;
      this.#stop?.();
      this.#stop = undefined;
      this.#runtime.drafts.delete(this.#stepId);
      draftOf(this.#runtime, this.#stepId).put(null);
    };
  }

  get draft(): Draft {
    const { chosen, outcomes, away } = this.#over ?? this.#stored;
    return {
      chosen,
      outcomes,
      away,
      recorded: this.#over?.recorded ?? false,
      onDevice: !this.#loss,
      toggle: (choice) =>
        this.#change((before) =>
          before.some(({ proposalId }) => proposalId === choice.proposalId)
            ? before.filter(({ proposalId }) => proposalId !== choice.proposalId)
            : [...before, choice],
        ),
      move: (proposalId, position) =>
        this.#change((before) => {
          const moved = before.find((choice) => choice.proposalId === proposalId);
          const others = before.filter((choice) => choice !== moved);
          return moved ? [...others.slice(0, position), moved, ...others.slice(position)] : before;
        }),
    };
  }

  /** Forgets the draft. */
  clear(): void {
    this.#over = undefined;
    this.#store(NONE);
  }

  /** The step is over: what was not sent is shown as long as the page is there, and not kept. */
  expire(): void {
    const draft = this.#stored;
    if (!draft.chosen.length || this.#over) return;
    this.#over = { ...draft, recorded: false };
    this.#store(NONE);
  }

  /** The draft is on its way, perhaps in this very tab, which may come back without an answer. */
  leave(): void {
    const draft = this.#over ?? this.#stored;
    this.#over = undefined;
    this.#left = idsOf(draft.chosen);
    this.#store({ ...draft, away: true });
  }

  /**
   * What the hand-over page has answered. What is recorded whole is no draft any more; anything else can be sent again, and
   * so can what the visitor has changed meanwhile.
   *
   * @param sent - The choices that were handed over.
   */
  settle({ status, votes }: HandoffResult, sent: readonly string[]): void {
    const { chosen, outcomes } = this.#stored;
    this.handed ||= votes.some(({ voted, code }) => voted && !code);
    if (status === 'done' && idsOf(chosen) === this.#left) {
      const recorded = chosen.filter(({ proposalId }) => sent.includes(proposalId));
      this.#over = { chosen: recorded, outcomes: votes, away: false, recorded: true };
      this.#store(NONE);
    } else this.#store({ chosen, outcomes: votes.length ? votes : outcomes, away: false });
  }

  get #stored(): Stored {
    const entry = (kept()['ballots'] as Ballots | undefined)?.[this.#name];
    if (Array.isArray(entry?.chosen)) this.#known = read(entry);
    return this.#known;
  }

  /** Another tab goes on with the draft, or has handed it over. */
  #hear(theirs: Partial<Stored> | undefined): void {
    this.#over = undefined;
    const { chosen } = this.#known;
    this.#known = theirs ? read(theirs) : NONE;
    const unstored = this.#loss === 'unstored' && theirs;
    this.#loss = undefined;
    if (!unstored) return;
    // What this page could not store is not in it.
    const known = idsOf(this.#known.chosen).split(' ');
    this.#store({
      ...this.#known,
      chosen: [...this.#known.chosen, ...chosen.filter(({ proposalId }) => !known.includes(proposalId))],
    });
  }

  #change(change: (chosen: readonly DraftChoice[]) => readonly DraftChoice[]): void {
    const before = this.#over ?? this.#stored;
    const chosen = change(before.chosen).slice(0, MOST);
    this.#over = undefined;
    const outcomes = before.outcomes.filter((vote) => chosen.some(({ proposalId }) => proposalId === vote.proposalId));
    this.#store({ chosen, outcomes, away: false });
  }

  #store(draft: Stored): void {
    const isThere = draft.chosen.length > 0 || draft.away;
    const ballots: Ballots = {
      ...(kept()['ballots'] as Ballots | undefined),
      [this.#name]: isThere ? draft : undefined,
    };
    this.#known = isThere ? draft : NONE;
    const isKept = keep('ballots', Object.values(ballots).some(Boolean) ? ballots : undefined);
    this.#loss = isKept || !isThere ? undefined : 'unstored';
    this.#show();
  }

  #show(): void {
    draftOf(this.#runtime, this.#stepId).put(this.draft);
  }
}

const idsOf = (chosen: readonly DraftChoice[]): string => chosen.map(({ proposalId }) => proposalId).join(' ');

/** Anything on the page's origin can write there. */
function read({ chosen, outcomes, away }: Partial<Stored>): Stored {
  const whole = Array.isArray(chosen) ? chosen.filter(isChoice) : [];
  return {
    chosen: whole.filter(
      ({ proposalId }, index) => whole.findIndex((other) => other.proposalId === proposalId) === index,
    ),
    outcomes: Array.isArray(outcomes) ? outcomes.filter((vote: unknown) => vote && typeof vote === 'object') : [],
    away: away === true,
  };
}

const isChoice = (value: unknown): value is DraftChoice => {
  const { proposalId, title, url, cost } = (value ?? {}) as Partial<Record<keyof DraftChoice, unknown>>;
  return (
    typeof proposalId === 'string' &&
    typeof title === 'string' &&
    typeof url === 'string' &&
    /^https?:/.test(url) &&
    (cost === null || typeof cost === 'number')
  );
};

/** The one keeper of a step's draft on this page. */
export function keeperOf(runtime: Runtime, stepId: string): DraftKeeper {
  const keeper = (runtime.drafts.get(stepId) as DraftKeeper | undefined) ?? new DraftKeeper(runtime, stepId);
  runtime.drafts.set(stepId, keeper);
  return keeper;
}

/** Keeps a draft for an element, also while that is moved on its page. */
export class DraftController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Node;
  readonly #choose: () => DraftKeeper | null;
  #leave: (() => void) | undefined;

  keeper: DraftKeeper | null = null;

  /** @param choose - The keeper for the element's present properties. */
  constructor(host: ReactiveControllerHost & Node, choose: () => DraftKeeper | null) {
    this.#host = host;
    this.#choose = choose;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#follow(this.#choose());
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#follow(null);
    });
  }

  #follow(keeper: DraftKeeper | null): void {
    if (keeper === this.keeper) return;
    const leave = this.#leave;
    this.keeper = keeper;
    this.#leave = keeper?.use();
    leave?.();
  }
}
