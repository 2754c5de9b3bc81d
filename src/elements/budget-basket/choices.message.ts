import type { ErrorCode } from '../../core/errors.js';
import { emptyStatusOf, paramsOf } from './budget-basket.message.js';
import type { Item, Ready } from './budget-basket.view.js';
import type { ChoicesMessage, ChoicesWriter } from './choices.messages.js';
import type { Writer } from './messages.js';

export type Tone = 'danger' | 'success' | 'warning' | '';

/** Where the ballot stands, in words. */
export function statusOf(view: Ready, write: ChoicesWriter, basics: Writer): readonly [text: string, tone: Tone] {
  const { t } = write;
  const { sentence, items, draft, stage, pending, sends, door } = view;
  const { length: count } = items;
  if (door) return [emptyStatusOf(view, basics), ''];
  if (draft?.found) return [t('found', { count: draft.found.count, date: write.date(draft.found.at) }), 'warning'];
  if (draft && pending) return [t('sending.away'), ''];
  if (draft?.away) return [t('away'), 'warning'];
  if (draft?.recorded && !count) return [t('recorded.none'), 'success'];
  if (draft && !count && sends) return [t('emptied'), 'warning'];
  if (!sentence && draft?.recorded) return [t('recorded.done'), 'success'];
  if (!sentence && count) return [t('valid.unknown', { count }), ''];
  if (!sentence || /^(empty|offline)/.test(sentence.key)) return [emptyStatusOf(view, basics), ''];
  const { key } = sentence;
  const tone = /^(over|lost)/.test(key)
    ? 'danger'
    : /^(incomplete|waits|unsure)/.test(key)
      ? 'warning'
      : stage === 'recorded'
        ? 'success'
        : '';
  // Any other is of a ballot without choices.
  return [t(key as ChoicesMessage, paramsOf(sentence, write)), tone];
}

/** What has become of the latest act; nothing where it went well. */
export function refusalOf({ refused, draft, pending, items }: Ready): ChoicesMessage | null {
  if (refused) return refusal(refused);
  const partly = draft && !draft.recorded && !pending && items.some(({ outcome }) => outcome);
  return partly ? 'refused.partly' : null;
}

/** Every code has its sentence, with what to do next. */
function refusal(code: ErrorCode): ChoicesMessage {
  switch (code) {
    case 'unauthorized':
      return 'refused.expired';
    case 'offline':
      return 'refused.offline';
    case 'network':
    case 'timeout':
    case 'rate-limited':
    case 'server':
    case 'not-a-platform':
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
): { readonly key: ChoicesMessage; readonly tone: Tone } | null {
  if (!draft || pending) return null;
  if (!outcome) return draft.outcomes.length && !draft.recorded ? { key: 'outcome.none', tone: '' } : null;
  if (outcome.voted && !outcome.code)
    return outcome.accounted ? { key: 'outcome.recorded', tone: 'success' } : { key: 'outcome.waits', tone: 'warning' };
  const code = REFUSED.find((one) => one === outcome.code);
  return { key: code ? `outcome.${code}` : 'outcome.other', tone: 'danger' };
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

/** What the platform will ask of whoever votes. */
export function askedOf({ terms }: Ready, { t }: ChoicesWriter, lang: string): string {
  const words = (terms?.asked ?? []).map(({ type, label }) => {
    if (type === 'CHECKBOX') return label ? t('ask.CHECKBOX.label', { label }) : t('ask.CHECKBOX');
    const kind = KINDS.find((one) => one === type);
    return t(kind ? `ask.${kind}` : 'ask.other');
  });
  return t('asked', { list: new Intl.ListFormat(lang).format(new Set(words)) });
}
