import { expect } from '@open-wc/testing';

import '../../src/elements/project-list/define.js';
import { projectList as texts } from '../../src/i18n/locales/fr/project-list.js';
import { configure } from '../../src/state/page-settings.js';
import type { FakeObject } from '../support/fake-platform.js';
import { project, projectBetween } from '../support/fixtures.js';
import { lists, many, type PageArgs } from '../support/lists.js';
import { inState, kindsOf, mount, nextTask, patiently, place, testPage, until, type Widget } from '../support/page.js';
import { announced, byRole, fallbackShown, focused, names, part, textOf } from '../support/perceive.js';

interface ProjectArgs extends PageArgs {
  readonly theme?: string | null;
  readonly district?: string | null;
  readonly status?: string | null;
  readonly orderBy: { readonly field: string; readonly direction: string };
}

const LINK = '<a href="https://ville.example/projets">Tous les projets</a>';
const html = (attributes = ''): string => `<cap-project-list ${attributes}>${LINK}</cap-project-list>`;
const list = (attributes = ''): Widget => mount(html(attributes), 'cap-project-list');
const titled = (number: number, fields: Partial<FakeObject> = {}): FakeObject =>
  project(`p${number}`, { title: `Projet ${number}`, ...fields });

const cards = (element: Element): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>('cap-project-card') ?? []),
];
const titles = (element: Element): string[] => cards(element).flatMap((card) => names(card, 'link'));
const shows = (element: Element, ...expected: string[]): Promise<void> =>
  until(() => titles(element).join() === expected.join(), `shows ${titles(element).join()}, not ${expected.join()}`);
const projects = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `Projet ${from + index}`);
const press = (element: Element, name: string): void => {
  const button = byRole(element, 'button', name);
  button.focus();
  button.click();
};

