import type { Sentence } from '../../domain/verdict.js';
import type { Params } from '../../i18n/messages.js';
import type { Writer as AnyWriter } from '../base/writer.js';
import type { Ready } from './budget-basket.view.js';
import type { BasketMessage, Writer } from './messages.js';

/** The numbers, amounts and dates of a sentence. */
export const paramsOf = (
  { key, at, count, used, limit, min, money }: Sentence,
  write: Pick<AnyWriter<never>, 'date' | 'end' | 'money'>,
): Params => ({
  count: key.endsWith('full') ? used : count,
  used,
  limit: limit ?? 0,
  min: min ?? 0,
  money: write.money(money ?? 0),
  date: at === null ? '' : key === 'closed.since' ? write.end(at) : write.date(at),
});

/** Where a ballot without any choice stands. */
export function emptyStatusOf({ sentence, mode }: Ready, write: Writer): string {
  if (!sentence) return write.t('empty.unknown');
  const key = sentence.key === 'offline' && mode === 'session' ? 'offline.session' : sentence.key;
  // Any other says something of choices.
  return write.t(key as BasketMessage, paramsOf(sentence, write));
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

/** How many votes are used: one for what can no longer be voted for is none. */
export const usedOf = ({ verdict, items }: Ready): number => verdict?.votesUsed ?? items.length;

/** The same in words. */
export const votesOf = (view: Ready, { t }: Writer): string => {
  const limit = view.ballot?.votesLimit ?? null;
  const used = usedOf(view);
  return limit === null ? t('votes.free', { count: used }) : t('votes', { count: used, limit });
};

/** What is left to spend: nothing is, and no budget is spoken of, once the step is over. */
export const moneyLeft = ({ door, verdict }: Ready): number | null =>
  door === 'step-closed' ? null : (verdict?.left ?? null);

/** What is left of the money, or too much. */
export const leftOf = (left: number, { t, money }: Writer): string =>
  t(left < 0 ? 'money.over' : 'money.left', { left: money(Math.abs(left)) });
