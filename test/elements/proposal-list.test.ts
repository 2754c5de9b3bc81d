import { expect } from '@open-wc/testing';

import '../../src/elements/proposal-list/define.js';
import { configure } from '../../src/state/page-settings.js';
import type { PlatformRequest } from '../support/fake-platform.js';
import { fallbackShown, names, part, textOf } from '../support/perceive.js';
import { inState, kindsOf, mount, nextTask, patiently, testPage, until, type Widget } from '../support/page.js';
import { listed, putProposals } from '../support/proposal-fixtures.js';
import { votingStepBetween } from '../support/voting-fixtures.js';

const TAG = 'cap-proposal-list';
const LINK = '<a href="https://participez.valmont.example/vote">Le vote sur la plateforme</a>';
const list = (attributes = ''): Widget => mount(`<${TAG} step-id="vote" ${attributes}>${LINK}</${TAG}>`, TAG);

const cards = (element: Element): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>('li[part=card]:has(a)') ?? []),
];
const titles = (element: Element): string[] => cards(element).map((card) => card.querySelector('a')?.textContent ?? '');
const buttons = (element: Element): Element[] => [...(element.shadowRoot?.querySelectorAll('cap-vote-button') ?? [])];

/** Waits for so many cards, each with what its button came for. */
async function shows(element: Widget, count: number): Promise<void> {
  await inState(element, 'ready');
  await until(() => cards(element).length === count, `there are ${cards(element).length} cards`);
  for (const button of buttons(element)) await inState(button, 'ready');
}

async function shown(count: number, attributes?: string): Promise<Widget> {
  const element = list(attributes);
  await shows(element, count);
  return element;
}