describe('a project list', () => {
  const page = testPage();

  it('shows the first projects as cards, and how many there are, by one request', async () => {
    const asked = lists<ProjectArgs>(page.platform, 'projects', many(30, titled));
    const element = list('first="5"');
    await inState(element, 'ready');
    await shows(element, ...projects(1, 5));
    expect(kindsOf(element)).to.deep.equal(['ready']);
    expect(textOf(part(element, 'count'))).to.equal('5 projets affichés sur 30');
    expect(fallbackShown(element)).to.be.false;
    await nextTask();
    expect(page.platform.requests).to.have.length(1);
    expect(asked.map(({ first, after, orderBy }) => ({ first, after, orderBy }))).to.deep.equal([
      { first: 5, after: null, orderBy: { field: 'PUBLISHED_AT', direction: 'DESC' } },
    ]);
  });

  it('is a list of cards whose titles have the level that the page gives, in the language of the list', async () => {
    lists(page.platform, 'projects', many(2, titled));
    const element = list('heading-level="4" layout="list" lang="en"');
    await shows(element, ...projects(1, 2));
    expect(textOf(part(element, 'count'))).to.equal('2 projects');
    expect(element.shadowRoot?.querySelectorAll('ul[role=list] > li')).to.have.length(2);
    for (const card of cards(element)) {
      expect(card.shadowRoot?.querySelectorAll('h4')).to.have.length(1);
      expect(card.getAttribute('layout')).to.equal('horizontal');
      expect(textOf(card)).to.include('participants').and.include('online votes');
    }
  });

  it('shows more by cursor, and takes the focus to the first new project', async () => {
    const asked = lists<ProjectArgs>(page.platform, 'projects', many(12, titled));
    const element = list('first="5"');
    await shows(element, ...projects(1, 5));
    press(element, texts.more);
    await shows(element, ...projects(1, 10));
    await until(() => textOf(focused() ?? element) === 'Projet 6', 'the focus is on the first new project');
    await until(() => announced('status') === '10 projets affichés sur 12', 'it is said');
    press(element, texts.more);
    await shows(element, ...projects(1, 12));
    await until(() => textOf(focused() ?? element) === 'Projet 11', 'the focus is on the first new project');
    expect(names(element, 'button')).to.be.empty;
    expect(textOf(part(element, 'count'))).to.equal('12 projets');
    expect(asked.map(({ first, after }) => [first, after && atob(after)])).to.deep.equal([
      [5, null],
      [5, 'arrayconnection:4'],
      [5, 'arrayconnection:9'],
    ]);
    await nextTask();
    expect(page.platform.requests).to.have.length(3);
  });

  it('keeps what it shows when the next page does not come, and tries again', async () => {
    lists(page.platform, 'projects', many(8, titled));
    const element = list('first="5"');
    await shows(element, ...projects(1, 5));
    page.platform.fail({ status: 403 }, 1);
    press(element, texts.more);
    await until(() => names(element, 'button').includes(texts.retry), 'one can try again');
    expect(titles(element)).to.deep.equal(projects(1, 5));
    expect(textOf(part(element, 'message'))).to.equal(texts['error.private']);
    await until(() => announced('alert') === texts['error.private'], 'it is said at once');
    expect(focused() === byRole(element, 'button', texts.retry)).to.be.true;
    expect(page.events.filter(({ type }) => type === 'cap-error')).to.deep.equal([
      { type: 'cap-error', tag: 'cap-project-list', code: 'forbidden', retryable: false },
    ]);
    press(element, texts.retry);
    await shows(element, ...projects(1, 8));
    await until(() => textOf(focused() ?? element) === 'Projet 6', 'the focus is on the first new project');
  });

  it('takes no second wish while the next page is on its way, and leaves alone who has gone on', async () => {
    const asked = lists(page.platform, 'projects', many(12, titled));
    const elsewhere = document.createElement('button');
    elsewhere.className = 'place';
    document.body.append(elsewhere);
    const element = list('first="5"');
    await shows(element, ...projects(1, 5));
    const release = page.platform.hold();
    press(element, texts.more);
    await until(() => names(element, 'button').includes(texts.loading), 'the button says what goes on');
    const button = byRole(element, 'button', texts.loading);
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    button.click();
    elsewhere.focus();
    release();
    await shows(element, ...projects(1, 10));
    await until(() => announced('status').startsWith('10'), 'it is said');
    expect(focused() === elsewhere).to.be.true;
    expect(asked).to.have.length(2);
  });

  it('leaves out what this visitor may not see, and shows twice nothing that has moved to the next page', async () => {
    const all: (FakeObject | null)[] = [titled(1), null, titled(2), titled(3), titled(4), titled(5)];
    lists(page.platform, 'projects', () => all);
    const element = list('first="3"');
    await shows(element, ...projects(1, 3));
    all.unshift(titled(9));
    press(element, texts.more);
    await shows(element, ...projects(1, 5));
    expect(textOf(part(element, 'count'))).to.equal('5 projets');
  });

  it('says so where there is no project', async () => {
    lists(page.platform, 'projects', []);
    const element = list();
    await inState(element, 'empty');
    expect(kindsOf(element)).to.deep.equal(['empty']);
    expect(textOf(element)).to.equal(texts.empty);
    expect(fallbackShown(element)).to.be.false;
    expect(page.events).to.be.empty;
  });

  it('keeps the room of its cards until they come, with the page’s own link on top', async () => {
    lists(
      page.platform,
      'projects',
      many(3, (number) => titled(number, { themes: [] })),
    );
    const release = page.platform.hold();
    const element = list('first="3"');
    element.style.cssText = 'inline-size: 900px; font-family: sans-serif';
    await inState(element, 'loading');
    expect(fallbackShown(element)).to.be.true;
    expect(textOf(element)).to.include(texts.loading).and.include('Tous les projets');
    const { height } = element.getBoundingClientRect();
    release();
    await shows(element, ...projects(1, 3));
    expect(element.getBoundingClientRect().height).to.be.closeTo(height, 1);
  });

  it('shares its request with the other lists and cards of the page', async () => {
    lists<ProjectArgs>(page.platform, 'projects', ({ theme }) => (theme ? [titled(7)] : many(3, titled)));
    page.platform.put(project('budget'));
    const main = place(`${html('theme="eau"')}${html()}<cap-project-card project-id="budget"></cap-project-card>`);
    const [one, other] = main.querySelectorAll('cap-project-list');
    if (!one || !other) throw new Error('There are two lists.');
    await shows(one, 'Projet 7');
    await shows(other, ...projects(1, 3));
    expect(page.platform.requests).to.have.length(1);
  });

  it('reads again as much as is shown, and shows what has changed', async () => {
    const asked: ProjectArgs[] = lists<ProjectArgs>(page.platform, 'projects', () =>
      many(12, (number) => titled(number, asked.length > 2 ? { title: `Neuf ${number}` } : {})),
    );
    const element = list('first="5"');
    await shows(element, ...projects(1, 5));
    press(element, texts.more);
    await shows(element, ...projects(1, 10));
    await element.reload();
    await shows(element, ...projects(1, 10).map((title) => title.replace('Projet', 'Neuf')));
    expect(asked.at(-1)?.first).to.equal(10);
    expect(asked).to.have.length(3);
  });

  it('forgets what it has read when it goes', async () => {
    const asked = lists(page.platform, 'projects', many(3, titled));
    const element = list();
    await shows(element, ...projects(1, 3));
    element.remove();
    await nextTask();
    // What nobody follows is read anew by who comes next.
    const again = list();
    await shows(again, ...projects(1, 3));
    expect(asked).to.have.length(2);
    expect(page.clock.pending, 'timers of the new cards only').to.be.at.most(3);
  });

  it('can be moved on its page without reading again', async () => {
    const asked = lists(page.platform, 'projects', many(3, titled));
    const element = list();
    await shows(element, ...projects(1, 3));
    place('').append(element);
    await nextTask();
    await shows(element, ...projects(1, 3));
    expect(asked).to.have.length(1);
  });
});

