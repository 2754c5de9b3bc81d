import ICAL from 'ical.js';

import { AgendaProblem, LIMITS } from './events-push-limits.js';
import { CHECKS } from './events-push-values.js';

/** As `ICAL.Component` takes it. */
type Jcal = [name: string, properties: unknown[][], components: Jcal[]];

/** An event or a zone as the file has it, before anybody has looked at what it means. */
export interface RawComponent {
  /** Line of its `BEGIN`. */
  readonly line: number;
  readonly jcal: Jcal;
  /** The first thing in it that is wrong. */
  problem: AgendaProblem | null;
}

export interface RawCalendar {
  readonly events: RawComponent[];
  readonly zones: RawComponent[];
}

/** Types whose values are texts, whatever they mean. */
const TEXT = /^(text|uri|cal-address|unknown)$/;
const DATE = /^date(-time)?$/;

/** What is read of events and zones, and of which types it may be. All else may say what it likes. */
const WANTED = new Map([
  ...['uid', 'summary', 'description', 'x-alt-desc', 'location', 'url', 'class', 'status', 'tzid'].map(
    (name) => [name, TEXT] as const,
  ),
  ...['dtstart', 'dtend', 'recurrence-id', 'exdate'].map((name) => [name, DATE] as const),
  ['rdate', /^(date|date-time|period)$/],
  ['duration', /^duration$/],
  ['rrule', /^recur$/],
  ['sequence', /^integer$/],
  ['tzoffsetfrom', /^utc-offset$/],
  ['tzoffsetto', /^utc-offset$/],
]);

const NAME = /^([\w-]+)[;:]/;
/** A name and its parameters; in quotation marks they may hold any sign. */
const HEAD = /^[^":]*(?:"[^"]*"[^":]*)*:/;

interface ContentLine {
  readonly line: number;
  readonly text: string;
  readonly isTooLong: boolean;
}

/** The lines of a file as they were before they were folded. */
function* contentLines(text: string): Generator<ContentLine, undefined> {
  let whole = '';
  let start = 1;
  let isTooLong = false;
  for (let from = 0, line = 1; from < text.length; line++) {
    const found = text.indexOf('\n', from);
    const next = found < 0 ? text.length : found + 1;
    const end = found < 0 ? next : text[found - 1] === '\r' && found > from ? found - 1 : found;
    const isFolded = text[from] === ' ' || text[from] === '\t';
    if (!isFolded) {
      if (whole) yield { line: start, text: whole, isTooLong };
      whole = '';
      start = line;
      isTooLong = false;
    }
    isTooLong ||= whole.length + end - from > LIMITS.field;
    // Its name is all that is of use of a line that is too long.
    whole += text.slice(isFolded ? from + 1 : from, isTooLong ? Math.min(end, from + 100) : end);
    from = next;
  }
  if (whole.trim()) yield { line: start, text: whole, isTooLong };
}

/** A component that has begun and not ended. What is wrong in a half of a zone is wrong with the zone. */
interface Open {
  readonly name: string;
  readonly kept: { readonly owner: RawComponent; readonly jcal: Jcal } | null;
}

/**
 * Cuts the text of an agenda into its events and zones, calendar by calendar. What is wrong inside of an event is a problem
 * of its own.
 *
 * @param onLine - Is told of each line on which something begins.
 * @throws {AgendaProblem} When it is no agenda, or a part of it is missing.
 */
export function calendarsIn(text: string, onLine?: (line: number) => void): RawCalendar[] {
  const calendars: RawCalendar[] = [];
  const open: Open[] = [];
  for (const { line, text: content, isTooLong } of contentLines(text)) {
    const [, mark = '', value = ''] = /^(BEGIN|END):([^]*)$/i.exec(content.slice(0, 200)) ?? [];
    const name = value.trim().toLowerCase();
    const inside = open.at(-1);
    if (!inside && !(/^begin$/i.test(mark) && name === 'vcalendar'))
      throw new AgendaProblem(`line ${line} should be BEGIN:VCALENDAR`, line);
    if (!mark) {
      if (inside?.kept) keep(inside.kept, content, line, isTooLong);
    } else if (/^begin$/i.test(mark)) {
      onLine?.(line);
      if (!inside) calendars.push({ events: [], zones: [] });
      open.push({ name, kept: begin(name, line, open, calendars.at(-1)) });
    } else if (open.pop()?.name !== name) {
      throw new AgendaProblem(`line ${line} ends ${name.toUpperCase()}, which has not begun`, line);
    }
  }
  const [missing] = open;
  if (missing) throw new AgendaProblem(`END:${missing.name.toUpperCase()} is missing`);
  if (calendars.length === 0) throw new AgendaProblem('it is empty');
  return calendars;
}

/** What is kept of a component that begins: events and zones of a calendar, and the halves of a zone. */
function begin(name: string, line: number, open: readonly Open[], calendar: RawCalendar | undefined): Open['kept'] {
  const jcal: Jcal = [name, [], []];
  const around = open.at(-1);
  if (open.length === 1 && (name === 'vevent' || name === 'vtimezone')) {
    const owner = { line, jcal, problem: null };
    calendar?.[name === 'vevent' ? 'events' : 'zones'].push(owner);
    return { owner, jcal };
  }
  if (around?.name !== 'vtimezone' || !around.kept) return null;
  around.kept.jcal[2].push(jcal);
  return { owner: around.kept.owner, jcal };
}

/** Takes a property over into a component, if it is one of those that are read. */
function keep({ owner, jcal }: NonNullable<Open['kept']>, content: string, line: number, isTooLong: boolean): void {
  const name = NAME.exec(content)?.[1]?.toLowerCase();
  if (name !== undefined && !WANTED.has(name)) return;
  try {
    if (name === undefined) throw new AgendaProblem('This line is neither a property nor the rest of one.');
    const head = isTooLong ? '' : (HEAD.exec(content)?.[0] ?? '');
    if (isTooLong || head.length > LIMITS.parameters)
      throw new AgendaProblem(`${name.toUpperCase()} is longer than ${LIMITS.field} characters. Shorten it.`);
    CHECKS[name]?.(content.slice(head.length).trim());
    const property = ICAL.parse.property(content) as [name: string, parameters: unknown, type: string, ...unknown[]];
    if (!WANTED.get(name)?.test(property[2]))
      throw new AgendaProblem(`${name.toUpperCase()} cannot have VALUE=${property[2].toUpperCase()}.`);
    jcal[1].push(property);
  } catch (cause) {
    const isOurs = cause instanceof Error && !(cause instanceof TypeError);
    owner.problem ??= new AgendaProblem(isOurs ? cause.message.slice(0, 300) : 'It cannot be understood.', line);
  }
}
