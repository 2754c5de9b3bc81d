import { ApiError } from '../../core/errors.js';
import {
  CANCELLED,
  resultOf,
  type HandoffRequest,
  type HandoffResult,
  type HandoffVote,
} from '../../domain/handoff.js';
import type { Ballot } from '../../domain/ballot.js';
import type { ActionController } from '../../state/action-controller.js';
import {
  answer,
  arrange,
  carryOut,
  expectAccount,
  keepProgress,
  NO_PROGRESS,
  OtherAccount,
  progressOf,
  signOut,
  type Progress,
} from '../../state/errand.js';
import type { RequestController } from '../../state/request-controller.js';
import type { ResourceController } from '../../state/resource-controller.js';
import type { ResourcesController } from '../../state/resources-controller.js';
import type { Runtime } from '../../state/runtime.js';
import type { SightController } from '../../state/sight-controller.js';
import { viewerOf, type Viewer } from '../../state/viewer.js';
import type { VotableProposal } from '../../domain/ballot.js';
import { refusalOf, type Item } from './handoff.items.js';
import { interruption } from './handoff.template.js';
import type { HandoffMessage } from './messages.js';
import type { HandoffView, Ready } from './handoff.view.js';

/** What an errand needs of the page that it is carried out on. */
export interface Desk {
  readonly runtime: () => Runtime | undefined;
  readonly request: () => HandoffRequest | undefined;
  readonly lang: () => string;
  readonly look: () => HandoffView;
  readonly reload: () => Promise<void>;
  readonly update: () => void;
  /** Has a sentence said; with null, leads whoever hears the page to it. */
  readonly say: (key: HandoffMessage | null, urgent?: boolean) => void;
  readonly run: ActionController;
  readonly address: RequestController;
  readonly sight: SightController;
  readonly viewer: ResourceController<Viewer>;
  readonly ballot: ResourceController<Ballot | null>;
  readonly proposals: ResourcesController<VotableProposal | null>;
}

/** A request that is carried out, or not: how far it has got, and what its asker is told. */
export class Errand {
  readonly #desk: Desk;

  progress = NO_PROGRESS;
  /** Nobody knows whether the latest act was recorded. */
  unsure = false;
  /** Somebody else is signed in than when the visitor confirmed. */
  other = false;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Takes up a request: one that was begun in this tab before goes on where it was. */
  begin(hash: string | null): void {
    this.progress = hash === null ? NO_PROGRESS : progressOf(hash);
    this.unsure = this.other = false;
    this.#desk.run.clear();
  }

