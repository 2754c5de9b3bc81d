import { AgendaProblem, LIMITS } from './events-push-limits.js';

const DATE = /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z?)?$/;
const DURATION = /^[+-]?P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Seconds in the parts of a duration, in their order. */
const PARTS = [604_800, 86_400, 3600, 60, 1];

/** Seconds between two times of a rule. */
const FREQUENCIES: Readonly<Record<string, number>> = {
  SECONDLY: 1,
  MINUTELY: 60,
  HOURLY: 3600,
  DAILY: 86_400,
  WEEKLY: 604_800,
  MONTHLY: 2_629_800,
  YEARLY: 31_557_600,
};

const LONGEST = LIMITS.days * 86_400;

/** What people read of a value: not all of a long one. */
const shown = (value: string): string => `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;

const isDate = (text: string): boolean => {
  const [, year, month, day] = DATE.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

function checkDate(value: string): void {
  if (!isDate(value))
    throw new AgendaProblem(`${shown(value)} is no date. Write a day as 20270630, a time as 20270630T180000.`);
}

function checkDuration(value: string): void {
  const [, ...parts] = DURATION.exec(value) ?? [];
  if (parts.length === 0)
    throw new AgendaProblem(`${shown(value)} is no duration. Write an hour and a half as PT1H30M.`);
  const seconds = parts.reduce((sum, part, place) => sum + Number(part ?? 0) * (PARTS[place] ?? 0), 0);
  if (seconds > LONGEST)
    throw new AgendaProblem(`${shown(value)} is longer than a hundred years. Shorten its DURATION.`);
}

function checkRule(value: string): void {
  if (value.length > LIMITS.rule)
    throw new AgendaProblem(`Its RRULE is longer than ${LIMITS.rule} characters. Shorten it.`);
  const parts = new Map(
    value.split(';').map((part): [string, string] => {
      const [name = '', text = ''] = part.split('=', 2);
      return [name.toUpperCase(), text];
    }),
  );
  const unit = FREQUENCIES[parts.get('FREQ') ?? ''];
  if (!unit) throw new AgendaProblem(`Its RRULE does not say how often: FREQ is ${shown(parts.get('FREQ') ?? '')}.`);
  const until = parts.get('UNTIL');
  if (until !== undefined) checkDate(until);
  for (const name of ['COUNT', 'INTERVAL']) {
    const text = parts.get(name);
    if (text !== undefined && !/^0*[1-9]\d*$/.test(text))
      throw new AgendaProblem(`${name} in its RRULE is ${shown(text)}, which is no number from 1 on.`);
  }
  if (Number(parts.get('INTERVAL') ?? 1) * unit > LONGEST)
    throw new AgendaProblem('INTERVAL in its RRULE is longer than a hundred years. Shorten it.');
}

function checkOffset(value: string): void {
  if (!/^[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/.test(value))
    throw new AgendaProblem(`${shown(value)} is no offset of a clock. Write an hour ahead of UTC as +0100.`);
}

function checkPeriod(value: string): void {
  const [start = '', end] = value.split('/', 2);
  checkDate(start);
  if (end !== undefined) (/^[+-]?P/.test(end) ? checkDuration : checkDate)(end);
}

/**
 * What the values of properties must be before anybody counts with them: what is no date would be taken for another one, and
 * what never ends would be counted to its end. Each throws an `AgendaProblem`.
 */
export const CHECKS: Readonly<Record<string, (value: string) => void>> = {
  dtstart: checkDate,
  dtend: checkDate,
  'recurrence-id': checkDate,
  exdate: checkDate,
  rdate: checkPeriod,
  duration: checkDuration,
  rrule: checkRule,
  exrule: checkRule,
  tzoffsetfrom: checkOffset,
  tzoffsetto: checkOffset,
};
