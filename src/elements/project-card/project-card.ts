import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { errorMessage } from '../../core/errors.js';
import { tell } from '../../core/tell.js';
import type { Project } from '../../domain/project.js';
import { lastMoment } from '../../domain/platform-time.js';
import { stepState, type Step } from '../../domain/step.js';
import { ClockController } from '../../state/clock-controller.js';
import { LocaleController } from '../../state/locale-controller.js';
import { projectOf } from '../../state/project.js';
import { ResourceController } from '../../state/resource-controller.js';
import { heading } from '../../ui/heading.js';
import { hostStyles } from '../../ui/host.styles.js';
import { icon } from '../../ui/icon.js';
import { image } from '../../ui/image.js';
import { retryButton } from '../../ui/retry.js';
import { headingLevel, oneOf, pastedId, someOf } from '../base/attributes.js';
import { CapElement } from '../base/cap-element.js';
import { messages } from './messages.js';
import { styles } from './project-card.styles.js';
import { projectCardView, type ProjectCardView } from './project-card.view.js';

const PARTS = ['cover', 'status', 'themes', 'counters', 'step'] as const;
const WEEK = 7 * 86_400_000;

type Ready = Extract<ProjectCardView, { kind: 'ready' }>;

const ICONS = {
  votes: 'M4 13h16v7H4zM7 13V4h10v9M9 8l2 2 4-4',
  contributions: 'M4 5h16v11h-8l-5 4v-4H4z',
  contributors: 'M12 4.5a3.5 3.5 0 1 0 .01 0M5 20c0-8 14-8 14 0',
};

/**
 * Shows a project of the platform: its cover, a link to it, where it stands and how many people take part.
 *
 * @tag cap-project-card
 * @summary A participation project as a card.
 * @status experimental
 * @since 0.1
 * @slot - Link to the project on the platform: shown until the card is, and whenever it cannot be.
 * @fires {CapLoadEvent} cap-load - The project is on screen for the first time.
 * @fires {CapErrorEvent} cap-error - The project could not be read, or not again.
 * @csspart card - The whole card.
 * @csspart cover - The picture, or what stands in for it.
 * @csspart status - Where the project stands, with the time that is left.
 * @csspart type - The type of project.
 * @csspart title - The heading.
 * @csspart link - The link to the project, which covers the card.
 * @csspart step - The present step and its dates.
 * @csspart themes - List of themes.
 * @csspart counters - List of numbers.
 * @csspart counter - One number with its label.
 * @csspart message - Why the card shows nothing, or old numbers.
 * @csspart button - Tries again.
 * @csspart icon - A drawing beside a text.
 * @cssproperty [--cap-project-card-gap=var(--cap-space)] - Space around and between the texts.
 * @cssproperty [--cap-project-card-ratio=16 / 9] - Width and height of the cover.
 * @cssproperty [--cap-project-card-radius=var(--cap-radius)] - Corners of the card.
 * @cssproperty [--cap-project-card-min-block-size=13.5em, up to 22em where the card is narrow] - Height that is kept for the texts, so that nothing moves when they come.
 * @cssstate loading - No answer yet.
 * @cssstate ready - The project is shown.
 * @cssstate empty - There is no such project, or this visitor may not see it.
 * @cssstate error - The project could not be read, or the page names no platform.
 * @cssstate stale - The latest reading failed: what is shown is older.
 * @cssstate archived - The project is archived.
 */
export class CapProjectCard extends CapElement {
  static override styles = [hostStyles, styles];
  static override properties = {
    projectId: { attribute: 'project-id', converter: pastedId },
    layout: { converter: oneOf('vertical', 'horizontal'), reflect: true, useDefault: true },
    hide: { converter: someOf(...PARTS) },
    headingLevel: { attribute: 'heading-level', converter: headingLevel },
  };

  /** Global ID of the project. */
  projectId = '';
  /** Cover above the texts, or beside them where there is room. */
  layout: 'vertical' | 'horizontal' = 'vertical';
  /** What to leave out: any of `cover status themes counters step`. */
  hide: readonly (typeof PARTS)[number][] = [];
  /** Level of the title, 2 to 6. */
  headingLevel = 3;

