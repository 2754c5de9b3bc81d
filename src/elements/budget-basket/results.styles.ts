import { css } from 'lit';

export const styles = css`
  .results {
    display: grid;
    gap: var(--_space);
  }
  .results > * {
    min-inline-size: 0;
  }
  .waiting .skeleton {
    display: block;
    block-size: 12em;
  }
  /* Words stay whole in narrow columns: the table is scrolled instead. */
  .scrolls {
    /* Also what is out of sight in it stays in it. */
    position: relative;
    overflow-x: auto;
    overflow-wrap: normal;
  }
  table {
    border-collapse: collapse;
    inline-size: 100%;
  }
  caption {
    padding-block: 0.25em;
    font-weight: 600;
    text-align: start;
  }
  th,
  td {
    padding: 0.375em 0.5em;
    border-block-end: 1px solid var(--_border);
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
  }
  thead th {
    color: var(--_muted);
    white-space: nowrap;
  }
  tbody th {
    min-inline-size: 10em;
    overflow-wrap: break-word;
  }
  .funded th {
    font-weight: 600;
  }
  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .drawing {
    min-inline-size: 6em;
    inline-size: 20%;
    padding-block-start: 0.75em;
    vertical-align: top;
  }
  .drawing svg {
    display: block;
    inline-size: 100%;
    block-size: 0.75em;
    forced-color-adjust: auto;
  }
  rect {
    fill: var(--_primary);
    stroke: var(--_primary);
    vector-effect: non-scaling-stroke;
  }
  .paper {
    fill: var(--_surface);
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media print {
    .scrolls {
      overflow: visible;
    }
  }
  @media (forced-colors: active) {
    rect {
      fill: CanvasText;
      stroke: CanvasText;
    }
    .paper {
      fill: Canvas;
    }
  }
`;
