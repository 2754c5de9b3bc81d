import { expect } from '@open-wc/testing';

import { common as texts } from '../../src/i18n/locales/fr/common.js';
import { configure } from '../../src/state/page-settings.js';
import { broken, type FakeObject } from '../support/fake-platform.js';
import { ballot, consultation, project, proposal, questionnaire, step } from '../support/fixtures.js';
import { inState, kindsOf, mount, nextTask, patiently, ready, testPage, until } from '../support/page.js';
import { announced, byRole, fallbackShown, part, textOf } from '../support/perceive.js';

const counter = (attributes: string, fallback = '<a href="https://ville.example/votes">Les votes</a>'): string =>
  `<cap-participation-counter ${attributes}>${fallback}</cap-participation-counter>`;

describe('a participation counter', () => {
  const page = testPage();

  const numbers: readonly [attributes: string, object: FakeObject, text: string][] = [
    ['project-id="x"', project('x'), '12 480 votes en ligne'],
    ['project-id="x" metric="contributors"', project('x'), '3 912 participants'],
    ['project-id="x" metric="contributions"', project('x'), '24 contributions'],
    ['project-id="x"', project('x', { votes: { totalCount: 1 } }), '1 vote en ligne'],
    ['project-id="x"', project('x', { votes: { totalCount: 0 } }), '0 vote en ligne'],
    ['step-id="x"', ballot('x', [proposal('a', 30, 4), proposal('b', 12, 0)]), '46 votes dont 4 sur papier'],
    ['step-id="x"', ballot('x', []), '0 vote'],
    ['step-id="x" metric="contributions"', ballot('x', [proposal('a', 1), proposal('b', 2)]), '2 contributions'],
    [
      'step-id="x" metric="contributors"',
      step('Consultation', 'Avis', null, null, { id: 'x', contributors: { totalCount: 5 } }),
      '5 participants',
    ],
    ['proposal-id="x"', proposal('x', 1284, 96), '1 380 votes dont 96 sur papier'],
    ['consultation-id="x"', consultation('x'), '1 705 votes en ligne'],
    ['consultation-id="x" metric="contributions"', consultation('x'), '642 contributions'],
    ['questionnaire-id="x" metric="replies"', questionnaire('x'), '409 réponses'],
    ['questionnaire-id="x" metric="contributors"', questionnaire('x'), '412 participants'],
    ['project-id="x" label="voix pour Valmont"', project('x'), '12 480 voix pour Valmont'],
  ];
  for (const [attributes, object, text] of numbers)
    it(`shows « ${text} » for ${attributes}`, async () => {
      page.platform.put(object);
      const element = await ready(counter(attributes));
      const said = [
        part(element, 'count'),
        part(element, 'label'),
        ...(element.shadowRoot?.querySelectorAll('[part="paper"]') ?? []),
      ];
      expect(said.map(textOf).join(' ')).to.equal(text);
      expect(kindsOf(element)).to.deep.equal(['ready']);
      expect(fallbackShown(element)).to.be.false;
    });

  it('adds up what is on paper where the session may see it, page of proposals by page', async () => {
    const edges = (id: string): object[] => [{ node: proposal(id, 10, 1) }];
    const pages: Record<string, object> = {
      first: { totalCount: 2, pageInfo: { hasNextPage: true, endCursor: 'next' }, edges: edges('a') },
      next: { totalCount: 2, pageInfo: { hasNextPage: false, endCursor: null }, edges: edges('b') },
    };
    configure({ platform: page.platform.url, access: 'session' });
    page.platform.put(ballot('x', [], { proposals: ({ after }: { after: string | null }) => pages[after ?? 'first'] }));
    expect(textOf(part(await ready(counter('step-id="x"')), 'count'))).to.equal('22');
  });

  for (const display of ['inline', 'tile', 'board'])
    it(`says when it was read, as ${display}`, async () => {
      page.platform.put(project('x'));
      const element = await ready(counter(`project-id="x" display="${display}"`));
      const time = new Intl.DateTimeFormat('fr', { hour: '2-digit', minute: '2-digit' }).format(page.clock.now());
      expect(textOf(part(element, 'updated'))).to.contain(`Mis à jour à ${time.replace(':', ' h ')}`);
    });

  it('stands within a sentence, as a tile, or over the whole window', async () => {
    page.platform.put(project('x'));
    const element = await ready(counter('project-id="x"'));
    expect(getComputedStyle(element).display).to.equal('inline');
    element.setAttribute('display', 'tile');
    await until(() => getComputedStyle(element).display === 'block', 'it is no tile');
    element.setAttribute('display', 'board');
    await until(() => element.getBoundingClientRect().width === innerWidth, 'it is no board');
    const { top, left, height } = element.getBoundingClientRect();
    expect([top, left, height]).to.deep.equal([0, 0, innerHeight]);
    const size = (name: string): number => parseFloat(getComputedStyle(part(element, name)).fontSize);
    expect(size('count')).to.be.above(innerWidth / 10);
    expect(size('label')).to.be.above(innerWidth / 25);
    expect(part(element, 'count').getBoundingClientRect().right).to.be.below(innerWidth);
  });

  it('keeps its place: a tile does not move when the number comes', async () => {
    page.platform.put(project('x'));
    const answer = page.platform.hold();
    const element = mount(counter('project-id="x" display="tile" refresh="30"'));
    await inState(element, 'loading');
    expect(fallbackShown(element)).to.be.true;
    const { height } = element.getBoundingClientRect();
    answer();
    await inState(element, 'ready');
    expect(element.getBoundingClientRect().height).to.equal(height);
  });

  it('is empty for an object that is not there, and says so', async () => {
    const element = mount(counter('project-id="gone"'));
    await inState(element, 'empty');
    expect(textOf(element)).to.equal(`Les votes ${texts['error.private']}`);
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-participation-counter', code: 'not-found', retryable: false },
    ]);
  });

  it('is empty where the platform has no such number, and tells the page’s developer what else there is', async () => {
    page.platform.put(project('x'));
    const element = mount(counter('project-id="x" metric="replies"'));
    await inState(element, 'empty');
    expect(textOf(element)).to.equal('Les votes Ce chiffre se consulte sur la plateforme.');
    expect(page.events).to.be.empty;
    await until(() => page.warnings.length === 1, 'nobody is told');
    expect(page.warnings[0]).to.match(/replies for "x".*another metric/);
  });

  it('does without the internal API where the page says so, or where it is closed', async () => {
    page.platform.put(proposal('x', 12));
    configure({ platform: page.platform.url, rules: 'off' });
    await inState(mount(counter('proposal-id="x"')), 'empty');
    expect(page.platform.requests).to.be.empty;
  });
});