  readonly #locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #clock = new ClockController(this);
  readonly #project = new ResourceController(this, () => {
    const { runtime, projectId } = this;
    return projectId && runtime ? projectOf(runtime, projectId, this.#locale.wanted) : null;
  });
  #view: ProjectCardView = { kind: 'loading' };

  override reload(): Promise<void> {
    return this.#project.reload();
  }

  // Not in `willUpdate`, which runs before the controllers have looked at the new properties.
  protected override update(changed: PropertyValues<this>): void {
    if (!this.projectId) tell('no-id', this.localName, 'project-id');
    const askable = Boolean(this.runtime && this.projectId);
    const view = projectCardView(this.#project.state, this.#clock.now, askable);
    this.#view = view.kind === 'ready' && !this.#locale.ready ? { kind: 'loading' } : view;
    const ready = this.#view.kind === 'ready' ? this.#view : undefined;
    this.#clock.wakeAt(ready?.situation.until ?? null);
    this.show(this.#view, ready?.code && 'stale', ready?.project.archived && 'archived');
    super.update(changed);
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    return html`<div class="frame">
      <article part="card" class="surface" lang=${this.#locale.wanted} dir="ltr">
        ${this.#shows('cover') ? renderCover(view) : nothing}
        <div class="body">${view.kind === 'ready' ? this.#renderProject(view) : this.#renderFallback(view)}</div>
      </article>
    </div>`;
  }

  #shows(part: (typeof PARTS)[number]): boolean {
    return !this.hide.includes(part);
  }

  /** Before the project is there, and when it does not come: the page's own link, in the place of the title. */
  #renderFallback(view: Exclude<ProjectCardView, Ready>): TemplateResult {
    const { t } = this.#locale;
    return html`
      ${view.kind === 'loading' ? html`<p class="row"><span class="skeleton"></span></p>` : nothing}
      <div part="title"><slot></slot></div>
      ${view.code ? html`<p part="message">${t(errorMessage(view.code))}</p>` : nothing}
      ${view.kind === 'error' && view.retryable ? this.#renderRetry() : nothing}
    `;
  }

  #renderRetry(): TemplateResult {
    const { loading } = this.#project.state;
    return html`<p>${retryButton(this.#locale.t(loading ? 'loading' : 'retry'), loading, this.#retry)}</p>`;
  }

  #renderProject({ project, situation: { status, step }, staleSince }: Ready): TemplateResult {
    const { title, url, type, themes, counts, restricted } = project;
    const { t } = this.#locale;
    const { kind, left = 0 } = status;
    const tagged = this.#shows('status');
    return html`
      <p class="row">
        ${
          tagged && kind !== 'none'
            ? html`<span part="status" class="badge ${kind}">${t(`status.${kind}`, { count: left })}</span>`
            : nothing
        }
        ${tagged && restricted ? html`<span part="status" class="badge">${t('restricted')}</span>` : nothing}
        ${type ? html`<span part="type">${type}</span>` : nothing}
      </p>
      ${heading(this.headingLevel, html`<a part="link" href=${url}>${title}</a>`)}
      ${step && this.#shows('step') ? this.#renderStep(step) : nothing}
      ${
        themes.length && this.#shows('themes')
          ? html`<ul part="themes" role="list" aria-label=${t('themes')}>
              ${themes.map((theme) => html`<li>${theme}</li>`)}
            </ul>`
          : nothing
      }
      ${this.#shows('counters') ? this.#renderCounters(counts) : nothing}
      ${
        staleSince === null
          ? nothing
          : html`<p part="message">${t('stale', { time: this.#locale.date(staleSince, { timeStyle: 'short' }) })}</p>
              ${this.#renderRetry()}`
      }
    `;
  }

  #renderStep(step: Step): TemplateResult {
    const { title, startAt, endAt, timeless, told } = step;
    const { now } = this.#clock;
    const state = stepState(step, now);
    const comes = state === 'future' && startAt !== null;
    const instant = timeless ? null : comes ? startAt : endAt;
    return html`<p part="step">
      ${title}${
        instant === null
          ? nothing
          : html`,
              <time datetime=${new Date(instant).toISOString()}
                >${this.#locale.t(comes ? 'step.from' : state === 'closed' ? 'step.ended' : 'step.until', {
                  date: this.#locale.date(comes ? instant : lastMoment(instant, this.runtime?.settings.timeZone), {
                    dateStyle: 'long',
                    timeStyle: !comes && !told && Math.abs(instant - now) < WEEK ? 'short' : undefined,
                    timeZone: this.runtime?.settings.timeZone,
                  }),
                })}</time
              >`
      }
    </p>`;
  }

  #renderCounters({ votes, contributions, contributors }: Project['counts']): TemplateResult {
    const { t } = this.#locale;
    const all = votes && votes.online + (votes.paper ?? 0);
    const counter = (
      name: keyof typeof ICONS,
      value: number | null,
      label: keyof typeof ICONS | 'votes.online' = name,
    ) =>
      value === null
        ? nothing
        : html`<li part="counter">
            ${icon(ICONS[name])}<span
              ><b translate="no">${this.#locale.number(value)}</b> ${t(label, { count: value })}</span
            >
          </li>`;
    return html`<ul part="counters" role="list">
      ${counter('votes', all, votes?.paper === null ? 'votes.online' : 'votes')}
      ${votes?.paper ? html`<li part="counter">${t('votes.paper', { count: votes.paper })}</li>` : nothing}
      ${counter('contributions', contributions)} ${counter('contributors', contributors)}
    </ul>`;
  }

  readonly #retry = (): void =>
    void this.tryAgain(() => {
      const { error, data } = this.#project.state;
      return [error ? this.#locale.t(errorMessage(error.code)) : (data?.title ?? ''), Boolean(error)];
    });
}

const renderCover = (view: ProjectCardView): TemplateResult => {
  const cover = view.kind === 'ready' && view.project.cover;
  return html`<div part="cover" class=${view.kind === 'ready' && view.project.archived ? 'grey' : ''}>
    ${icon('M3 6h7l2 2.5h9V19H3z')} ${cover ? image(cover) : nothing}
  </div>`;
};
