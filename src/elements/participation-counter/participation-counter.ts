import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { errorMessage } from '../../core/errors.js';
import { tell } from '../../core/tell.js';
import { KINDS, METRICS, type CountTarget, type Metric, type SecretBallot, type Tally } from '../../domain/counts.js';
import { formatDuration } from '../../i18n/duration.js';
import { ClockController } from '../../state/clock-controller.js';
import { countOf } from '../../state/count.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ResourceController } from '../../state/resource-controller.js';
import { hostStyles } from '../../ui/host.styles.js';
import { retryButton } from '../../ui/retry.js';
import { oneOf, pastedId, wholeNumber } from '../base/attributes.js';
import { CapElement } from '../base/cap-element.js';
import { messages } from './messages.js';
import { styles } from './participation-counter.styles.js';
import type { Refresher } from './refresh.js';
import { counterView, type CounterView } from './participation-counter.view.js';

const MINUTE = 60_000;
type Ready = Extract<CounterView, { kind: 'ready' }>;

/**
 * Shows how many people take part, or what they have done, and keeps the number up to date.
 *
 * @tag cap-participation-counter
 * @summary A live number of a project, step, proposal, consultation or questionnaire.
 * @status experimental
 * @since 0.1
 * @slot - Shown until the number is, and whenever it cannot be: a link to the platform, or a sentence.
 * @fires {CapLoadEvent} cap-load - The number is on screen for the first time.
 * @fires {CapErrorEvent} cap-error - The number could not be read, or not again.
 * @csspart counter - The whole counter.
 * @csspart count - The number.
 * @csspart label - What is counted.
 * @csspart paper - How many of the votes were cast on paper.
 * @csspart updated - When the number was read.
 * @csspart message - Why there is no number, or an old one.
 * @csspart button - Tries again; stops or resumes the updates.
 * @csspart icon - A drawing on a button.
 * @cssproperty [--cap-participation-counter-color=var(--cap-color-primary)] - Colour of the number.
 * @cssproperty [--cap-participation-counter-size=2.25em] - Size of the number on a tile.
 * @cssproperty [--cap-participation-counter-min-block-size=8.5em] - Height that is kept for a tile, so that nothing moves when the number comes.
 * @cssstate loading - No answer yet.
 * @cssstate ready - The number is shown, or that the ballot is secret.
 * @cssstate empty - There is no such object, or no such number of it.
 * @cssstate error - The number could not be read, or the page names no platform.
 * @cssstate stale - The latest reading failed: the number shown is older.
 * @cssstate secret - The ballot is secret: there is no number.
 * @cssstate paused - The visitor has stopped the updates.
 */
export class CapParticipationCounter extends CapElement {
  static override styles = [hostStyles, styles];
  static override properties = {
    projectId: { attribute: 'project-id', converter: pastedId },
    stepId: { attribute: 'step-id', converter: pastedId },
    proposalId: { attribute: 'proposal-id', converter: pastedId },
    consultationId: { attribute: 'consultation-id', converter: pastedId },
    questionnaireId: { attribute: 'questionnaire-id', converter: pastedId },
    metric: { converter: oneOf(...METRICS) },
    refresh: { converter: wholeNumber(0, 10, 86_400, 10) },
    display: { converter: oneOf('inline', 'tile', 'board'), reflect: true },
    label: {},
  };

