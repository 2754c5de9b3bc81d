import { css } from 'lit';

export const styles = css`
  :host {
    --_gap: var(--cap-project-card-gap, var(--_space));
    --_corner: var(--cap-project-card-radius, var(--_radius));
    min-inline-size: min(100%, 15em);
  }
  .frame {
    block-size: 100%;
  }
  article {
    position: relative;
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr);
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_corner);
  }
  [part='cover'] {
    position: relative;
    display: grid;
    place-items: center;
    aspect-ratio: var(--cap-project-card-ratio, 16 / 9);
    background: var(--_soft);
    color: var(--_border);
    font-size: 3em;
  }
  img {
    position: absolute;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .body {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_gap) * 0.5);
    min-block-size: var(--cap-project-card-min-block-size, 22em);
    padding: var(--_gap);
    overflow-wrap: anywhere;
  }
  .row,
  ul {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375em 0.625em;
  }
  .row {
    min-block-size: 1.75em;
  }
  .badge {
    padding: 0 0.625em;
    border: 1px solid;
    border-radius: 2em;
    font-weight: 600;
  }
  .upcoming {
    color: var(--_link);
  }
  .open,
  .participation {
    color: var(--_success);
  }
  .days {
    color: var(--_warning);
  }
  .hours,
  .last-hour {
    color: var(--_danger);
  }
  [part='type'],
  [part='step'],
  [part='message'] {
    color: var(--_muted);
  }
  [part='title'] {
    font-size: 1.25em;
    font-weight: 700;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  [part='link'] {
    color: inherit;
    text-decoration: none;
  }
  article:hover [part='link'] {
    color: var(--_link);
    text-decoration: underline;
  }
  /* The whole card follows its one link, and shows its focus. */
  [part='link']::before {
    position: absolute;
    inset: 0;
    border-radius: var(--_corner);
    content: '';
  }
  [part='link']:focus-visible {
    outline: 0;
  }
  [part='link']:focus-visible::before {
    outline: 0.1875em solid var(--_link);
    outline-offset: -0.25em;
  }
  [part='themes'] li {
    padding: 0 0.5em;
    border-radius: 0.375em;
    background: var(--_soft);
  }
  [part='counters'] {
    gap: 0.25em 1.125em;
    margin-block-start: auto;
  }
  [part='counter'] {
    display: flex;
    gap: 0.375em;
  }
  button {
    position: relative;
  }
  .skeleton {
    inline-size: 8em;
    block-size: 1.25em;
  }
  .grey {
    filter: grayscale(1);
  }
  @container (min-width: 20em) {
    .body {
      min-block-size: var(--cap-project-card-min-block-size, 19em);
    }
  }
  @container (min-width: 24em) {
    .body {
      min-block-size: var(--cap-project-card-min-block-size, 13.5em);
    }
  }
  @container (min-width: 32em) {
    :host([layout='horizontal']) article {
      grid-template: auto / minmax(0, 1fr) minmax(0, 2fr);
    }
    :host([layout='horizontal']) [part='cover'] {
      aspect-ratio: auto;
    }
  }
`;
