import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';

import { byDay, dayOf, eventsUntil, hasPassed, isWholeDays, lastDayOf, type AgendaEvent } from '../../domain/event.js';
import { lastMoment } from '../../domain/platform-time.js';
import { ClockController } from '../../state/clock-controller.js';
import { eventsOf } from '../../state/event-list.js';
import type { ListWish } from '../../state/list-pages.js';
import { LocaleController } from '../../state/locale-controller.js';
import type { Runtime } from '../../state/runtime.js';
import { heading } from '../../ui/heading.js';
import { hostStyles } from '../../ui/host.styles.js';
import { oneOf, pastedId } from '../base/attributes.js';
import { CapList } from '../base/cap-list.js';
import { listStyles } from '../base/list.styles.js';
import { styles } from './event-list.styles.js';
import { messages } from './messages.js';

/**
 * Shows the events of a platform by day, each with a file for the visitor's calendar. What is to come begins with what is
 * next; past events, and all events, begin with the latest. Days and hours are those of the platform's time zone.
 *
 * @tag cap-event-list
 * @summary Events by day.
 * @status experimental
 * @since 0.2
 * @slot - Link to the events on the platform: shown until the list is, and whenever it cannot be.
 * @fires {CapLoadEvent} cap-load - The first events are on screen.
 * @fires {CapErrorEvent} cap-error - The events could not be read, or no more of them.
 * @csspart list - All of it.
 * @csspart count - How many events there are, or why there are none.
 * @csspart items - The days.
 * @csspart day - One day with its events.
 * @csspart title - The day as a heading.
 * @csspart event - One event.
 * @csspart time - When it takes place.
 * @csspart link - Its title, which links to it.
 * @csspart place - Where it takes place.
 * @csspart calendar - Downloads it for a calendar.
 * @csspart fallback - Around the page's own link.
 * @csspart foot - Around what stands below the events.
 * @csspart message - Says what could not be read.
 * @csspart button - Shows more, or tries again.
 * @cssproperty [--cap-event-list-gap=var(--cap-space)] - Space between and in the events.
 * @cssproperty [--cap-event-list-min-block-size=8em] - Height of an event, at the least: so much room is kept for it.
 * @cssstate loading - No answer yet.
 * @cssstate ready - Events are shown.
 * @cssstate empty - There is no such event.
 * @cssstate error - The events could not be read, or the page names no platform.
 * @cssstate stale - The latest reading failed: what is shown is older.
 */
export class CapEventList extends CapList<AgendaEvent> {
  static override styles = [hostStyles, listStyles, styles];
  static override properties: PropertyDeclarations = {
    projectId: { attribute: 'project-id', converter: pastedId },
    when: { converter: oneOf('upcoming', 'past', 'all') },
  };

  /** Global ID of the project whose events are shown; empty: those of the whole platform. */
  projectId = '';
  /** What has not ended yet, what is over, or both. */
  when: 'upcoming' | 'past' | 'all' = 'upcoming';

  protected override readonly locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  /** The event whose calendar file could not be made. */
  #lost = '';

  protected override wish(runtime: Runtime): ListWish<AgendaEvent> {
    return eventsOf(runtime, { project: this.projectId, when: this.when }, this.first, this.locale.wanted);
  }

  protected override visible(events: readonly AgendaEvent[]): readonly AgendaEvent[] {
    if (this.when !== 'upcoming') return events;
    const { now } = this.#clock;
    const shown = events.filter((event) => !hasPassed(event, now));
    this.#clock.wakeAt(eventsUntil(shown, now, this.#zone));
    return shown;
  }

  protected override renderItems(events: readonly AgendaEvent[]): TemplateResult {
    const days = byDay(events, this.when === 'upcoming' ? this.#clock.now : null, this.#zone);
    const titles = new Set<string>();
    const repeated = new Set(
      events.map(({ title }) => title).filter((title) => titles.size === titles.add(title).size),
    );
    return html`<div part="items">
      ${days.map(
        ({ day, events: found }) =>
          html`<div part="day">
            ${heading(this.headingLevel, this.#renderDay(day, found[0]))}
            <ul role="list">
              ${found.map((event) => this.#renderEvent(event, repeated.has(event.title)))}
            </ul>
          </div>`,
      )}
    </div>`;
  }

  protected override renderPlace(): TemplateResult {
    return html`<li class="place"></li>`;
  }

  protected override linkOf(index: number): Promise<HTMLElement | null | undefined> {
    return Promise.resolve(this.renderRoot.querySelectorAll<HTMLElement>('[part=link]')[index]);
  }

  protected override async describe(events: () => readonly AgendaEvent[]): Promise<void> {
    (await import('./event-list.data.js')).describeEvents(this, events());
  }

  get #zone(): string | undefined {
    return this.runtime?.settings.timeZone;
  }

  #renderDay(day: string | null, event?: AgendaEvent): unknown {
    return day && event
      ? html`<time datetime=${day}
          >${this.locale.date(event.startAt, { dateStyle: 'full', timeZone: this.#zone })}</time
        >`
      : this.locale.t('going-on');
  }

  #renderEvent(event: AgendaEvent, repeated: boolean): TemplateResult {
    const { title, url, startAt, place } = event;
    const { t } = this.locale;
    const date = this.#date(startAt);
    return html`<li part="event" class="surface">
      <p part="time"><time datetime=${new Date(startAt).toISOString()}>${this.#timeOf(event)}</time></p>
      <p><a part="link" href=${url}>${title}${repeated ? html`<span class="aside">(${date})</span>` : nothing}</a></p>
      ${place ? html`<p part="place">${place}</p>` : nothing}
      <button
        part="calendar"
        type="button"
        aria-label=${t('calendar.of', { title, date })}
        @click=${() => void this.#download(event)}
      >
        ${t('calendar')}
      </button>
      ${this.#lost === event.id ? html`<p part="message">${t('error.unreachable')}</p>` : nothing}
    </li>`;
  }

  #date(instant: number, withTime = true): string {
    return this.locale.date(instant, {
      dateStyle: 'long',
      timeStyle: withTime ? 'short' : undefined,
      timeZone: this.#zone,
    });
  }

  /** When an event takes place, as far as its day does not say so. */
  #timeOf(event: AgendaEvent): string {
    const { startAt, endAt } = event;
    const { t } = this.locale;
    const zone = this.#zone;
    const whole = isWholeDays(event, zone);
    if (endAt !== null && lastDayOf(event, zone) !== dayOf(startAt, zone)) {
      const last = whole ? lastMoment(endAt, zone) : endAt;
      return t('time.days', { start: this.#date(startAt, !whole), end: this.#date(last, !whole) });
    }
    if (whole) return t('time.whole');
    const time = (instant: number): string => this.locale.date(instant, { timeStyle: 'short', timeZone: zone });
    const start = time(startAt);
    return endAt === null || endAt <= startAt ? t('time.at', { start }) : t('time.range', { start, end: time(endAt) });
  }

  async #download(event: AgendaEvent): Promise<void> {
    this.#lost = '';
    try {
      (await import('./event-list.calendar.js')).downloadCalendar(event, this.#zone);
    } catch {
      // What writes the file could not be loaded.
      this.#lost = event.id;
      (await this.announcer())?.(this.locale.t('error.unreachable'), true);
    }
    this.requestUpdate();
  }
}
