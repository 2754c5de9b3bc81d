import type { ErrorCode } from '../../core/errors.js';
import type { Params } from '../../i18n/messages.js';
import type { Writer as VotingWriter } from '../base/writer.js';
import type { Item, Ready } from './budget-basket.view.js';
import type { BasketMessage } from './messages.js';

/** Writes in the visitor's language. */
export type Writer = VotingWriter<BasketMessage>;

export type Tone = 'danger' | 'success' | 'warning' | '';

/** Where the ballot stands, in words. */
export function statusOf(view: Ready, { t, date, end, money }: Writer): readonly [text: string, tone: Tone] {
  const { sentence, items, draft, stage, pending, mode, sends, door } = view;
  const { length: count } = items;
  if (draft?.away && !pending) return [t('away'), 'warning'];
  // Without a step that is open there is nothing to send, and nothing that a visitor could do.
  if (draft && !door && !pending) {
    if (draft.recorded && !count) return [t('recorded.none'), 'success'];
    if (!count && sends) return [t('emptied'), 'warning'];
  }
  if (!sentence) {
    if (pending) return [t('sending.away'), ''];
    if (draft?.recorded) return [t('recorded.done'), 'success'];
    return count ? [t('valid.unknown', { count }), ''] : [t('empty.unknown'), ''];
  }
  const { key, at } = sentence;
  const params: Params = {
    count: /full$/.test(key) ? sentence.used : sentence.count,
    used: sentence.used,
    limit: sentence.limit ?? 0,
    min: sentence.min ?? 0,
    money: money(sentence.money ?? 0),
    date: at === null ? '' : key === 'closed.since' ? end(at) : date(at),
  };
  const tone = /^(over|lost)/.test(key)
    ? 'danger'
    : /^(incomplete|waits|unsure|offline)/.test(key)
      ? 'warning'
      : stage === 'recorded' && count
        ? 'success'
        : '';
  if (key === 'sending' && draft) return [t('sending.away'), ''];
  if (key === 'offline' && mode === 'session') return [t('offline.session'), tone];
  return [t(key, params), tone];
}

/** What has become of the latest act; nothing where it went well. */
export function refusalOf({ refused, draft, pending, items }: Ready): BasketMessage | null {
  if (refused) return refusal(refused);
  const partly = draft && !draft.recorded && !pending && items.some(({ outcome }) => outcome);
  return partly ? 'refused.partly' : null;
}

/** Every code has its sentence, with what to do next. */
function refusal(code: ErrorCode): BasketMessage {
  switch (code) {
    case 'unauthorized':
      return 'refused.expired';
    case 'offline':
      return 'refused.offline';
    case 'network':
    case 'timeout':
    case 'rate-limited':
    case 'server':
    case 'bad-response':
      return 'refused.unreachable';
    case 'step-closed':
      return 'refused.closed';
    case 'popup-blocked':
      return 'refused.popup';
    case 'cancelled':
      return 'refused.cancelled';
    default:
      return 'refused.other';
  }
}

const REFUSED = [
  'vote-limit-reached',
  'not-enough-budget',
  'step-closed',
  'not-votable',
  'not-found',
  'phone-already-used',
  'requirements-missing',
] as const satisfies readonly ErrorCode[];

/** What has become of one choice when the ballot was last handed over. */
export function outcomeOf(
  { outcome }: Item,
  { draft, pending }: Ready,
): { readonly key: BasketMessage; readonly tone: Tone } | null {
  if (!draft || pending) return null;
  if (!outcome) return draft.outcomes.length && !draft.recorded ? { key: 'outcome.none', tone: '' } : null;
  if (outcome.voted && !outcome.code)
    return outcome.accounted ? { key: 'outcome.recorded', tone: 'success' } : { key: 'outcome.waits', tone: 'warning' };
  const code = REFUSED.find((one) => one === outcome.code);
  return { key: code ? `outcome.${code}` : 'outcome.other', tone: 'danger' };
}

/** How the vote works, in sentences, before anything is chosen. */
export function rulesOf({ ballot }: Ready, { t, date, money }: Writer): readonly string[] {
  if (!ballot) return [t('rule.none')];
  const { votesLimit, votesMin, budget, ranking, threshold, secret } = ballot;
  const most = votesLimit ?? votesMin;
  return [
    votesLimit !== null && t('rule.limit', { count: votesLimit }),
    votesMin !== null && votesMin > 1 && t('rule.min', { count: votesMin }),
    budget !== null && t('rule.budget', { money: money(budget) }),
    ranking && most !== null && t('rule.ranking', { count: most }),
    threshold !== null && t('rule.threshold', { count: threshold }),
    secret &&
      (secret.publishedAt === null ? t('rule.secret') : t('rule.secret.until', { date: date(secret.publishedAt) })),
  ].filter((rule) => rule !== false && rule !== null);
}

/** What the platform will ask of whoever votes; nothing where it does not say. */
export function askedOf({ terms }: Ready, { t }: Writer, lang: string): string | null {
  if (!terms) return null;
  const { asked } = terms;
  if (!asked.length) return t('asked.nothing');
  const words = asked.map(({ type, label }) => {
    if (type === 'CHECKBOX') return label ? t('ask.CHECKBOX.label', { label }) : t('ask.CHECKBOX');
    const kind = KINDS.find((one) => one === type);
    return t(kind ? `ask.${kind}` : 'ask.other');
  });
  return t('asked', { list: new Intl.ListFormat(lang).format([...new Set(words)]) });
}

const KINDS = [
  'FIRSTNAME',
  'LASTNAME',
  'PHONE',
  'PHONE_VERIFIED',
  'DATE_OF_BIRTH',
  'POSTAL_ADDRESS',
  'ZIP_CODE',
  'IDENTIFICATION_CODE',
  'FRANCE_CONNECT',
  'EMAIL_VERIFIED',
  'SSO',
  'CONSENT_PRIVACY_POLICY',
] as const;

/** The ballot in a few words. */
export function summaryOf({ ballot, verdict, items }: Ready, { t, money }: Writer): string {
  const limit = ballot?.votesLimit ?? null;
  const left = verdict?.left ?? null;
  return [
    limit === null ? t('votes.free', { count: items.length }) : t('votes', { used: items.length, count: limit }),
    left !== null && t(left < 0 ? 'money.over' : 'money.left', { left: money(Math.abs(left)) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
