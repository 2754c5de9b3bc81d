import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../../ui/icon.js';
import type { Part } from './budget-basket.template.js';
import type { Item, Ready } from './budget-basket.view.js';
import { outcomeOf } from './choices.message.js';
import type { ChoicesWriter } from './choices.messages.js';

/** What the controls do. */
export interface Acts {
  readonly remove: (proposalId: string) => void;
  readonly move: (proposalId: string, by: number) => void;
  readonly grab: (event: PointerEvent) => void;
  readonly review: () => void;
  readonly send: () => void;
  readonly confirm: () => void;
  readonly takeUp: () => void;
  readonly forget: () => void;
  readonly name: (shown: boolean) => void;
}

const UP = 'M12 19V5M6 11l6-6 6 6';
const DOWN = 'M12 5v14M6 13l6 6 6-6';
const GRIP = 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01';
/** Projects that are named to make room: the first ones are the cheapest. */
const MOST_SUGGESTIONS = 3;

export function renderChoices(view: Ready, write: ChoicesWriter, acts: Acts): Part {
  const { items, ballot } = view;
  if (!items.length) return nothing;
  const rows = items.map((item, index) => renderChoice(item, index, view, write, acts));
  // Without the rules the order may be a ranking.
  return ballot?.ranking === false
    ? html`<ul part="list" role="list">
        ${rows}
      </ul>`
    : html`<ol part="list" role="list">
        ${rows}
      </ol>`;
}

function renderChoice(item: Item, index: number, view: Ready, write: ChoicesWriter, acts: Acts): TemplateResult {
  const { t, money } = write;
  const { proposalId, title, url, cost, points, excess, lost, was } = item;
  const { ballot, open, items, pending } = view;
  const ranked = ballot?.ranking !== false;
  const movable = ranked && open && items.length > 1;
  const outcome = outcomeOf(item, view);
  const control = (name: 'up' | 'down' | 'remove', drawing: Part, act: () => void, idle = false): TemplateResult =>
    html`<button
      part=${name}
      type="button"
      aria-label=${t(`${name}.for`, { title })}
      aria-disabled=${pending || idle ? 'true' : nothing}
      @click=${pending || idle ? nothing : act}
    >
      ${drawing}${t(name)}
    </button>`;
  return html`<li part="choice" data-id=${proposalId}>
    ${movable ? html`<span class="grip" aria-hidden="true" @pointerdown=${acts.grab}>${icon(GRIP)}</span>` : nothing}
    ${ranked ? html`<b part="rank">${index + 1}.</b>` : nothing}
    <div class="what">
      <a part="link" href=${url}>${title}</a>
      <p class="muted">
        ${cost || ballot?.budget != null ? html`<span part="cost">${money(cost)}</span>` : nothing}
        ${points ? html`<span part="points">${t('points', { count: points })}</span>` : nothing}
      </p>
      ${was === null ? nothing : html`<p class="warning">${t('cost.was', { money: money(was) })}</p>`}
      ${excess ? html`<p class="danger">${t('excess', { money: money(excess) })}</p>` : nothing}
      ${lost && view.draft ? html`<p class="danger">${t(`lost.${lost}`)}</p>` : nothing}
      ${outcome ? html`<p part="outcome" class=${outcome.tone}>${t(outcome.key)}</p>` : nothing}
    </div>
    ${
      open
        ? html`<div class="controls">
            ${
              movable
                ? html`${control('up', html`${icon(UP)}`, () => acts.move(proposalId, -1), !index)}
                  ${control('down', html`${icon(DOWN)}`, () => acts.move(proposalId, 1), index === items.length - 1)}`
                : nothing
            }
            ${control('remove', nothing, () => acts.remove(proposalId))}
          </div>`
        : nothing
    }
  </li>`;
}

/** What would make a ballot that is too dear fit. */
export function renderSuggestions(
  { verdict, open, pending }: Ready,
  { t, money }: ChoicesWriter,
  { remove }: Acts,
): Part {
  if (!verdict?.suggestions.length || !open) return nothing;
  const { suggestions, left } = verdict;
  const alone = (suggestions[0]?.cost ?? 0) >= -(left ?? 0);
  return html`<div part="suggestions">
    <p>${t(alone ? 'suggest.one' : 'suggest.all')}</p>
    <ul role="list">
      ${suggestions
        .slice(0, alone ? MOST_SUGGESTIONS : undefined)
        .map(
          ({ proposalId, title, cost }) =>
            html`<li>
              ${button(`${t('remove.for', { title })} (${money(cost)})`, () => remove(proposalId), !pending, false)}
            </li>`,
        )}
    </ul>
  </div>`;
}

/** Whether the visitor's name is shown with the votes: the platform has one answer for all of them. */
export function renderNames({ mode, items, open, pending }: Ready, { t }: ChoicesWriter, { name }: Acts): Part {
  if (mode !== 'session' || !open || !items.length) return nothing;
  const shown = items.some(({ vote }) => vote?.anonymous === false);
  const onClick = (event: Event): void => {
    // What is shown is what the platform has recorded.
    event.preventDefault();
    if (!pending) name(!shown);
  };
  return html`<label part="names">
    <input type="checkbox" .checked=${shown} aria-disabled=${pending || nothing} @click=${onClick} />
    ${t('names')}
  </label>`;
}

/** What is done with the whole ballot. */
export function renderActs(
  { draft, sends, door, pending, offline, items }: Ready,
  t: ChoicesWriter['t'],
  acts: Acts,
): Part {
  if (!draft || draft.recorded || door || pending) return nothing;
  if (draft.found)
    return html`<p class="row">
      ${button(t('found.take'), acts.takeUp, true)} ${button(t('found.forget'), acts.forget, true, false)}
    </p>`;
  if (draft.away)
    return html`<p class="row">
      ${button(t('away.yes'), acts.confirm, true)} ${button(t('away.no'), acts.send, !offline, false)}
    </p>`;
  if (!items.length && !sends) return nothing;
  return html`<p class="row">
    ${
      draft.outcomes.length
        ? button(t('again'), acts.send, sends !== null)
        : button(t('review'), acts.review, sends !== null)
    }
  </p>`;
}

const button = (content: string, act: () => void, able: boolean, main = true): TemplateResult =>
  html`<button
    part="button"
    class=${main ? 'main' : ''}
    type="button"
    aria-disabled=${able ? nothing : 'true'}
    @click=${able ? act : nothing}
  >
    ${content}
  </button>`;
