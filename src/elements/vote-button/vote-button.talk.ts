import type { VotePressMessage } from '../../i18n/locales/fr/vote-press.js';
import type { Params } from '../../i18n/messages.js';
import type { VoteButtonView } from './vote-button.view.js';

type Ready = Extract<VoteButtonView, { kind: 'ready' }>;

/** A sentence about an act. */
export interface PressSaid {
  readonly key: VotePressMessage;
  readonly params?: Params;
  readonly tone?: 'danger' | 'success' | 'warning';
}

/** The sentence for an act that is under way or has ended; null where there is none, or more to say. The first that holds. */
export function talkOf({ blocked, outcome, account, refused, waitsFor, voted }: Ready): PressSaid | null {
  if (blocked === 'unsure') return { key: 'unsure', tone: 'warning' };
  if (blocked === 'saving' || blocked === 'handing') return { key: blocked };
  if (outcome === 'unknown' || outcome === 'another')
    return { key: outcome, params: { name: account ?? '' }, tone: 'warning' };
  if (refused) return refusal(refused);
  // Since then there may be a vote again, by another page.
  return outcome === 'withdrawn' && !voted && !waitsFor && !blocked ? { key: 'withdrawn', tone: 'success' } : null;
}

/** Every code has its sentence, with what to do next. */
function refusal(code: NonNullable<Ready['refused']>): PressSaid {
  const tone = 'danger';
  switch (code) {
    case 'unauthorized':
      return { key: 'refused.expired', tone };
    case 'offline':
      return { key: 'refused.offline', tone };
    case 'network':
    case 'timeout':
    case 'rate-limited':
    case 'server':
    case 'not-a-platform':
    case 'bad-response':
      return { key: 'refused.unreachable', tone };
    case 'phone-already-used':
      return { key: 'refused.phone', tone };
    case 'requirements-missing':
      return { key: 'refused.requirements', tone };
    case 'email-unconfirmed':
      return { key: 'waits.email', tone: 'warning' };
    case 'popup-blocked':
      return { key: 'refused.popup', tone };
    case 'cancelled':
      return { key: 'refused.cancelled' };
    case 'step-closed':
      return { key: 'blocked.step-closed', tone };
    case 'not-votable':
      return { key: 'blocked.not-votable', tone };
    default:
      return { key: 'refused.other', tone };
  }
}

/** What the visitor is asked before anything is done. */
export function questionOf({ question, wish, account, proposal: { title } }: Ready): PressSaid | null {
  if (!question) return null;
  if (question === 'session')
    return { key: wish ? 'ask.session.vote' : 'ask.session.withdraw', params: { title, name: account ?? '' } };
  if (question === 'link') return { key: wish ? 'ask.link.vote' : 'ask.link.withdraw', params: { title } };
  return { key: 'ask.unknown' };
}