describe('a project list that selects', () => {
  const page = testPage();
  const [soon, now, over] = [
    projectBetween('soon', '2026-06-02 09:00:00', '2026-07-01 00:00:00', { title: 'Bientôt' }),
    projectBetween('now', '2026-05-01 09:00:00', '2026-07-01 00:00:00', { title: 'En ce moment' }),
    projectBetween('over', '2026-01-01 09:00:00', '2026-02-01 00:00:00', { title: 'Terminé' }),
  ];

  it('asks for a theme and an order', async () => {
    const asked = lists<ProjectArgs>(page.platform, 'projects', [titled(1)]);
    await shows(list('theme="eau" order="popular"'), 'Projet 1');
    expect(asked[0]).to.deep.include({ theme: 'eau', orderBy: { field: 'POPULAR', direction: 'DESC' } });
  });

  for (const [status, title] of [
    ['future', 'Bientôt'],
    ['open', 'En ce moment'],
    ['closed', 'Terminé'],
  ] as const)
    for (const access of ['public', 'session'])
      it(`shows those that are ${status}, in ${access} access`, async () => {
        configure({ platform: page.platform.url, access });
        const asked = lists<ProjectArgs>(page.platform, 'projects', [soon, now, over]);
        const element = list(`status="${status}"`);
        await shows(element, title);
        expect(textOf(part(element, 'count'))).to.equal('1 projet');
        expect(asked[0]?.status ?? null).to.equal(
          access === 'session' ? { future: null, open: '1', closed: '3' }[status] : null,
        );
      });

  it('looks through the list for a district where the platform cannot, one page after the other', async () => {
    const inDistrict = (number: number): Partial<FakeObject> => ({
      districts: { edges: [{ node: { id: number % 40 === 0 ? 'tanneries' : 'gare' } }, null] },
    });
    const asked = lists<ProjectArgs>(
      page.platform,
      'projects',
      many(200, (number) => titled(number, inDistrict(number))),
    );
    const element = list('district="tanneries" first="3"');
    await shows(element, 'Projet 40', 'Projet 80', 'Projet 120');
    expect(textOf(part(element, 'count'))).to.equal('3 projets affichés');
    press(element, texts.more);
    await shows(element, 'Projet 40', 'Projet 80', 'Projet 120', 'Projet 160', 'Projet 200');
    expect(textOf(part(element, 'count'))).to.equal('5 projets');
    expect(asked.length, 'requests').to.be.at.most(6);
  });

  it('asks for a district in the visitor’s session', async () => {
    configure({ platform: page.platform.url, access: 'session' });
    const asked = lists<ProjectArgs>(page.platform, 'projects', [titled(1)]);
    await shows(list('district="tanneries"'), 'Projet 1');
    expect(asked[0]?.district).to.equal('tanneries');
  });

  it('drops what comes for a filter that was changed, and tells what the new one has brought', async () => {
    lists<ProjectArgs>(page.platform, 'projects', ({ theme }) => (theme === 'eau' ? [titled(7)] : many(3, titled)));
    const element = list();
    await shows(element, ...projects(1, 3));
    const release = page.platform.hold();
    element.setAttribute('theme', 'air');
    await inState(element, 'loading');
    await nextTask();
    element.setAttribute('theme', 'eau');
    await nextTask();
    release();
    await shows(element, 'Projet 7');
    await until(() => announced('status') === '1 projet', 'it is said');
    await nextTask();
    expect(titles(element)).to.deep.equal(['Projet 7']);
  });

  it('takes its default for what cannot be meant, and says so once', async () => {
    const asked = lists<ProjectArgs>(page.platform, 'projects', [titled(1)]);
    place(html('first="500" order="best" status="gone" layout="heap"'));
    const element = list('first="500" order="best" status="gone" layout="heap"');
    await shows(element, 'Projet 1');
    expect(asked[0]).to.deep.include({ first: 12, orderBy: { field: 'PUBLISHED_AT', direction: 'DESC' } });
    await until(() => page.warnings.length >= 4, 'the console knows');
    expect(page.warnings.filter((line) => line.includes('"best"'))).to.have.length(1);
    expect(page.warnings.filter((line) => line.includes('"500"'))).to.have.length(1);
  });
});

