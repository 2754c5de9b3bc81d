import { expect } from '@open-wc/testing';

import { contrast } from '../support/colours.js';
import { project } from '../support/fixtures.js';
import { inState, mount, place, testPage, within } from '../support/page.js';
import { control, inSession, TAG, voteButton } from '../support/voting.js';
import { openVote } from '../support/voting-fixtures.js';
import { part } from '../support/perceive.js';

const COLOURS = [
  '',
  '#ffd500',
  '#fff',
  '#000',
  '#ff0000',
  '#00a651',
  '#7f7f7f',
  '#0a4ea3',
  '#e6007e',
  'hsl(60 100% 97%)',
];

describe('whatever main colour a page has', () => {
  const page = testPage();
  const { style } = document.documentElement;
  afterEach(() => style.removeProperty('--cap-color-primary'));

  for (const scheme of ['light', 'dark'])
    for (const colour of COLOURS) {
      const shown = (html: string, selector: string): HTMLElement => {
        if (colour) style.setProperty('--cap-color-primary', colour);
        const main = place(`<div style="color-scheme: ${scheme}; background: Canvas; color: CanvasText">${html}</div>`);
        return within(main, selector);
      };
      const name = `${colour || 'ours'} on a ${scheme} page`;

      it(`what is on a button and in it can be read: ${name}`, async () => {
        openVote(page.platform);
        inSession(page);
        const element = shown(voteButton(), TAG);
        await inState(element, 'ready');
        expect(contrast(control(element)), 'on the button').to.be.at.least(4.5);
        control(element).click();
        await inState(element, 'voted');
        expect(control(element).getAttribute('aria-pressed')).to.equal('true');
        expect(contrast(control(element)), 'in the pressed one').to.be.at.least(4.5);
      });

      it(`links and badges can be read: ${name}`, async () => {
        page.platform.put(project('x'));
        const element = shown(
          '<cap-project-card project-id="x"><a href="/x">x</a></cap-project-card>',
          'cap-project-card',
        );
        await inState(element, 'ready');
        part(element, 'status').className = 'badge upcoming';
        expect(contrast(part(element, 'status')), 'the badge').to.be.at.least(4.5);
      });
    }

  it('the page may say what is written in on it', async () => {
    openVote(page.platform);
    inSession(page);
    style.setProperty('--cap-color-on-primary', 'rgb(1, 2, 3)');
    const element = mount(voteButton(), TAG);
    await inState(element, 'ready');
    expect(getComputedStyle(control(element)).color).to.equal('rgb(1, 2, 3)');
    style.removeProperty('--cap-color-on-primary');
  });

  for (const [state, set] of [
    ['ready', () => page.platform.put(project('x'))],
    ['error', () => page.platform.fail({ status: 410 }, Infinity)],
    ['empty', () => undefined],
  ] as const)
    it(`a counter in a line has the colour of its place: ${state}`, async () => {
      set();
      style.setProperty('--cap-color-text', '#222');
      const main = place(
        `<p style="color: rgb(255, 255, 255); background: #123">Déjà <cap-participation-counter project-id="x"></cap-participation-counter></p>`,
      );
      const element = within(main, 'cap-participation-counter');
      await inState(element, state);
      style.removeProperty('--cap-color-text');
      const inks = [...(element.shadowRoot?.querySelectorAll('*') ?? [])].map((node) => getComputedStyle(node).color);
      expect([...new Set(inks)]).to.deep.equal(['rgb(255, 255, 255)']);
    });
});