  /** Carries out what is on screen at this moment, and nothing that comes up later. */
  carryOut(shown: Ready): void {
    const { sight, viewer } = this.#desk;
    const { request, account, progress } = shown;
    sight.wasLeft = true;
    void this.#press(async (runtime, lang) => {
      const lookAgain = async (): Promise<void> => {
        // Nobody can sign in elsewhere without leaving this window.
        if (!sight.wasLeft) return;
        sight.wasLeft = false;
        await expectAccount(viewerOf(runtime, lang), account?.id ?? null);
      };
      try {
        await lookAgain();
        this.#keep({ ...progress, account: account?.id ?? null });
        if (request.action === 'leave' && account) await signOut(runtime, viewerOf(runtime, lang));
        else if (request.stepId) await this.#vote(runtime, lang, request, shown.items, lookAgain);
        const votes = this.progress.votes.map((vote) => this.#asCounted(vote));
        this.#finish(votes, votes.some(({ code }) => code) ? 'failed' : 'done');
      } catch (reason) {
        if (reason instanceof ApiError && reason.code === 'unauthorized') await viewer.reload();
        throw reason;
      }
    });
  }

  /** The visitor does not want it, or not what is left of it. */
  cancel({ progress: { votes } }: Ready): void {
    // What was recorded before is told: the page that asks would take it for nothing.
    this.#finish(votes, votes.length ? 'failed' : 'cancelled');
  }

  /** Whoever finds somebody else's name there: that one is signed out, and this one has to sign in. */
  notMe(): void {
    this.#signOut(() => this.#keep({ ...NO_PROGRESS, request: this.progress.request }));
  }

  /** Whoever is done on a browser that others use: nothing is to be left. */
  doneHere(): void {
    this.#signOut(() => {
      // What was answered before is answered again, with this one word more.
      this.#keep({ ...this.progress, left: true });
      this.#tell();
      this.#keep({ ...this.progress, votes: [] });
    });
  }

  #signOut(after: () => void): void {
    void this.#press(async (runtime, lang) => {
      await signOut(runtime, viewerOf(runtime, lang));
      after();
    });
  }

  /** Does what the visitor has pressed for, and says how it ended where nothing else does. */
  async #press(act: (runtime: Runtime, lang: string) => Promise<void>): Promise<void> {
    const { run, reload, viewer } = this.#desk;
    const runtime = this.#desk.runtime();
    if (!runtime || run.pending) return;
    const isSession = !this.#desk.request()?.stepId || this.progress.status !== null;
    this.other = false;
    await run.run(async () => {
      try {
        await act(runtime, this.#desk.lang());
      } catch (reason) {
        if (!(reason instanceof OtherAccount)) throw reason;
        this.other = true;
        await reload();
      }
    });
    this.unsure = false;
    this.#desk.update();
    const { error } = run;
    if (error) this.#desk.say(interruption(error.code, viewer.state.data?.signedIn ?? false, isSession), true);
    else this.#desk.say(this.other ? 'other' : null, true);
  }

  async #vote(
    runtime: Runtime,
    lang: string,
    request: HandoffRequest,
    shown: readonly Item[],
    before: () => Promise<void>,
  ): Promise<void> {
    const { proposals, ballot, look } = this.#desk;
    // An earlier attempt may have been recorded without an answer, or the visitor have acted elsewhere.
    await proposals.reload();
    const latest = look();
    const known = latest.kind === 'ready' ? latest.items : [];
    const items = shown.map((item) => known.find(({ id }) => id === item.id) ?? item);
    for (const item of items) {
      const refusal = item.outcome ? null : refusalOf(item);
      if (refusal) this.#note(refusal);
    }
    const tasks = items.filter(({ todo }) => todo).map(({ id, wish }) => ({ proposalId: id, voted: wish }));
    await carryOut(runtime, request.stepId, tasks, lang, {
      before,
      settled: (vote) => this.#note(vote),
      unsure: () => this.#doubt(),
    });
    if (request.action === 'ballot' && ballot.state.data?.ranking) {
      const order = request.proposalIds.map((id) => proposals.states.get(id)?.data?.id ?? id);
      await before();
      await arrange(runtime, { stepId: request.stepId, order }, lang);
    }
    // With the last vote of a minimum all the others count as well.
    await proposals.reload();
  }

  /** Nobody knows for now whether the platform has recorded what was sent. */
  #doubt(): void {
    if (this.unsure) return;
    this.unsure = true;
    this.#desk.update();
    this.#desk.say('unsure');
  }

  #note(vote: HandoffVote): void {
    this.unsure = false;
    this.#keep({ ...this.progress, votes: [...this.progress.votes, vote] });
  }

  #asCounted(vote: HandoffVote): HandoffVote {
    const own = this.#desk.proposals.states.get(vote.proposalId)?.data?.own;
    return own ? { ...vote, accounted: own.accounted } : vote;
  }

  #keep(progress: Progress): void {
    this.progress = progress;
    keepProgress(progress);
    this.#desk.update();
  }

  #finish(votes: readonly HandoffVote[], status: HandoffResult['status']): void {
    const left = status === 'done' && this.#desk.request()?.action === 'leave';
    this.#keep({ ...this.progress, votes, status, left });
    this.#tell();
  }

  /** Tells the page that has asked what this confirm has changed, or tried to, of what it has named: nothing else. */
  #tell(): void {
    const request = this.#desk.request();
    const { opener } = this.#desk.address;
    const { status, votes, left } = this.progress;
    if (!request || !opener || !status) return;
    const named = votes.filter(({ proposalId }) => request.proposalIds.includes(proposalId));
    const signedIn = this.#desk.viewer.state.data?.signedIn ?? false;
    answer(opener, request, status === 'cancelled' ? CANCELLED : resultOf(status, signedIn, named, left));
  }
}
