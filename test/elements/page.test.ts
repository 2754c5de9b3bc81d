import { expect } from '@open-wc/testing';

import { define } from '../../src/elements/base/define.js';
import { ballot, project, proposal } from '../support/fixtures.js';
import { inState, mount, nextTask, patiently, place, ready, testPage, until, within } from '../support/page.js';
import { names, textOf } from '../support/perceive.js';

const card = (id: string): string => `<cap-project-card project-id="${id}"></cap-project-card>`;
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `project-${index}`);

describe('the widgets of a page', () => {
  const page = testPage();

  const allReady = async (main: HTMLElement): Promise<void> => {
    for (const element of main.children) await inState(element, 'ready');
  };

  for (const [count, requests] of [
    [20, 1],
    [50, 1],
    [51, 2],
    [120, 3],
  ] as const)
    it(`ask for ${count} projects in ${requests === 1 ? 'one request' : `${requests} requests`}`, async () => {
      page.platform.put(...ids(count).map((id) => project(id)));
      await allReady(place(ids(count).map(card).join('')));
      expect(page.platform.requests).to.have.length(requests);
      const asked = page.platform.requests.flatMap(({ variables }) => Object.values(variables).flat());
      expect(asked).to.have.members(ids(count));
    });

  it('ask once for the same project, however often it is shown', async () => {
    page.platform.put(project('x'));
    await allReady(place(card('x').repeat(5)));
    expect(Object.values(page.platform.requests[0]?.variables ?? {})).to.deep.equal([['x']]);
    expect(page.platform.requests).to.have.length(1);
  });

  it('ask with the same bytes in whatever order they stand', async () => {
    page.platform.put(...ids(4).map((id) => project(id)));
    const html = [
      ...ids(4).map(card),
      '<cap-participation-counter project-id="project-1"></cap-participation-counter>',
      '<cap-participation-counter project-id="project-3" metric="contributors"></cap-participation-counter>',
    ];
    await allReady(place(html.join('')));
    document.querySelector('.place')?.remove();
    await nextTask();
    await allReady(place(html.reverse().join('')));
    const [first, second, ...more] = page.platform.requests;
    expect(more).to.be.empty;
    expect(second?.body).to.equal(first?.body);
  });

  it('ask as a form does, without cookies and with no header that a browser would ask leave for', async () => {
    page.platform.put(project('x'));
    await ready(card('x'));
    const [request] = page.platform.requests;
    expect(request?.url).to.equal(`${page.platform.url}/graphql`);
    expect(request?.method).to.equal('POST');
    expect(request?.credentials).to.equal('omit');
    expect(request?.headers).to.deep.equal({
      accept: 'application/vnd.cap-collectif.preview+json',
      'accept-language': 'fr',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect([...new URLSearchParams(request?.body).keys()]).to.deep.equal(['query', 'variables']);
  });

  it('ask the internal API as simply, and without cookies unless the page gives them a session', async () => {
    page.platform.put(ballot('s', [proposal('a', 3)]));
    await ready('<cap-participation-counter step-id="s"></cap-participation-counter>');
    const request = page.platform.requests.at(-1);
    expect(request?.url).to.equal(`${page.platform.url}/graphql/internal`);
    expect(request?.credentials).to.equal('omit');
    expect(Object.keys(request?.headers ?? {})).to.have.members(['accept', 'accept-language', 'content-type']);
    expect(request?.headers['content-type']).to.equal('application/x-www-form-urlencoded');
  });

  it('give up a request that nobody waits for any more', async () => {
    page.platform.hold();
    const main = place(card('x') + card('y'));
    await until(() => page.platform.requests.length === 1, 'nothing is asked');
    const [request] = page.platform.requests;
    within(main, '[project-id=x]').remove();
    await nextTask();
    expect(request?.aborted).to.be.false;
    within(main, '[project-id=y]').remove();
    await until(() => request?.aborted, 'the request goes on');
    await nextTask();
    expect(page.events).to.be.empty;
    expect(page.clock.pending).to.equal(0);
  });

  it('do not even ask when they are gone before their turn', async () => {
    place(card('x')).remove();
    await nextTask();
    expect(page.platform.requests.length).to.equal(0);
  });

  it('show nothing of an answer that comes for a former id', async () => {
    page.platform.put(project('old', { title: 'L’ancien' }), project('new', { title: 'Le nouveau' }));
    const release = page.platform.hold();
    const element = mount(card('old'));
    await until(() => page.platform.requests.length === 1, 'nothing is asked');
    element.setAttribute('project-id', 'new');
    await until(() => page.platform.requests.length === 2, 'the new project is not asked for');
    const seen = new Set<string>();
    const observer = new MutationObserver(() => names(element, 'link').forEach((name) => seen.add(name)));
    if (element.shadowRoot)
      observer.observe(element.shadowRoot, { subtree: true, childList: true, characterData: true });
    release();
    await inState(element, 'ready');
    await nextTask();
    observer.disconnect();
    expect([...seen]).to.deep.equal(['Le nouveau']);
  });

  it('do not show the old project while a new one loads', async () => {
    page.platform.put(project('old', { title: 'L’ancien' }), project('new'));
    const element = await ready(card('old'));
    page.platform.hold();
    element.setAttribute('project-id', 'new');
    await inState(element, 'loading');
    expect(textOf(element)).not.to.contain('L’ancien');
  });

  it('do not ask again when they are moved', async () => {
    page.platform.put(project('x'));
    const element = await ready(card('x'));
    const box = document.createElement('section');
    element.before(box);
    box.append(element);
    await nextTask();
    await nextTask();
    expect(element.matches(':state(ready)')).to.be.true;
    expect(page.platform.requests).to.have.length(1);
    expect(page.events).to.have.length(1);
  });

  it('come back to life when they are put back', async () => {
    page.platform.put(project('x'));
    const element = await ready(card('x'));
    const main = element.parentElement;
    element.remove();
    await nextTask();
    page.platform.change('x', { title: 'Un autre titre' });
    main?.append(element);
    await until(() => names(element, 'link')[0] === 'Un autre titre', 'the old title stays');
  });

  it('fail each for itself', async () => {
    page.platform.put(...ids(2).map((id) => project(id)));
    const main = place(ids(3).map(card).join(''));
    await inState(within(main, '[project-id=project-2]'), 'empty');
    await inState(within(main, '[project-id=project-0]'), 'ready');
    expect(page.platform.requests).to.have.length(1);
  });

  it('read again together when their network is back', async () => {
    page.platform.put(project('x'), project('y'));
    page.platform.fail('network');
    const main = place(card('x') + card('y'));
    for (const element of main.children) await patiently(page.clock, element, 'error');
    page.platform.heal();
    const before = page.platform.requests.length;
    dispatchEvent(new Event('online'));
    await allReady(main);
    expect(page.platform.requests.length - before).to.equal(1);
  });

  it('are not disturbed by a second copy of the script', () => {
    const first = customElements.get('cap-project-card');
    expect(() => define('cap-project-card', class extends HTMLElement {})).not.to.throw();
    expect(customElements.get('cap-project-card') === first).to.be.true;
  });
});

describe('attributes typed by hand', () => {
  const page = testPage();

  const cases: readonly [html: string, warning: string][] = [
    [
      '<cap-project-card project-id="x" layout="sideways"></cap-project-card>',
      '"sideways" is none of vertical, horizontal: "vertical" is used instead.',
    ],
    [
      '<cap-project-card project-id="x" hide="cover price"></cap-project-card>',
      '"price" is none of cover, status, themes, counters, step: it is left out.',
    ],
    [
      '<cap-project-card project-id="x" heading-level="7"></cap-project-card>',
      '"7" is no whole number from 2 to 6: 3 is used instead.',
    ],
    [
      '<cap-participation-counter project-id="x" metric="likes"></cap-participation-counter>',
      '"likes" is none of votes, contributors, contributions, replies: "votes" is used instead.',
    ],
    [
      '<cap-participation-counter project-id="x" display="huge"></cap-participation-counter>',
      '"huge" is none of inline, tile, board: "inline" is used instead.',
    ],
    [
      '<cap-participation-counter project-id="x" refresh="2"></cap-participation-counter>',
      '"2" is no whole number from 10 to 86400: 10 is used instead.',
    ],
    [
      '<cap-participation-counter project-id="x" refresh="often"></cap-participation-counter>',
      '"often" is no whole number from 10 to 86400: 0 is used instead.',
    ],
    [
      '<cap-participation-counter project-id="x" step-id="y"></cap-participation-counter>',
      '<cap-participation-counter> takes exactly one of project-id, step-id, proposal-id, consultation-id, questionnaire-id.',
    ],
  ];
  for (const [html, warning] of cases)
    it(`warn once: ${warning}`, async () => {
      page.platform.put(project('x'));
      const [element, twin] = place(html + html).children;
      if (!element || !twin) throw new Error('The elements are not there.');
      await until(() => page.warnings.length > 0, 'nobody is told');
      await nextTask();
      await nextTask();
      expect(page.warnings).to.deep.equal([`[cap-widgets] ${warning}`]);
    });

  it('fall back to their defaults', async () => {
    page.platform.put(project('x'));
    const element = await ready(
      '<cap-project-card project-id="x" heading-level="one" hide=" step , "></cap-project-card>',
    );
    expect(names(element, 'heading')).to.have.length(1);
    expect(element.shadowRoot?.querySelectorAll('h3')).to.have.length(1);
  });

  it('keep a counter without a target on its fallback, and ask nothing', async () => {
    const element = mount('<cap-participation-counter><a href="/votes">Les votes</a></cap-participation-counter>');
    await inState(element, 'error');
    await nextTask();
    expect(textOf(element)).to.equal('Les votes');
    expect(page.platform.requests.length).to.equal(0);
  });
});
