import { contentLines } from './events-push-lines.js';
import { AgendaProblem, NOT_AS_ASKED } from './events-push-limits.js';
import { nameOn, propertiesOn, type JcalProperty } from './events-push-property.js';
import { CommandError } from './report.js';

/** As `ICAL.Component` takes it. */
type Jcal = [name: string, properties: JcalProperty[], components: Jcal[]];

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
  /** What it says of itself, where that is read. */
  readonly head: RawComponent;
}

export interface RawAgenda {
  readonly calendars: readonly RawCalendar[];
  readonly warnings: readonly string[];
}

/** A component that has begun and not ended. What is wrong in a half of a zone is wrong with the zone. */
interface Open {
  readonly name: string;
  readonly line: number;
  readonly kept: { readonly owner: RawComponent; readonly jcal: Jcal } | null;
  /** The name on the line before. */
  before: string | undefined;
}

/** These stand in nothing but a calendar. */
const PARTS = /^v(?:event|todo|journal|freebusy|timezone)$/;

/**
 * Cuts the text of an agenda into its events and zones, calendar by calendar. What is wrong inside of an event, or with its
 * ends, is a problem of its own.
 *
 * @param onLine - Is told of each line on which something begins.
 * @throws {AgendaProblem} When it is no agenda, or the end of it is missing.
 */
export function calendarsIn(text: string, onLine?: (line: number) => void): RawAgenda {
  const cutter = new Cutter();
  for (const { line, text: content, isTooLong } of contentLines(text)) {
    const [, mark = '', value = ''] = /^(BEGIN|END):([^]*)$/i.exec(content.slice(0, 200)) ?? [];
    const name = value.trim().toLowerCase();
    if (!mark) {
      cutter.keep(content, line, isTooLong);
    } else if (/^begin$/i.test(mark)) {
      onLine?.(line);
      cutter.begin(name, line);
    } else {
      cutter.end(name, line);
    }
  }
  return cutter.whole();
}

const rawOf = (name: string, line: number): RawComponent => ({ line, jcal: [name, [], []], problem: null });

const named = (name: string): string => name.toUpperCase().slice(0, 40);

class Cutter {
  readonly #calendars: RawCalendar[] = [];
  readonly #open: Open[] = [];
  /** The first line outside of all calendars. */
  #outside: { readonly line: number; readonly text: string } | undefined;
  /** What stands in a calendar since the last event: it is one whose beginning is missing, if it ends. */
  #loose = rawOf('vevent', 1);

  keep(content: string, line: number, isTooLong: boolean): void {
    const inside = this.#open.at(-1);
    if (!inside) {
      if (content.trim()) this.#outside ??= { line, text: content.trim().slice(0, 80) };
      return;
    }
    const { kept, before } = inside;
    inside.before = nameOn(content);
    const owners = kept ? [kept] : this.#open.length === 1 ? this.#heads() : [];
    for (const { owner, jcal } of owners) {
      try {
        jcal[1].push(...propertiesOn(content, before, isTooLong));
      } catch (cause) {
        // What a library says of itself helps nobody who keeps an agenda.
        const isPlain = cause instanceof AgendaProblem || cause instanceof CommandError;
        owner.problem ??= new AgendaProblem(isPlain ? cause.message : NOT_AS_ASKED, line, { cause });
      }
    }
  }

  /** What a line that stands in a calendar itself may belong to. */
  #heads(): NonNullable<Open['kept']>[] {
    const { head } = this.#calendars.at(-1) ?? {};
    return [head, this.#loose].flatMap((owner) => (owner ? [{ owner, jcal: owner.jcal }] : []));
  }

  begin(name: string, line: number): void {
    if (this.#open.length === 0 && name !== 'vcalendar') {
      this.#outside ??= { line, text: `BEGIN:${named(name)}` };
      if (this.#calendars.length === 0) return;
      // An event behind the end of its calendar is not lost.
      if (PARTS.test(name)) this.#open.push({ name: 'vcalendar', line, kept: null, before: undefined });
    }
    if (name === 'vcalendar') {
      if (this.#open.length) throw missingEnd(`before line ${line}`);
      this.#calendars.push({ events: [], zones: [], head: rawOf(name, line) });
    } else if (PARTS.test(name)) {
      this.#closeTo(1);
    }
    this.#open.push({ name, line, kept: this.#kept(name, line), before: undefined });
  }

  /** What is kept of a component that begins: events and zones of a calendar, and the halves of a zone. */
  #kept(name: string, line: number): Open['kept'] {
    const calendar = this.#calendars.at(-1);
    if (this.#open.length === 1 && (name === 'vevent' || name === 'vtimezone')) {
      this.#loose = rawOf('vevent', line);
      const owner = rawOf(name, line);
      calendar?.[name === 'vevent' ? 'events' : 'zones'].push(owner);
      return { owner, jcal: owner.jcal };
    }
    const around = this.#open.at(-1);
    if (around?.name !== 'vtimezone' || !around.kept) return null;
    const jcal: Jcal = [name, [], []];
    around.kept.jcal[2].push(jcal);
    return { owner: around.kept.owner, jcal };
  }

  end(name: string, line: number): void {
    const place = this.#open.findLastIndex((each) => each.name === name);
    if (place >= 0) {
      this.#closeTo(place + 1);
      this.#open.pop();
      if (place === 1) this.#loose = rawOf('vevent', line + 1);
      return;
    }
    const stray = new AgendaProblem(`The line END:${named(name)} has no BEGIN:${named(name)}.`, line);
    const owner = this.#ownerOf(this.#open);
    if (owner) owner.problem ??= stray;
    else if (name === 'vevent') this.#takeLoose(stray);
  }

  /** An event whose beginning is missing, with what there is of it. */
  #takeLoose(problem: AgendaProblem): void {
    this.#loose.problem ??= problem;
    this.#calendars.at(-1)?.events.push(this.#loose);
    this.#loose = rawOf('vevent', (problem.line ?? 0) + 1);
  }

  /** Closes what has not ended, down to so many that are open. */
  #closeTo(count: number): void {
    for (const { name, line } of this.#open.slice(count)) {
      const owner = this.#ownerOf(this.#open);
      if (owner) owner.problem ??= new AgendaProblem(`The end of it is missing: END:${named(name)}.`, line);
    }
    this.#open.length = Math.min(this.#open.length, count);
  }

  #ownerOf(open: readonly Open[]): RawComponent | undefined {
    return open.find(({ kept }) => kept)?.kept?.owner;
  }

  whole(): RawAgenda {
    const { line, text } = this.#outside ?? {};
    if (this.#calendars.length === 0) {
      if (text === undefined) throw new AgendaProblem('it is empty');
      const page = /^<|^BEGIN:(?!VCAL)/i.test(text) ? `, and it is “${text}”` : '';
      throw new AgendaProblem(`line ${line} should be BEGIN:VCALENDAR${page}`, line);
    }
    if (this.#open.length) throw missingEnd('at its end');
    return {
      calendars: this.#calendars,
      warnings:
        text === undefined
          ? []
          : [
              `Line ${line} of the agenda stands outside of BEGIN:VCALENDAR and END:VCALENDAR, where nothing should be: “${text}”.`,
            ],
    };
  }
}

const missingEnd = (where: string): AgendaProblem =>
  new AgendaProblem(`END:VCALENDAR is missing ${where}, as where a download was cut off`);