  /** Global ID of a project. */
  projectId = '';
  /** ID of a step. */
  stepId = '';
  /** Global ID of a proposal. */
  proposalId = '';
  /** Global ID of a consultation. */
  consultationId = '';
  /** Global ID of a questionnaire. */
  questionnaireId = '';
  /** What is counted. */
  metric: Metric = 'votes';
  /** Seconds between readings, 10 at least; 0 reads once. */
  refresh = 0;
  /** Within a text, on a tile, or over the whole window for a screen in a room. */
  display: 'inline' | 'tile' | 'board' = 'inline';
  /** What to say after the number instead of the usual word. */
  label = '';

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #count = new ResourceController(this, () => {
    const { runtime } = this;
    const target = this.#target();
    return target && runtime ? countOf(runtime, target, this.metric, this.#locale.wanted) : null;
  });
  #view: CounterView = { kind: 'loading' };
  #board: Promise<void> | undefined;
  #refresher: Refresher | undefined;
  #waits: boolean | undefined;

  override reload(): Promise<void> {
    return this.#count.reload();
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    const { now } = this.#clock;
    const askable = Boolean(this.runtime && this.#target());
    const view = counterView(this.#count.state, now, askable);
    if (this.refresh && this.#waits === undefined) void this.#keepFresh();
    this.#view = view.kind === 'ready' && (this.#waits || !this.#locale.ready) ? { kind: 'loading' } : view;
    const ready = this.#view.kind === 'ready' ? this.#view : undefined;
    this.#clock.wakeAt(ready?.silence != null ? now + MINUTE - (ready.silence % MINUTE) : null);
    this.show(
      this.#view,
      ready?.code && 'stale',
      ready?.count.kind === 'secret' && 'secret',
      this.refresh > 0 && this.#refresher?.paused && 'paused',
    );
    if (this.#count.state.data?.kind === 'not-counted')
      tell('not-counted', this.localName, this.metric, this.#target()?.id ?? '');
    super.update(changed);
    if (this.display === 'board')
      this.#board ??= import('./board.js').then(
        ({ becomeBoard }) => becomeBoard(this),
        // Without it the number stands there in its usual size.
        () => undefined,
      );
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    return html`
      <div
        part="counter"
        class="counter ${this.display === 'inline' ? '' : 'surface'}"
        tabindex="-1"
        lang=${this.#locale.wanted}
      >
        ${view.kind === 'ready' ? this.#renderReady(view) : this.#renderFallback(view)}
      </div>
    `;
  }

  #target(): CountTarget | null {
    const [first, second] = KINDS.map((kind) => ({ kind, id: this[`${kind}Id`] })).filter(({ id }) => id);
    if (second || !first) tell('bad-target', this.localName);
    return first ?? null;
  }

  #renderFallback(view: Exclude<CounterView, Ready>): TemplateResult {
    const { t } = this.#locale;
    if (view.kind === 'loading') return html`<slot><span class="skeleton" aria-hidden="true"></span></slot>`;
    const message = view.code ? errorMessage(view.code) : view.kind === 'empty' && 'unavailable';
    return html`
      <slot></slot>
      ${message ? html`<span part="message">${t(message)}</span>` : nothing}
      ${
        view.kind === 'error' && view.retryable
          ? retryButton(t(view.retrying ? 'loading' : 'retry'), view.retrying, this.#retry)
          : nothing
      }
    `;
  }

  #renderReady({ count, at, silence }: Ready): TemplateResult {
    const { t } = this.#locale;
    const time = this.#locale.date(at, { hour: '2-digit', minute: '2-digit' });
    const updated = t('updated', { time });
    // Within a text the hour is for those who listen: they cannot see that a number is live.
    const quiet = this.display === 'inline' && !this.refresh && silence === null;
    return html`
      <span class="figures">${count.kind === 'secret' ? this.#renderSecret(count) : this.#renderTally(count)}</span>
      <span class="state">
        ${
          silence === null
            ? html`<span part="updated" class=${quiet ? 'visually-hidden' : ''}
                >${quiet && count.kind === 'tally' ? ', ' : ' '}${updated}</span
              >`
            : html`<span part="message"
                >${t('offline', { duration: formatDuration(this.#locale.wanted, silence) })} (${updated})</span
              >`
        }
        ${this.refresh ? this.#refresher?.button(t, this.#onPause) : nothing}
      </span>
    `;
  }

  #renderTally({ value, paper }: Tally): TemplateResult {
    const { t } = this.#locale;
    const label = this.metric === 'votes' && paper === null ? 'votes.online' : this.metric;
    return html`
      <b part="count" translate="no">${this.#locale.number(value)}</b>
      <span part="label">${this.label || t(label, { count: value })}</span>
      ${paper ? html`<span part="paper">${t('votes.paper', { count: paper })}</span>` : nothing}
    `;
  }

  #renderSecret({ publishedAt }: SecretBallot): TemplateResult {
    const { t } = this.#locale;
    const timeZone = this.runtime?.settings.timeZone;
    return html`
      <span part="label">${t('secret')}</span>
      <span part="message"
        >${
          publishedAt === null
            ? t('secret.always')
            : t('secret.until', { date: this.#locale.date(publishedAt, { dateStyle: 'long', timeZone }) })
        }</span
      >
    `;
  }

  /** Loads what a counter that is read again needs. The number waits for the button beside it, which would move it. */
  async #keepFresh(): Promise<void> {
    this.#waits = true;
    try {
      const { Refresher } = await import('./refresh.js');
      this.#refresher = new Refresher(this);
    } catch {
      // Without it the number is read once.
    }
    this.#waits = false;
    this.requestUpdate();
  }

  readonly #onPause = async (): Promise<void> => {
    this.#refresher?.togglePause();
    const announce = await this.announcer();
    announce?.(this.#locale.t(this.#refresher?.paused ? 'paused' : 'resumed'));
  };

  readonly #retry = (): void =>
    void this.tryAgain(() => {
      const { t } = this.#locale;
      const { error, data } = this.#count.state;
      if (error) return [t(errorMessage(error.code)), true];
      if (data?.kind !== 'tally') return ['', false];
      const { value } = data;
      return [`${this.#locale.number(value)} ${this.label || t(this.metric, { count: value })}`, false];
    });
}
