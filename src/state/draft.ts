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

const NONE: Stored = { chosen: [], outcomes: [], away: false };
/** More than any ballot has; what hand-over pages take. */
const MOST = 200;

/**
 * The ballot that a visitor fills in on a page that cannot vote itself: kept on this device from the first choice on, until it
 * is recorded. Tabs share it: each change is made to what is kept at that moment, not to what was last shown.
 */
export class DraftKeeper {
  readonly #runtime: Runtime;
  readonly #stepId: string;
  readonly #name: string;
  #stop: (() => void) | undefined;
  #users = 0;
  /** What is no draft any more, and of the page's memory only. */
  #over: (Stored & { readonly recorded: boolean }) | undefined;
  #onDevice = true;

  constructor(runtime: Runtime, stepId: string) {
    this.#runtime = runtime;
    this.#stepId = stepId;
    this.#name = `${runtime.settings.platform} ${stepId}`;
  }

  /** Keeps the draft for one more element, until the returned function is called. */
  use(): () => void {
    this.#users++;
    this.#stop ??= onKept(() => {
      // Another tab goes on with it, or has handed it over.
      this.#over = undefined;
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
      onDevice: this.#onDevice,
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
    if (!draft.chosen.length) return;
    this.#over = { ...draft, recorded: false };
    this.#store(NONE);
  }

  /** The draft is on its way, perhaps in this very tab, which may come back without an answer. */
  leave(): void {
    this.#store({ ...this.#stored, away: true });
  }

  /** What the hand-over page has answered. What is recorded whole is no draft any more; anything else can be sent again. */
  settle({ status, votes }: HandoffResult): void {
    const { chosen, outcomes } = this.#stored;
    if (status === 'done') {
      this.#over = { chosen, outcomes: votes, away: false, recorded: true };
      this.#store(NONE);
    } else this.#store({ chosen, outcomes: votes.length ? votes : outcomes, away: false });
  }

  get #stored(): Stored {
    const drafts = kept()['ballots'] as Record<string, Partial<Stored> | undefined> | undefined;
    const { chosen, outcomes, away } = drafts?.[this.#name] ?? {};
    return {
      chosen: Array.isArray(chosen) ? chosen.filter(isChoice) : [],
      outcomes: Array.isArray(outcomes) ? outcomes : [],
      away: away === true,
    };
  }

  #change(change: (chosen: readonly DraftChoice[]) => readonly DraftChoice[]): void {
    const { chosen, outcomes } = this.#over ?? this.#stored;
    this.#over = undefined;
    this.#store({ chosen: change(chosen).slice(0, MOST), outcomes, away: false });
  }

  #store(draft: Stored): void {
    const drafts = {
      ...(kept()['ballots'] as Record<string, Stored> | undefined),
      [this.#name]: draft.chosen.length || draft.away ? draft : undefined,
    };
    this.#onDevice = keep('ballots', Object.values(drafts).some(Boolean) ? drafts : undefined);
    this.#show();
  }

  #show(): void {
    draftOf(this.#runtime, this.#stepId).put(this.draft);
  }
}

/** Anything on the page's origin can write there. */
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