describe('a counter that fails', () => {
  const page = testPage();

  it('never shows a number that it has not read', async () => {
    for (const fault of ['network', { status: 500 }, { status: 403 }] as const) {
      page.platform.put(project('x'));
      page.platform.fail(fault);
      const element = mount(counter('project-id="x"'));
      await patiently(page.clock, element, 'error');
      expect(textOf(element)).not.to.match(/\d/);
      expect(fallbackShown(element)).to.be.true;
      element.remove();
      await nextTask();
    }
  });

  it('shows no 0 for a count that the platform could not take', async () => {
    page.platform.put(project('x', { votes: broken() }));
    const element = mount(counter('project-id="x"'));
    await inState(element, 'error');
    expect(textOf(element)).to.equal(`Les votes ${texts['error.unreachable']} Réessayer`);
  });

  it('can be tried again, and says the number that came of it', async () => {
    page.platform.put(project('x'));
    page.platform.fail({ status: 500 });
    const element = mount(counter('project-id="x" display="tile"'));
    await patiently(page.clock, element, 'error');
    page.platform.heal();
    byRole(element, 'button', 'Réessayer').click();
    await inState(element, 'ready');
    await until(() => announced('status').startsWith('12 480 votes'), 'nothing is announced');
  });

  it('keeps its last good number, marked with how long it has been without news', async () => {
    page.platform.put(project('x'));
    const element = await ready(counter('project-id="x" display="board"'));
    page.platform.fail({ status: 403 });
    await element.reload();
    await inState(element, 'stale');
    expect(kindsOf(element)).to.deep.equal(['ready']);
    expect(textOf(part(element, 'count'))).to.equal('12 480');
    expect(textOf(part(element, 'message'))).to.contain('Pas de nouvelles de la plateforme depuis 1 minute');
    for (const [minutes, words] of [
      [7, '7 minutes'],
      [59, '1 heure'],
      [25 * 60, '1 jour'],
    ] as const) {
      page.clock.advance(minutes * 60_000);
      await until(() => textOf(part(element, 'message')).includes(`depuis ${words}`), `never says ${words}`);
    }
    page.platform.heal();
    page.platform.change('x', { votes: { totalCount: 12_481 } });
    await element.reload();
    await until(() => !element.matches(':state(stale)'), 'it is still marked');
    expect(textOf(part(element, 'count'))).to.equal('12 481');
  });
});

describe('the counter of a secret ballot', () => {
  const page = testPage();
  const digits = (element: HTMLElement): string => `${element.outerHTML} ${element.shadowRoot?.innerHTML ?? ''}`;

  it('has no number anywhere, and says when there will be one', async () => {
    page.platform.put(
      proposal('x', 74_913, 58_206, { canDisplayBallot: false, publishedVoteDate: '2026-07-01 18:00:00' }),
    );
    for (const display of ['inline', 'tile', 'board']) {
      const element = await ready(counter(`proposal-id="x" display="${display}"`));
      expect(element.matches(':state(secret)')).to.be.true;
      expect(textOf(element)).to.contain('Scrutin secret Les résultats seront publiés le 1 juillet 2026');
      expect(digits(element)).not.to.match(/74.?913|58.?206|133.?119|\b0 vote/);
      expect(element.shadowRoot?.querySelectorAll('[part="count"]')).to.have.length(0);
      element.remove();
    }
  });

  it('promises nothing where no date is set', async () => {
    page.platform.put(ballot('x', [proposal('a', 74_913)], { canDisplayBallot: false }));
    const element = await ready(counter('step-id="x"'));
    expect(textOf(element)).to.contain('Les résultats de ce vote ne sont pas publics pour le moment.');
    expect(digits(element)).not.to.match(/74.?913/);
  });

  it('gives its numbers away to no request of the public endpoint', async () => {
    page.platform.put(proposal('x', 74_913, 0, { canDisplayBallot: false }));
    await ready(counter('proposal-id="x"'));
    expect(page.platform.requests.map(({ url }) => url)).to.deep.equal([`${page.platform.url}/graphql/internal`]);
  });

  it('drops the number of a ballot that has become secret', async () => {
    page.platform.put(proposal('x', 74_913));
    const element = await ready(counter('proposal-id="x"'));
    page.platform.put(proposal('x', 74_913, 0, { canDisplayBallot: false }));
    await element.reload();
    await inState(element, 'secret');
    expect(digits(element)).not.to.match(/74.?913/);
  });
});
