import type { Agenda, AgendaEvent, AgendaOptions } from './events-push-event.js';
import { AgendaProblem } from './events-push-limits.js';
import { groupsIn } from './events-push-groups.js';
import { EventReader, unreadable } from './events-push-reader.js';
import { calendarsIn, type RawAgenda } from './events-push-text.js';
import { CommandError, EXIT } from './report.js';

/** Warnings of one agenda that are told: whoever has written all of it in one way has understood by then. */
const MOST_WARNINGS = 20;

/**
 * Reads an agenda in the iCalendar format (RFC 5545), event by event. Cancelled and private events are none of the public's,
 * and left out. It takes time in proportion to the text, and to the occurrences of its series, which are limited.
 *
 * @param onLine - Is told of the line that it is at.
 * @throws {CommandError} When the text is no agenda.
 */
export function readAgenda(text: string, options: AgendaOptions, onLine?: (line: number) => void): Agenda {
  const raw = calendars(text, onLine);
  const warnings = [...raw.warnings];
  const warn = (sentence: string): void => void warnings.push(sentence);
  const { groups, nameless } = groupsIn(raw, options.timeZone, warn);
  const reader = new EventReader(options, warn);
  const events: AgendaEvent[] = [];
  const problems = nameless.map(({ raw: event }) =>
    // Where a part of it cannot be read, that may be the UID.
    unreadable(
      event.problem ? null : '',
      event,
      event.problem ?? new AgendaProblem('It has no UID to recognize it by.'),
    ),
  );
  const series = new Set<string>();
  for (const [uid, group] of groups) {
    onLine?.((group.masters[0] ?? group.overrides[0])?.raw.line ?? 0);
    const found = reader.read(uid, group);
    // One by one: a call cannot be handed as many as a series may have.
    for (const event of found.events) events.push(event);
    for (const problem of found.problems) problems.push(problem);
    if (found.isSeries) series.add(uid);
  }
  const left = warnings.length - MOST_WARNINGS;
  return {
    events,
    problems: problems.sort((one, other) => one.line - other.line),
    series,
    warnings: left > 0 ? [...warnings.slice(0, MOST_WARNINGS), `${left} more of such warnings.`] : warnings,
    isEmpty: raw.calendars.every((calendar) => calendar.events.length === 0),
  };
}

function calendars(text: string, onLine?: (line: number) => void): RawAgenda {
  try {
    return calendarsIn(text, onLine);
  } catch (cause) {
    if (!(cause instanceof AgendaProblem)) throw cause;
    throw new CommandError(
      EXIT.files,
      `The file is no iCalendar agenda: ${cause.message}. Nothing was changed on the platform. Get it anew, and look at it before.`,
      { cause },
    );
  }
}
