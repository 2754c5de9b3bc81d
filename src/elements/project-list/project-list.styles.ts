import { css } from 'lit';

export const styles = css`
  :host {
    --_gap: var(--cap-project-list-gap, var(--_space));
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--cap-project-list-column, 17em)), 1fr));
    gap: var(--_gap);
  }
  :host([layout='list']) ul {
    grid-template-columns: minmax(0, 1fr);
  }
  li {
    container-type: inline-size;
    contain-intrinsic-inline-size: 17em;
  }
  cap-project-card {
    block-size: 100%;
  }
  /* As tall as a card that has nothing to show yet. */
  .place,
  cap-project-card:not(:defined) {
    --_cover: (100cqi - 2px) / (var(--cap-project-card-ratio, 16 / 9));
    --_texts: 22em;
    display: block;
    min-block-size: calc(var(--_cover) + var(--cap-project-card-min-block-size, var(--_texts)) + 2px);
  }
  @container (min-width: 20em) {
    .place,
    cap-project-card:not(:defined) {
      --_texts: 19em;
    }
  }
  @container (min-width: 24em) {
    .place,
    cap-project-card:not(:defined) {
      --_texts: 13.5em;
    }
  }
  @container (min-width: 32em) {
    :host([layout='list']) :is(.place, cap-project-card:not(:defined)) {
      --_cover: 0px;
    }
  }
`;
