import { expect } from '@open-wc/testing';

import { configure } from '../../src/state/page-settings.js';
import { connect, FakePlatform } from '../support/fake-platform.js';
import { project } from '../support/fixtures.js';
import { inState, kindsOf, mount, nextTask, place, ready, testPage, until, within } from '../support/page.js';
import { names, part, textOf } from '../support/perceive.js';

const CARD = '<cap-project-card project-id="x"><a href="https://ville.example/">Le projet</a></cap-project-card>';

describe('<cap-platform>', () => {
  const page = testPage();
  const other = new FakePlatform('https://autre.example');
  let disconnect: () => void;

  beforeEach(() => {
    other.requests.length = 0;
    other.put(project('x', { title: 'Le projet de l’autre' }));
    page.platform.put(project('x'));
    disconnect = connect(other);
  });
  afterEach(() => disconnect());

  it('gives what is inside it another platform than the page’s', async () => {
    const main = place(`<cap-platform url="https://autre.example"><div>${CARD}</div></cap-platform>${CARD}`);
    const [inner, outer] = main.querySelectorAll('cap-project-card');
    if (!inner || !outer) throw new Error('The cards are not there.');
    await inState(inner, 'ready');
    await inState(outer, 'ready');
    expect(names(inner, 'link')).to.deep.equal(['Le projet de l’autre']);
    expect(names(outer, 'link')).to.deep.equal(['Budget participatif 2026']);
    expect([other.requests.length, page.platform.requests.length]).to.deep.equal([1, 1]);
  });

  it('takes no room on the page', () => {
    const main = place('<cap-platform url="https://autre.example"><p>Texte</p></cap-platform>');
    expect(getComputedStyle(within(main, 'cap-platform')).display).to.equal('contents');
  });

  it('works on a page that has no settings of its own', async () => {
    configure({});
    const card = await ready(`<cap-platform url="https://autre.example">${CARD}</cap-platform>`);
    expect(names(card, 'link')).to.deep.equal(['Le projet de l’autre']);
    expect(page.warnings).to.be.empty;
  });

  it('leaves as on the page what it does not say', async () => {
    configure({ platform: page.platform.url, lang: 'en' });
    const card = await ready(`<cap-platform access="session">${CARD}</cap-platform>`);
    expect(page.platform.requests.map(({ url, credentials }) => [url, credentials])).to.deep.equal([
      [`${page.platform.url}/graphql/internal`, 'include'],
    ]);
    expect(textOf(card)).to.contain('participants');
    expect(textOf(part(card, 'status'))).to.equal('Open for participation');
  });

  it('asks a gateway on the page’s own origin', async () => {
    const gateway = new FakePlatform(`${location.origin}/participation`);
    gateway.put(project('x'));
    const leave = connect(gateway);
    try {
      await ready(`<cap-platform url="https://autre.example" api="/participation">${CARD}</cap-platform>`);
      expect(gateway.requests.map(({ url }) => url)).to.deep.equal([`${location.origin}/participation/graphql`]);
      expect(other.requests).to.be.empty;
    } finally {
      leave();
    }
  });

  it('gives widgets inside a language of their own', async () => {
    const card = await ready(`<cap-platform lang="en">${CARD}</cap-platform>`);
    expect(textOf(part(card, 'status'))).to.equal('In progress');
  });

  it('can be nested, and the closest one wins', async () => {
    const card = await ready(`<cap-platform url="https://nulle-part.example" lang="en">
      <cap-platform url="https://autre.example">${CARD}</cap-platform></cap-platform>`);
    expect(names(card, 'link')).to.deep.equal(['Le projet de l’autre']);
    expect(textOf(part(card, 'status'))).to.equal('In progress');
  });

  it('takes its widgets along when its address changes', async () => {
    const card = await ready(`<cap-platform url="${page.platform.url}">${CARD}</cap-platform>`);
    card.closest('cap-platform')?.setAttribute('url', 'https://autre.example');
    await until(() => names(card, 'link')[0] === 'Le projet de l’autre', 'the card stays with the old platform');
  });

  it('reads dates in the zone that it names', async () => {
    const card = await ready(`<cap-platform time-zone="Pacific/Noumea">${CARD}</cap-platform>`);
    // The vote ends on 15 June at midnight there, which is nine hours earlier than in Paris.
    const { dateTime = '' } = part(card, 'step').querySelector('time') ?? {};
    expect(Date.parse(dateTime)).to.be.closeTo(Date.parse('2026-06-15T00:00:00+11:00'), 1);
  });

  it('warns of a word that it does not know, and does as if it were not there', async () => {
    await ready(`<cap-platform access="cookie">${CARD}</cap-platform>`);
    await until(() => page.warnings.length > 0, 'nobody is told');
    expect(page.warnings).to.deep.equal([
      '[cap-widgets] "cookie" is none of public, session: "public" is used instead.',
    ]);
    expect(page.platform.requests[0]?.credentials).to.equal('omit');
  });
});

describe('a page without a platform', () => {
  const page = testPage();
  beforeEach(() => configure({}));

  it('keeps its own content, and its developer is told once which line to add', async () => {
    const main = place(CARD + CARD);
    const [card] = main.children;
    if (!card) throw new Error('The card is not there.');
    await inState(card, 'error');
    expect(kindsOf(card)).to.deep.equal(['error']);
    expect(textOf(card)).to.equal('Le projet');
    await until(() => page.warnings.length > 0, 'nobody is told');
    await nextTask();
    expect(page.warnings).to.have.length(1);
    expect(page.warnings[0]).to.contain('data-platform="https://…"').and.to.contain('<cap-platform url="https://…">');
    expect(page.events).to.be.empty;
  });

  it('comes alive once it has one', async () => {
    const card = mount(CARD);
    await inState(card, 'error');
    page.platform.put(project('x'));
    configure({ platform: page.platform.url });
    await inState(card, 'ready');
  });

  it('is told of an address that is none', async () => {
    configure({ platform: 'javascript:alert(1)' });
    await inState(mount(CARD), 'error');
    await until(() => page.warnings.some((warning) => warning.includes('javascript:alert(1)')), 'nobody is told');
    expect(page.platform.requests).to.be.empty;
  });
});
