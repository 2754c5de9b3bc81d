import { errorMessage } from '../../core/errors.js';
import type { Params } from '../../i18n/messages.js';
import { budgetLeft } from '../../domain/ballot.js';
import type { Writer as VotingWriter } from '../base/writer.js';
import type { VoteButtonMessage } from './messages.js';
import type { VoteButtonView } from './vote-button.view.js';

/** Writes in the visitor's language. */
export type Writer = VotingWriter<VoteButtonMessage>;

/** A sentence under the button: what happened, or why nothing can. */
export interface Said {
  readonly key: VoteButtonMessage;
  readonly params?: Params;
  readonly tone?: 'danger' | 'success' | 'warning';
}

type Ready = Extract<VoteButtonView, { kind: 'ready' }>;

/** The sentence for a button of which no act says anything (see `talkOf`); the first that holds. */
export function messageFor(view: Ready, write: Writer): Said | null {
  const { blocked, waitsFor, voted, settled, ballot, act, outcome, code } = view;
  if (waitsFor === 'requirements') return { key: 'waits.requirements', tone: 'warning' };
  if (waitsFor === 'email') return { key: 'waits.email', tone: 'warning' };
  if (waitsFor) return { key: 'waits.minimum', params: { count: view.missing }, tone: 'warning' };
  if (blocked) return obstacle(view, blocked, write);
  if (act === 'choose') return voted ? (settled ? { key: 'recorded', tone: 'success' } : { key: 'chosen' }) : null;
  // Since then the vote may have been changed elsewhere.
  if (voted && outcome === 'recorded') return { key: 'recorded', tone: 'success' };
  // What is shown is older than it should be.
  if (code) return { key: errorMessage(code), tone: 'warning' };
  if (voted && ballot?.step.endAt) return { key: 'closing', params: { date: write.end(ballot.step.endAt) } };
  if (voted) return { key: 'recorded' };
  return act === 'sign-in' || act === 'hand-over' ? { key: act } : null;
}

function obstacle({ ballot, proposal }: Ready, blocked: NonNullable<Ready['blocked']>, write: Writer): Said | null {
  const { startAt = null, endAt = null, told } = ballot?.step ?? {};
  switch (blocked) {
    case 'step-future':
      return startAt
        ? { key: 'blocked.step-future.from', params: { date: write.date(startAt) } }
        : { key: 'blocked.step-future' };
    case 'step-closed':
      return endAt && !told
        ? { key: 'blocked.step-closed.since', params: { date: write.end(endAt) } }
        : { key: 'blocked.step-closed' };
    case 'vote-limit-reached':
      return { key: 'blocked.vote-limit-reached', params: { count: ballot?.votesLimit ?? 0 } };
    case 'not-enough-budget': {
      const left = Math.max(0, (ballot && budgetLeft(ballot)) ?? 0);
      return {
        key: 'blocked.not-enough-budget',
        params: { cost: write.money(proposal.cost ?? 0), left: write.money(left) },
      };
    }
    case 'archived':
    case 'not-votable':
    case 'found':
      return { key: `blocked.${blocked}` };
    default:
      return null;
  }
}