describe('a list of proposals', () => {
  const page = testPage();
  const inSession = (): void => configure({ platform: page.platform.url, access: 'session' });
  const asked = (): PlatformRequest[] => page.platform.requests.filter(({ query }) => query.includes('proposals('));
  const orders = (): unknown[] =>
    asked().flatMap(({ variables }) =>
      Object.values(variables).filter((value) => /"field"/.test(JSON.stringify(value))),
    );

  it('shows the first 24 with their vote buttons, all from one request', async () => {
    putProposals(page.platform, 60);
    const element = await shown(24);
    expect(buttons(element)).to.have.length(24);
    expect(page.platform.requests).to.have.length(1);
    expect(page.platform.requests[0]).to.include({ credentials: 'omit', url: `${page.platform.url}/graphql/internal` });
    expect(textOf(part(element, 'count'))).to.equal('24 propositions affichées sur 60');
    expect(page.events).to.deep.include({ type: 'cap-load', tag: TAG });
  });

  it('needs one request more in a session: who the visitor is', async () => {
    putProposals(page.platform, 30);
    page.platform.signIn();
    page.platform.votes.put('p30', 'vote');
    inSession();
    const element = await shown(24);
    expect(page.platform.requests).to.have.length(2);
    const pressed = buttons(element).filter((button) => button.matches(':state(voted)'));
    expect(pressed.map((button) => button.getAttribute('proposal-id'))).to.deep.equal(['p30']);
  });

  it('reads nothing twice for a visitor of a session who is not signed in', async () => {
    putProposals(page.platform, 3);
    inSession();
    const element = await shown(3);
    expect(page.platform.requests).to.have.length(2);
    expect(buttons(element).every((button) => button.matches(':state(signed-out)'))).to.be.true;
  });

  it('says of each proposal what there is to say', async () => {
    putProposals(page.platform, [
      listed(1, {
        title: 'Un four &agrave; pain',
        media: { url: '/media/four.jpg' },
        status: { id: 's', name: 'Lauréate', color: 'SUCCESS' },
        estimation: 12_500,
      }),
      listed(2, { category: null, theme: null, district: null, estimation: null, summaryOrBodyExcerpt: null }),
    ]);
    const element = await shown(2, 'order="oldest" heading-level="4"');
    const [first, second] = cards(element);
    await until(() => textOf(element).includes('four à pain'), 'the title is written as HTML');
    expect(textOf(first as Element)).to.match(
      /^Lauréate Un four à pain Une idée pour la rue 1\. Culture Mobilités Centre-ville Coût estimé : 12 500 € Proposée par Ines Prévost/,
    );
    expect(first?.querySelector('img')?.src).to.equal(`${page.platform.url}/media/four.jpg`);
    expect(first?.querySelector('h4')).to.exist;
    expect(textOf(second as Element)).to.match(/^Proposition 2 Proposée par Ines Prévost Voter/);
    expect(second?.querySelector('img')).to.equal(null);
  });

  it('keeps the room of a picture that does not come', async () => {
    const picture = { media: { url: 'data:,' }, category: { id: 'c', name: 'Sport', color: 'x', categoryImage: null } };
    putProposals(page.platform, [listed(1, { media: { url: '/nothing.png' } }), listed(2, picture)]);
    const element = await shown(2);
    await until(() => !element.shadowRoot?.querySelector('img'), 'a broken picture stays');
    expect(element.shadowRoot?.querySelectorAll('[part=cover]')).to.have.length(2);
  });

  it('asks for the order that the page sets, and says that the random one is the visitor’s', async () => {
    putProposals(page.platform, 5);
    const element = await shown(5);
    expect(orders()).to.deep.equal([[{ field: 'RANDOM', direction: 'ASC' }]]);
    expect(textOf(element)).to.include('Ordre aléatoire, le même pour vous à chaque page.');
    element.setAttribute('order', 'newest');
    await until(() => orders().length === 2, 'nothing is asked');
    await shows(element, 5);
    expect(orders()[1]).to.deep.equal([{ field: 'PUBLISHED_AT', direction: 'DESC' }]);
    expect(textOf(element)).not.to.include('le même pour vous');
  });

  it('passes the page’s filters on', async () => {
    putProposals(page.platform, 10);
    const element = await shown(
      5,
      'category="category-1" district="district-1" theme="theme-1" term="prop" order="cost"',
    );
    expect(titles(element)).to.deep.equal([1, 3, 5, 7, 9].map((i) => `Proposition ${i}`));
    expect(textOf(part(element, 'count'))).to.equal('5 propositions');
  });

  it('orders by votes once it is known that the ballot is not secret', async () => {
    putProposals(page.platform, 3);
    await shown(3, 'order="votes"');
    expect(orders()).to.deep.equal([[{ field: 'VOTES', direction: 'DESC' }]]);
    expect(page.platform.requests).to.have.length(2);
  });

  it('never tells the votes of a secret ballot, nor their order', async () => {
    putProposals(page.platform, 3, { canDisplayBallot: false, publishedVoteDate: '2026-07-01 18:00:00' });
    const element = await shown(3, 'order="votes"');
    expect(orders()).to.deep.equal([[{ field: 'RANDOM', direction: 'ASC' }]]);
    expect(textOf(element)).to.include('Scrutin secret : résultats le 1 juillet 2026 à 18 h 00.');
    expect(textOf(element).match(/Scrutin secret/g)).to.have.length(1);
    expect(textOf(element)).not.to.match(/\d votes?\b|Les plus soutenues/);
    expect(element.matches(':state(secret)')).to.be.true;
  });

  it('says once that the vote is to come, or over', async () => {
    putProposals(page.platform, 3);
    const { state, timeRange } = votingStepBetween('2026-06-01 09:00:00', '2026-06-15 00:00:00');
    page.platform.change('vote', { state, timeRange });
    const element = await shown(3);
    expect(element.matches(':state(future)')).to.be.true;
    expect(textOf(element).match(/Le vote ouvre le 1 juin 2026 à 09 h 00\./g)).to.have.length(1);
    page.clock.advance(Date.parse('2026-06-15T00:00:00+02:00') - page.clock.now());
    await inState(element, 'closed');
    await until(
      () => textOf(element).includes('Le vote est terminé depuis le 14 juin 2026 à 23 h 59.'),
      'it is not said',
    );
    expect(textOf(element).match(/Le vote est terminé/g)).to.have.length(1);
  });

  it('has no buttons in a step without a vote', async () => {
    putProposals(page.platform, 3, { votable: false });
    const element = await shown(3);
    expect(buttons(element)).to.have.length(0);
    expect(element.matches(':state(not-votable)')).to.be.true;
  });

  it('shows what the public API has where the rules are closed, and claims nothing else', async () => {
    putProposals(page.platform, 30);
    configure({ platform: page.platform.url, rules: 'off' });
    const element = await shown(24, 'category="category-1"');
    expect(page.platform.requests.every(({ url }) => url.endsWith('/graphql'))).to.be.true;
    expect(page.platform.requests).to.have.length(1);
    expect(textOf(element)).to.include('Toutes les propositions sont affichées : on ne peut pas les filtrer ici.');
    expect(textOf(element)).to.include('Une idée pour la rue 30.');
    expect(textOf(element)).not.to.match(/€|\d votes?\b|Rechercher|Catégorie|soutenues|chères/);
    expect(names(element, 'link').filter((name) => name.startsWith('Voter sur'))).to.have.length(24);
  });

  it('falls back to the public API where the rules refuse', async () => {
    putProposals(page.platform, 3);
    page.platform.fail({ status: 403 }, Infinity, /isArchived/);
    const element = await shown(3);
    expect(textOf(element)).not.to.match(/€|\d votes?\b/);
  });

  it('says that nothing fits, and that there is nothing yet', async () => {
    putProposals(page.platform, 3);
    const element = list('term="licorne"');
    await inState(element, 'empty');
    expect(kindsOf(element)).to.deep.equal(['empty']);
    expect(textOf(part(element, 'count'))).to.equal('Aucune proposition ne correspond.');
    putProposals(page.platform, 0);
    element.remove();
    const none = list();
    await inState(none, 'empty');
    expect(textOf(part(none, 'count'))).to.equal('Aucune proposition pour le moment.');
  });

  it('shows the page’s own link for a step that is not there, or has no proposals', async () => {
    page.platform.root['themes'] = [];
    const element = list();
    await inState(element, 'empty');
    expect(fallbackShown(element)).to.be.true;
    expect(textOf(element)).to.equal('Le vote sur la plateforme Ce contenu n’est pas public ici.');
    page.platform.put({ __typename: 'QuestionnaireStep', id: 'vote', title: 'Questions' });
    await element.reload();
    expect(kindsOf(element)).to.deep.equal(['empty']);
    expect(page.events).to.deep.include({ type: 'cap-error', tag: TAG, code: 'not-found', retryable: false });
  });

  it('keeps the page’s own link while it loads and when it fails, and tries again', async () => {
    putProposals(page.platform, 3);
    page.platform.fail({ status: 500 });
    const element = list();
    await inState(element, 'loading');
    expect(fallbackShown(element)).to.be.true;
    await patiently(page.clock, element, 'error');
    expect(textOf(element)).to.include('La plateforme ne répond pas pour le moment.');
    expect(fallbackShown(element)).to.be.true;
    page.platform.heal();
    element.shadowRoot?.querySelector<HTMLElement>('button')?.click();
    await shows(element, 3);
    expect(fallbackShown(element)).to.be.false;
  });

  it('keeps what it shows when a reading fails, and says how old it is', async () => {
    putProposals(page.platform, 3);
    const element = await shown(3);
    page.platform.fail({ status: 403 });
    page.clock.advance(600_000);
    await element.reload();
    await inState(element, 'stale');
    expect(kindsOf(element)).to.deep.equal(['ready']);
    expect(cards(element)).to.have.length(3);
    expect(textOf(element)).to.match(/Liste de \d\d h \d\d : la mise à jour a échoué\./);
    page.platform.heal();
    await element.reload();
    await until(() => !element.matches(':state(stale)'), 'it stays old');
  });

  it('leaves cards where they are after a vote, and follows the new order when it is asked to', async () => {
    const proposals = [listed(1), listed(2), listed(3)];
    putProposals(page.platform, proposals);
    page.platform.signIn();
    inSession();
    const element = await shown(3, 'order="votes"');
    expect(titles(element)).to.deep.equal(['Proposition 3', 'Proposition 2', 'Proposition 1']);
    proposals.reverse();
    const last = buttons(element)[2];
    last?.shadowRoot?.querySelector<HTMLElement>('button')?.click();
    await inState(last as Element, 'voted');
    const before = asked().length;
    await until(() => asked().length >= before, 'the list is not read again');
    await nextTask();
    expect(titles(element)).to.deep.equal(['Proposition 3', 'Proposition 2', 'Proposition 1']);
    await element.reload();
    await until(() => titles(element)[0] === 'Proposition 1', 'the order stays');
  });

  it('tells the page’s developer of attributes that mean nothing', async () => {
    putProposals(page.platform, 3);
    await shown(3, 'order="best" first="0" layout="circle" heading-level="9"');
    mount(`<${TAG}></${TAG}>`, TAG);
    await until(() => page.warnings.length >= 5, 'too few warnings');
    for (const [i, words] of ['"best"', '"0"', '"circle"', '"9"', 'step-id'].entries())
      expect(
        page.warnings.some((warning) => warning.includes(words)),
        `${i} ${words}`,
      ).to.be.true;
  });

  it('says everything in English too', async () => {
    putProposals(page.platform, 30);
    const element = await shown(24, 'lang="en"');
    expect(textOf(part(element, 'count'))).to.equal('24 of 30 proposals shown');
    expect(names(element, 'button')).to.include.members(['Apply', 'Show more proposals']);
  });

  it('gives up what it follows when it leaves the page', async () => {
    putProposals(page.platform, 30);
    const element = await shown(24);
    element.remove();
    await nextTask();
    page.platform.requests.length = 0;
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('online'));
    await nextTask();
    expect(page.platform.requests).to.have.length(0);
    document.body.append(element);
    await shows(element, 24);
    expect(page.platform.requests).to.have.length(1);
    element.remove();
  });
});