describe('a project list that fails', () => {
  const page = testPage();

  it('shows the page’s own link and a button; that reads again, and goes on from there', async () => {
    lists(page.platform, 'projects', many(3, titled));
    page.platform.fail({ status: 503 });
    const element = list();
    await patiently(page.clock, element, 'error');
    expect(kindsOf(element)).to.deep.equal(['error']);
    expect(fallbackShown(element)).to.be.true;
    expect(textOf(part(element, 'count'))).to.equal(texts['error.unreachable']);
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-project-list', code: 'server', retryable: true },
    ]);
    page.platform.heal();
    press(element, texts.retry);
    await shows(element, ...projects(1, 3));
    await until(() => announced('status') === '3 projets', 'it is said');
    await until(() => focused() === part(element, 'count'), 'the focus is on what takes the button’s place');
  });

  it('keeps what it has when it cannot be read again, and says from when that is', async () => {
    lists(page.platform, 'projects', many(3, titled));
    const element = list();
    await shows(element, ...projects(1, 3));
    page.platform.fail({ status: 403 });
    page.clock.advance(60_000);
    await element.reload();
    await inState(element, 'stale');
    expect(kindsOf(element)).to.deep.equal(['ready']);
    expect(titles(element)).to.deep.equal(projects(1, 3));
    expect(textOf(part(element, 'message'))).to.match(/^Liste de \d\d h 42 : la mise à jour a échoué\.$/);
    page.platform.heal();
    press(element, texts.retry);
    await until(() => !element.matches(':state(stale)'), 'it is up to date');
  });

  it('takes an answer without a list for a failure', async () => {
    page.platform.fail({
      status: 200,
      body: '{"data":{"q0":null}}',
      headers: { 'Content-Type': 'application/json' },
    });
    const element = list();
    await inState(element, 'error');
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-project-list', code: 'bad-response', retryable: true },
    ]);
  });

  it('without a platform shows the page’s own link, and tells the console', async () => {
    configure({});
    const element = list();
    await inState(element, 'error');
    expect(fallbackShown(element)).to.be.true;
    expect(names(element, 'button')).to.be.empty;
    expect(page.platform.requests).to.be.empty;
  });
});

const blocks = (): HTMLScriptElement[] => [
  ...document.querySelectorAll<HTMLScriptElement>('script[type="application/ld+json"]'),
];
const described = (): Record<string, unknown>[] =>
  (JSON.parse(blocks()[0]?.textContent ?? '{}') as { '@graph'?: Record<string, unknown>[] })['@graph'] ?? [];

describe('the structured data of project lists', () => {
  const page = testPage();

  it('are one block for all lists, without doubles, that goes with the last one', async () => {
    lists<ProjectArgs>(page.platform, 'projects', ({ theme }) => (theme ? [titled(3), titled(4)] : many(3, titled)));
    const main = place(`${html('structured-data')}${html('structured-data theme="eau"')}${html('theme="air"')}`);
    const [one, other] = main.querySelectorAll('cap-project-list');
    await until(() => described().length === 4, 'both lists are described');
    expect(blocks()).to.have.length(1);
    expect(blocks()[0]?.parentElement === document.head).to.be.true;
    expect(
      described()
        .map(({ name }) => name)
        .sort(),
    ).to.deep.equal(projects(1, 4));
    expect(described().find(({ name }) => name === 'Projet 1')).to.deep.include({
      '@type': 'Project',
      url: 'https://participez.valmont.example/project/p1',
      keywords: 'Nature en ville, Solidarités',
    });
    expect(blocks()[0]?.textContent, 'no figure').not.to.match(/12480|12 480|votes/);
    one?.remove();
    await until(() => described().length === 2, 'the first list is no longer described');
    other?.removeAttribute('structured-data');
    await until(() => blocks().length === 0, 'nothing is described');
  });

  it('cannot end the element that they stand in', async () => {
    const title = '</script><script>document.title = "broken"</script>';
    lists(page.platform, 'projects', [titled(1, { title })]);
    list('structured-data');
    await until(() => described().length === 1, 'the list is described');
    expect(described()[0]?.['name']).to.equal(title);
    expect(blocks()[0]?.outerHTML.match(/<\/?script/g)).to.have.length(2);
  });
});
