/** What an agenda may ask of whoever reads it. Agendas of cities stay far below. */
export const LIMITS = {
  /** Bytes of the file. */
  file: 20_000_000,
  /** Characters of one property: a description with pictures in it, for instance. */
  field: 1_000_000,
  /** Characters in front of the value of a property. */
  parameters: 64_000,
  /** Characters of a rule. */
  rule: 1000,
  /** Occurrences of all series together. */
  occurrences: 10_000,
  /** Characters that all occurrences of series say together. */
  texts: 100_000_000,
  /** Steps that it takes to find the occurrences of one series, and of all. */
  seriesSteps: 100_000,
  steps: 400_000,
  /** Days that something may last, or lie apart from the next time: a hundred years. */
  days: 36_525,
  /** Changes of the clock in a zone that the file describes. */
  zoneChanges: 10_000,
  /** Milliseconds of work that the reading may take. */
  time: 10_000,
} as const;

/** What there is to say of what a library does not understand. */
export const NOT_AS_ASKED = 'It is not written as the iCalendar format asks.';

/** One event cannot be brought to the platform; the message says why, for whoever keeps the agenda. */
export class AgendaProblem extends Error {
  constructor(
    message: string,
    /** Line of the file, where it is known better than that of the event. */
    readonly line?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AgendaProblem';
  }
}

/** What is left of the limits of an agenda while its series are looked at one after the other. */
export class Budget {
  #steps = 0;
  #ofSeries = 0;
  #occurrences = 0;
  #texts = 0;

  /** The next series begins. */
  next(): void {
    this.#ofSeries = 0;
  }

  /** One more step. @throws {AgendaProblem} When the series, or all of them, have taken too many. */
  step(): void {
    this.#steps++;
    this.#ofSeries++;
    if (this.#ofSeries > LIMITS.seriesSteps)
      throw new AgendaProblem(
        'Its rule comes to too many dates, or looks for one that never comes: begin it later, repeat it less often, or write its dates as RDATE.',
      );
    if (this.#steps > LIMITS.steps)
      throw new AgendaProblem('The rules of this agenda come to too many dates: split it into several files.');
  }

  /** @throws {AgendaProblem} When there is no room for so many occurrences of the series. */
  check(occurrences: number): void {
    if (this.#occurrences + occurrences > LIMITS.occurrences)
      throw new AgendaProblem(
        `It takes the agenda beyond ${LIMITS.occurrences} occurrences: narrow them by --since and --until, end the series, or split the agenda.`,
      );
  }

  /** Takes note of the occurrences of a series by the length of their texts. @throws {AgendaProblem} When that is too much. */
  spend(lengths: readonly number[]): void {
    this.check(lengths.length);
    const texts = lengths.reduce((sum, length) => sum + length, this.#texts);
    if (texts > LIMITS.texts)
      throw new AgendaProblem('Its text is too long to be said at each of its dates: shorten it, or end the series.');
    this.#occurrences += lengths.length;
    this.#texts = texts;
  }
}
