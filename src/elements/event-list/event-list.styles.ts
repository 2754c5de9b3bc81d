import { css } from 'lit';

export const styles = css`
  :host {
    --_gap: var(--cap-event-list-gap, var(--_space));
  }
  div[part='items'],
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_gap);
  }
  [part='day'] {
    display: grid;
    gap: calc(var(--_gap) * 0.5);
  }
  [part='title'] {
    font-size: 1.125em;
  }
  [part='event'],
  .place {
    min-block-size: var(--cap-event-list-min-block-size, 8em);
    padding: var(--_gap);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  [part='event'] {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: 0.25em;
  }
  .place {
    border-color: transparent;
  }
  [part='time'],
  [part='place'],
  [part='message'] {
    color: var(--_muted);
  }
  [part='link'] {
    display: inline-block;
    padding-block: 0.125em;
    font-weight: 700;
  }
  [part='calendar'] {
    margin-block-start: 0.375em;
  }
  .aside {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
