import { css } from 'lit';

export const styles = css`
  :host {
    --_gap: var(--cap-proposal-list-gap, var(--_space));
    --_corner: var(--cap-proposal-list-radius, var(--_radius));
    min-inline-size: min(100%, 15em);
  }
  .proposals {
    display: grid;
    gap: calc(var(--_gap) * 0.75) 0;
    grid-template-columns: minmax(0, 1fr);
    overflow-wrap: anywhere;
  }
  .bar {
    min-block-size: 28em;
  }
  .fields {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.75em;
  }
  [part='field'] {
    display: grid;
    flex: 1 1 100%;
    gap: 0.25em;
    font-weight: 600;
  }
  [part='input'] {
    inline-size: 100%;
    min-block-size: 2.5em;
    padding: 0.25em 0.5em;
    border: 1px solid var(--_muted);
    border-radius: 0.5em;
    font: inherit;
    font-weight: 400;
  }
  [part='button'] {
    min-block-size: 2.5em;
  }
  [part='count'] {
    font-weight: 600;
  }
  [part='details'] {
    color: var(--_muted);
  }
  [part='list'] {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--cap-proposal-list-column, 18em)), 1fr));
    gap: var(--_gap);
  }
  /* What is far from the screen costs nothing, and keeps the room it had. */
  [part='card'] {
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr);
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_corner);
    content-visibility: auto;
    contain-intrinsic-size: auto 34em;
  }
  [part='cover'] {
    aspect-ratio: var(--cap-proposal-list-ratio, 16 / 9);
    background: var(--_soft);
  }
  img {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .body {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_gap) * 0.5);
    min-block-size: 20em;
    padding: var(--_gap);
  }
  [part='status'] {
    display: inline-block;
    padding: 0 0.625em;
    border: 1px solid;
    border-radius: 2em;
    font-weight: 600;
  }
  .info,
  .primary {
    color: var(--_link);
  }
  .success {
    color: var(--_success);
  }
  .warning,
  .caution {
    color: var(--_warning);
  }
  .danger {
    color: var(--_danger);
  }
  [part='title'] {
    font-size: 1.25em;
    line-height: 1.3;
  }
  [part='link'] {
    display: inline-block;
    padding-block: 0.125em;
  }
  [part='details'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1em;
  }
  cap-vote-button {
    margin-block-start: auto;
  }
  cap-vote-button:not(:defined) {
    min-block-size: 2.5em;
  }
  /* Said once, above the cards; each button still has it as its description. */
  :is(.step-future, .step-closed) cap-vote-button::part(message) {
    display: none;
  }
  .more {
    display: grid;
    justify-items: center;
    gap: 0.5em;
  }
  @container (min-width: 32em) {
    .bar {
      min-block-size: 17em;
    }
    [part='field'] {
      flex-basis: 11em;
    }
    :host([layout='list']) [part='list'] {
      grid-template-columns: minmax(0, 1fr);
    }
    :host([layout='list']) [part='card']:has([part='cover']) {
      grid-template: auto / minmax(0, 1fr) minmax(0, 2fr);
    }
    :host([layout='list']) [part='cover'] {
      aspect-ratio: auto;
    }
  }
  @container (min-width: 60em) {
    .bar {
      min-block-size: 9em;
    }
  }
`;
