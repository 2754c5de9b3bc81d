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
  }
  cap-project-card {
    block-size: 100%;
  }
  /* As tall as a card that has nothing to show yet. */
  .place {
    border: 1px solid transparent;
  }
  .cover {
    aspect-ratio: var(--cap-project-card-ratio, 16 / 9);
  }
  .texts {
    block-size: var(--cap-project-card-min-block-size, 22em);
  }
  @container (min-width: 20em) {
    .texts {
      block-size: var(--cap-project-card-min-block-size, 19em);
    }
  }
  @container (min-width: 24em) {
    .texts {
      block-size: var(--cap-project-card-min-block-size, 13.5em);
    }
  }
  @container (min-width: 32em) {
    :host([layout='list']) .cover {
      display: none;
    }
  }
`;
