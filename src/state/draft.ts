import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { clock } from '../core/clock.js';
import type { HandoffOutcome, HandoffVote } from '../domain/handoff.js';
import { draftOf, type Draft, type DraftChoice } from './ballot.js';
import { keep, kept, onKept } from './device.js';
import type { Runtime } from './runtime.js';
import { claim, disclaim, isOwn } from './tab.js';
import { wiped } from './viewer.js';

/** Choices of a draft for one step, as they are kept on the device. */
interface Stored {
  readonly chosen: readonly DraftChoice[];
  /** What has become of each when it was last handed over. */
  readonly outcomes: readonly HandoffVote[];
  /** It was handed over by a page that has not learned what became of it. */
  readonly away: boolean;
  /** When it was changed last, in milliseconds since the epoch. */
  readonly at: number;
}

const NONE: Stored = { chosen: [], outcomes: [], away: false, at: 0 };
/** More than any ballot has; what hand-over pages take. */
const MOST = 200;
/** Characters of a title that are kept: the platform has the rest. */
const TITLE = 120;

/**
 * The ballot that a visitor fills in on a page that cannot vote itself: kept on this device from the first choice on, until it
 * is recorded. Tabs share it: each change is made to what is kept at that moment, not to what was last shown. What something
 * else than a widget has wiped out is kept by the pages that have shown it. A tab that has neither begun it nor taken it up
 * says no more than that it is there.
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
    this.#stop ??= this.#listen();
    this.#show();
    return () => {
      if (--this.#users) return;
      this.#stop?.();
      this.#stop = undefined;
      this.#runtime.drafts.delete(this.#stepId);
      draftOf(this.#runtime, this.#stepId).put(null);
    };
  }

  #listen(): () => void {
    const stops = [
      onKept((stored) => {
        if (stored) this.#hear(stored[this.#name] as Partial<Stored> | undefined);
        else this.#loss ??= 'wiped';
        this.#show();
      }),
      wiped.on(({ runtime, done }) => {
        if (runtime.settings.platform !== this.#runtime.settings.platform) return;
        if (done) this.clear();
        this.#show();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  get draft(): Draft {
    const kept = this.#over ?? this.#stored;
    // What another tab has begun may be somebody else's.
    const found = !this.#over && kept.chosen.length > 0 && !isOwn(this.#name);
    const { chosen, outcomes, away } = found ? NONE : kept;
    return {
      chosen,
      outcomes,
      away,
      found: found ? { count: kept.chosen.length, at: kept.at } : null,
      recorded: this.#over?.recorded ?? false,
      onDevice: !this.#loss,
      toggle: (choice) =>
        this.#change((before) =>
          before.some(({ proposalId }) => proposalId === choice.proposalId)
            ? before.filter(({ proposalId }) => proposalId !== choice.proposalId)
            : [...before, { ...choice, title: choice.title.slice(0, TITLE) }],
        ),
      move: (proposalId, position) =>
        this.#change((before) => {
          const moved = before.find((choice) => choice.proposalId === proposalId);
          const others = before.filter((choice) => choice !== moved);
          return moved ? [...others.slice(0, position), moved, ...others.slice(position)] : before;
        }),
    };
  }

  /** The visitor goes on with what was found on this device. */
  takeUp(): void {
    claim(this.#name);
    this.#show();
  }

  /** Forgets the draft. */
  clear(): void {
    this.#over = undefined;
    this.handed = false;
    this.#store(NONE);
  }

  /** The step is over: what was not sent is shown as long as the page is there, and not kept. */
  expire(): void {
    const draft = this.#stored;
    if (!draft.chosen.length || this.#over) return;
    // Somebody else's is forgotten unseen.
    if (!isOwn(this.#name)) {
      this.#store(NONE);
      return;
    }
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
  settle({ status, votes }: Pick<HandoffOutcome, 'status' | 'votes'>, sent: readonly string[]): void {
    const { chosen, outcomes } = this.#stored;
    this.handed ||= votes.some(({ voted, code }) => voted && !code);
    if (status === 'done' && idsOf(chosen) === (this.#left || sent.join(' '))) {
      const recorded = chosen.filter(({ proposalId }) => sent.includes(proposalId));
      this.#over = { ...NONE, chosen: recorded, outcomes: votes, recorded: true };
      this.#store(NONE);
    } else this.#store({ ...NONE, chosen, outcomes: votes.length ? votes : outcomes });
  }

  get #stored(): Stored {
    const entry = kept(this.#runtime.settings)[this.#name] as Partial<Stored> | undefined;
    if (Array.isArray(entry?.chosen)) this.#known = read(entry);
    return this.#known;
  }

  /** Another tab goes on with the draft, or has handed it over. */
  #hear(theirs: Partial<Stored> | undefined): void {
    this.#over = undefined;
    const { chosen } = this.#known;
    this.#known = theirs ? read(theirs) : NONE;
    if (!theirs) disclaim(this.#name);
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
    // The visitor says first whether what is there is his.
    if (!this.#over && before.chosen.length && !isOwn(this.#name)) return;
    const chosen = change(before.chosen).slice(0, MOST);
    this.#over = undefined;
    claim(this.#name);
    const outcomes = before.outcomes.filter((vote) => chosen.some(({ proposalId }) => proposalId === vote.proposalId));
    this.#store({ ...NONE, chosen, outcomes });
  }

  #store(draft: Stored): void {
    const isThere = draft.chosen.length > 0 || draft.away;
    // What is there next may be begun by somebody else.
    if (!isThere) disclaim(this.#name);
    this.#known = isThere ? { ...draft, at: clock.now() } : NONE;
    const isKept = keep(this.#runtime.settings, this.#name, isThere ? this.#known : undefined);
    this.#loss = isKept || !isThere ? undefined : 'unstored';
    this.#show();
  }

  #show(): void {
    draftOf(this.#runtime, this.#stepId).put(this.draft);
  }
}

const idsOf = (chosen: readonly DraftChoice[]): string => chosen.map(({ proposalId }) => proposalId).join(' ');

/** Anything on the page's origin can write there: no more of it is looked at than a ballot can have. */
function read({ chosen, outcomes, away, at }: Partial<Stored>): Stored {
  const whole = Array.isArray(chosen) ? chosen.slice(0, MOST).filter(isChoice) : [];
  return {
    chosen: [...new Map(whole.map((choice) => [choice.proposalId, choice])).values()],
    outcomes: Array.isArray(outcomes)
      ? outcomes.slice(0, MOST).filter((vote: unknown) => vote && typeof vote === 'object')
      : [],
    away: away === true,
    at: Number(at) || 0,
  };
}

const isChoice = (value: unknown): value is DraftChoice => {
  const { proposalId, title, url, cost } = { ...(value as Partial<Record<keyof DraftChoice, unknown>> | null) };
  return (
    [proposalId, title, url].every((text) => typeof text === 'string') &&
    /^https?:/.test(url as string) &&
    (cost === null || Number.isFinite(cost))
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
