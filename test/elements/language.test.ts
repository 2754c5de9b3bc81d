import { expect } from '@open-wc/testing';

import { common as english } from '../../src/i18n/locales/en/common.js';
import { configure } from '../../src/state/page-settings.js';
import { project, projectBetween, proposal } from '../support/fixtures.js';
import { inState, mount, patiently, place, ready, testPage, until, within } from '../support/page.js';
import { byRole, names, part, textOf } from '../support/perceive.js';

const CARD = '<cap-project-card project-id="x"><a href="/x">Le projet</a></cap-project-card>';
const COUNTER = '<cap-participation-counter project-id="x" display="tile" refresh="60"></cap-participation-counter>';

describe('the language of the widgets', () => {
  const page = testPage();
  beforeEach(() => page.platform.put(projectBetween('x', '2026-05-01 00:00:00', '2026-05-16 00:00:00')));

  it('is English where the page is, in words, numbers, dates and plurals', async () => {
    document.documentElement.lang = 'en';
    const card = await ready(CARD);
    expect(textOf(part(card, 'status'))).to.equal('3 days left');
    expect(textOf(part(card, 'step'))).to.match(
      /^Dépôt des idées, until (Friday,? )?(15 May|May 15)(,? 2026)? at 11:59 PM$/,
    );
    expect(names(card, 'listitem').slice(-3)).to.deep.equal([
      '12,480 online votes',
      '24 contributions',
      '3,912 participants',
    ]);
    expect(page.platform.requests[0]?.headers['accept-language']).to.equal('en');
    const counter = await ready(COUNTER);
    expect(textOf(counter)).to.match(/^12,480 online votes Updated at \d\d:\d\d/);
    expect(names(counter, 'button')).to.deep.equal(['Stop updating the counters']);
  });

  it('says failures and secrets in English too', async () => {
    document.documentElement.lang = 'en';
    page.platform.fail({ status: 500 });
    const card = mount(CARD);
    await patiently(page.clock, card, 'error');
    const said = `Le projet ${english['error.unreachable'] as string} Try again`;
    await until(() => textOf(card) === said, 'it is not in English');
    page.platform.heal();
    page.platform.put(proposal('p', 3, 0, { canDisplayBallot: false, publishedVoteDate: '2026-07-01 18:00:00' }));
    const secret = await ready('<cap-participation-counter proposal-id="p"></cap-participation-counter>');
    expect(textOf(secret)).to.match(/^Secret ballot Results will be published on (1 July 2026|July 1, 2026)\./);
  });

  const languages: readonly [lang: string, said: string][] = [
    ['en-AU', 'en'],
    ['EN_gb', 'en'],
    ['fr-CA', 'fr'],
    ['de', 'fr'],
    ['', 'fr'],
    ['%', 'fr'],
  ];
  for (const [lang, said] of languages)
    it(`is ${said} where a page asks for "${lang}"`, async () => {
      document.documentElement.lang = lang;
      const card = await ready(CARD);
      expect(textOf(part(card, 'status'))).to.equal(said === 'en' ? '3 days left' : '3 jours restants');
      expect(card.shadowRoot?.querySelector('[lang]')?.getAttribute('lang')).to.equal(said);
    });

  it('is the element’s own first, then the page’s setting, then the closest', async () => {
    const main = place(
      `<div lang="en">${CARD}<cap-project-card project-id="x" lang="fr" id="own"></cap-project-card></div>`,
    );
    const status = (element: HTMLElement): string => textOf(part(element, 'status'));
    const inherited = within(main, 'cap-project-card');
    const own = within(main, '#own');
    await inState(inherited, 'ready');
    await inState(own, 'ready');
    expect([status(inherited), status(own)]).to.deep.equal(['3 days left', '3 jours restants']);
    configure({ platform: page.platform.url, lang: 'fr' });
    await until(
      () => inherited.matches(':state(ready)') && status(inherited) === '3 jours restants',
      'the setting does not count',
    );
  });

  it('follows the page, an ancestor, and the element itself', async () => {
    const main = place(`<div>${CARD}</div>`);
    const card = within(main, 'cap-project-card');
    await inState(card, 'ready');
    const says = (status: string): Promise<void> =>
      until(() => card.matches(':state(ready)') && textOf(part(card, 'status')) === status, `never says ${status}`);
    await says('3 jours restants');
    document.documentElement.lang = 'en';
    await says('3 days left');
    card.parentElement?.setAttribute('lang', 'fr');
    await says('3 jours restants');
    card.lang = 'en';
    await says('3 days left');
    card.removeAttribute('lang');
    await says('3 jours restants');
    card.parentElement?.removeAttribute('lang');
    await says('3 days left');
  });

  it('is that of the host around it, when it stands in a shadow root', async () => {
    const host = document.createElement('div');
    host.lang = 'en';
    place('').append(host);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = CARD;
    const card = within(root, 'cap-project-card');
    await inState(card, 'ready');
    expect(textOf(part(card, 'status'))).to.equal('3 days left');
    host.lang = 'fr';
    await until(
      () => card.matches(':state(ready)') && textOf(part(card, 'status')) === '3 jours restants',
      'it does not follow',
    );
  });

  it('keeps plurals of French apart from those of English', async () => {
    page.platform.put(project('x', { votes: { totalCount: 0 }, contributors: { totalCount: 1 } }));
    const counter = await ready(COUNTER);
    expect(textOf(part(counter, 'label'))).to.equal('vote en ligne');
    counter.lang = 'en';
    await until(
      () => counter.matches(':state(ready)') && textOf(part(counter, 'label')) === 'online votes',
      'it is not in English',
    );
    counter.setAttribute('metric', 'contributors');
    await until(
      () => counter.matches(':state(ready)') && textOf(part(counter, 'label')) === 'participant',
      'it is not the singular',
    );
    expect(byRole(counter, 'button', 'Stop updating the counters').getAttribute('title')).to.equal(
      'Stop updating the counters',
    );
  });
});
