/** Every element in every place that is only as wide as what is in it: dashed is the place, and what is beside it is the page's. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';

import '../src/elements/budget-basket/define.js';
import '../src/elements/event-list/define.js';
import '../src/elements/login-prompt/define.js';
import '../src/elements/participation-counter/define.js';
import '../src/elements/project-card/define.js';
import '../src/elements/project-list/define.js';
import '../src/elements/proposal-list/define.js';
import '../src/elements/vote-button/define.js';
import type { FakePlatform } from '../test/support/fake-platform.js';
import { project } from '../test/support/fixtures.js';
import { event, lists } from '../test/support/lists.js';
import { putProposals } from '../test/support/proposal-fixtures.js';
import { openWays } from '../test/support/sign-in.js';
import { covers } from './support/covers.js';
import { beforeEach, decorators, html, shows } from './support/scene.js';

const projects = [
  project('budget', { cover: { url: covers.riverside } }),
  project('garden', { cover: { url: covers.garden }, title: 'Les jardins partagés des Tanneries' }),
];
const events = [
  event('workshop', 'Atelier : dessiner la place', '2026-05-13 10:00:00', '2026-05-13 12:00:00'),
  event('desk', 'Permanence du budget participatif', '2026-05-12 17:00:00', '2026-05-12 19:00:00'),
];

const elements = [
  html`<cap-project-card project-id="budget"></cap-project-card>`,
  html`<cap-project-list first="1"></cap-project-list>`,
  html`<cap-proposal-list step-id="vote" first="1"></cap-proposal-list>`,
  html`<cap-budget-basket step-id="vote"></cap-budget-basket>`,
  html`<cap-event-list first="1"></cap-event-list>`,
  html`<cap-vote-button proposal-id="p1" step-id="vote"></cap-vote-button>`,
  html`<cap-participation-counter project-id="budget"></cap-participation-counter>`,
  html`<cap-participation-counter project-id="budget" display="tile"></cap-participation-counter>`,
  html`<cap-login-prompt></cap-login-prompt>`,
];

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  .around { position: relative; display: flow-root; padding: 1rem; }
  .place { max-inline-size: 100%; outline: 1px dashed; outline-offset: 4px; }
  .flex-row { display: flex; }
  .inline-flex { display: inline-flex; }
  .inline-block { display: inline-block; }
  .float { float: inline-start; }
  .fit-content { inline-size: fit-content; }
  .grid-auto { display: grid; grid-template-columns: auto; justify-content: start; }
  .grid-min-content { display: grid; grid-template-columns: min-content; justify-content: start; }
  .table-cell { display: table-cell; }
  .absolute { position: absolute; }
  /* What is over the page takes no room in it. */
  .around:has(.absolute) { block-size: 74rem; }
`);
document.adoptedStyleSheets.push(sheet);

const meta: Meta = {
  title: 'Places',
  // There is no element whose table a page of its own would show.
  tags: ['!autodocs'],
  beforeEach,
  decorators,
  parameters: {
    session: 'cors',
    scene: (platform: FakePlatform): void => {
      platform.put(...projects);
      lists(platform, 'projects', projects);
      lists(platform, 'events', events);
      putProposals(platform, 2, { budget: 5000 });
      openWays(platform);
    },
  },
  play: shows('ready'),
};
export default meta;

const within = (place: string): StoryObj => ({
  render: () =>
    html`${elements.map((element) => html`<div class="around"><div class="place ${place}">${element}</div></div>`)}`,
});
export const FlexRow = within('flex-row');
export const InlineFlex = within('inline-flex');
export const InlineBlock = within('inline-block');
export const Float = within('float');
export const FitContent = within('fit-content');
export const GridAuto = within('grid-auto');
export const GridMinContent = within('grid-min-content');
export const TableCell = within('table-cell');
export const Absolute = within('absolute');
