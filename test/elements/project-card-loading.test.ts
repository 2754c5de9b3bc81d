import { expect } from '@open-wc/testing';

import { CapLoadEvent } from '../../src/elements/base/events.js';
import { common as texts } from '../../src/i18n/locales/fr/common.js';
import { broken, denied, type Fault } from '../support/fake-platform.js';
import { project } from '../support/fixtures.js';
import { inState, inTime, kindsOf, mount, nextTask, patiently, ready, testPage, until } from '../support/page.js';
import { announced, byRole, fallbackShown, focused, names, part, textOf } from '../support/perceive.js';

const CARD =
  '<cap-project-card project-id="budget"><a href="https://ville.example/budget">Le budget</a></cap-project-card>';

describe('a project card that loads', () => {
  const page = testPage();

  it('is one thing at a time, and reports once that it is there', async () => {
    page.platform.put(project('budget'));
    const answer = page.platform.hold();
    const card = mount(CARD);
    const events: Event[] = [];
    card.addEventListener('cap-load', (event) => events.push(event));
    await inState(card, 'loading');
    expect(kindsOf(card)).to.deep.equal(['loading']);
    expect(names(card, 'link')).to.deep.equal(['Le budget']);
    expect(page.events).to.be.empty;
    answer();
    await inState(card, 'ready');
    expect(kindsOf(card)).to.deep.equal(['ready']);
    await card.reload();
    await nextTask();
    expect(page.events).to.deep.equal([{ type: 'cap-load', tag: 'cap-project-card' }]);
    const [event] = events;
    expect(event instanceof CapLoadEvent && event.target === card && event.bubbles && !event.composed).to.be.true;
  });

  for (const width of [320, 400])
    it(`keeps its place: nothing moves when the project comes, ${width} pixels wide`, async () => {
      page.platform.put(project('budget', { cover: { url: `${location.origin}/stories/support/covers/garden.svg` } }));
      const answer = page.platform.hold();
      const card = mount(CARD);
      card.style.cssText = `inline-size: ${width}px; font-family: sans-serif`;
      await inState(card, 'loading');
      const { height } = card.getBoundingClientRect();
      answer();
      await inState(card, 'ready');
      expect(card.getBoundingClientRect().height).to.equal(height);
    });

  it('hands the focus of the fallback on to the link that takes its place', async () => {
    page.platform.put(project('budget'));
    const answer = page.platform.hold();
    const card = mount(CARD);
    await inState(card, 'loading');
    byRole(card, 'link', 'Le budget').focus();
    answer();
    await inState(card, 'ready');
    await until(() => focused() === byRole(card, 'link', 'Budget participatif 2026'), 'the focus is lost');
  });

  it('takes the focus from nowhere else', async () => {
    page.platform.put(project('budget'));
    const button = document.createElement('button');
    button.className = 'place';
    document.body.append(button);
    const answer = page.platform.hold();
    const card = mount(CARD);
    await inState(card, 'loading');
    button.focus();
    answer();
    await inState(card, 'ready');
    expect(focused() === button).to.be.true;
  });

  it('says that a project is missing, without a button that cannot help', async () => {
    const card = mount(CARD);
    await inState(card, 'empty');
    expect(kindsOf(card)).to.deep.equal(['empty']);
    expect(fallbackShown(card)).to.be.true;
    expect(textOf(part(card, 'message'))).to.equal(texts['error.private']);
    expect(names(card, 'button')).to.be.empty;
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-project-card', code: 'not-found', retryable: false },
    ]);
  });

  for (const [what, id] of [
    ['a text', 'budget.participatif'],
    ['a piece of an ID', 'UHJvamVjdDpi…'],
    ['an address', 'https://participez.valmont.example/project/budget'],
    ['the ID of a proposal', btoa('Proposal:7')],
  ] as const)
    it(`says that ${what} is no ID of a project to whoever builds the page, and nothing of privacy to the visitor`, async () => {
      const card = mount(CARD.replace('"budget"', `"${id}"`));
      await inState(card, 'error');
      expect(fallbackShown(card)).to.be.true;
      expect(textOf(part(card, 'message'))).to.equal(texts['error.other']);
      expect(names(card, 'button')).to.be.empty;
      expect(page.events).to.deep.equal([
        { type: 'cap-error', tag: 'cap-project-card', code: 'invalid-id', retryable: false },
      ]);
      await until(() => page.warnings.length > 0, 'nothing is said');
      expect(page.warnings.join()).to.contain(id).and.to.contain('can be no ID');
    });

  it('takes what may be an ID of a project for one that is missing', async () => {
    const card = mount(CARD.replace('"budget"', `"${btoa('Project:7')}"`));
    await inState(card, 'empty');
    expect(page.warnings).to.be.empty;
  });
});

describe('a project card that fails', () => {
  const page = testPage();

  const answers: readonly [code: string, fault: Fault, retryable: boolean, tries: number][] = [
    ['network', 'network', true, 3],
    ['server', { status: 500, body: 'Oops! An Error Occurred' }, true, 3],
    ['server', { status: 502 }, true, 3],
    ['rate-limited', { status: 429 }, true, 3],
    ['unauthorized', { status: 401, body: 'Invalid API Key' }, false, 1],
    ['forbidden', { status: 403 }, false, 1],
    ['platform-disabled', { status: 404, body: '<html></html>' }, false, 1],
    ['not-a-platform', { status: 200, body: '<html></html>', headers: { 'Content-Type': 'text/html' } }, true, 1],
    ['not-a-platform', { status: 200, body: '{"ok":true}', headers: { 'Content-Type': 'application/json' } }, true, 1],
    ['bad-response', { status: 200, body: '{"data":{"n0":', headers: { 'Content-Type': 'application/json' } }, true, 1],
    [
      'bad-response',
      { status: 200, body: '{"data":{"n0":[{"id":7}]}}', headers: { 'Content-Type': 'application/json' } },
      true,
      1,
    ],
    ['bad-request', { status: 400, body: 'Wrong public query' }, false, 1],
  ];
  for (const [code, fault, retryable, tries] of answers)
    it(`reports ${code} for ${typeof fault === 'string' ? fault : `${fault.status} ${fault.body ?? ''}`}`, async () => {
      page.platform.put(project('budget'));
      page.platform.fail(fault);
      const card = mount(CARD);
      await patiently(page.clock, card, 'error');
      expect(kindsOf(card)).to.deep.equal(['error']);
      expect(fallbackShown(card)).to.be.true;
      expect(names(card, 'link')).to.deep.equal(['Le budget']);
      const text = retryable ? 'unreachable' : code === 'bad-request' ? 'other' : 'private';
      expect(textOf(part(card, 'message'))).to.equal(texts[`error.${text}`]);
      expect(names(card, 'button')).to.deep.equal(retryable ? ['Réessayer'] : []);
      expect(page.events).to.deep.equal([{ type: 'cap-error', tag: 'cap-project-card', code, retryable }]);
      expect(page.platform.requests).to.have.length(tries);
    });

  it('gives up on a platform that does not answer', async () => {
    page.platform.put(project('budget'));
    page.platform.hold();
    const card = mount(CARD);
    await inState(card, 'loading');
    await until(() => page.platform.requests.length === 1, 'nothing was asked');
    await patiently(page.clock, card, 'error');
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-project-card', code: 'timeout', retryable: true },
    ]);
    expect(page.platform.requests.every(({ aborted }) => aborted)).to.be.true;
  });

  it('knows that the visitor is offline', async () => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    try {
      page.platform.put(project('budget'));
      page.platform.fail('network');
      const card = mount(CARD);
      await patiently(page.clock, card, 'error');
      expect(textOf(part(card, 'message'))).to.equal(texts['error.offline']);
      // Back on the network it comes by itself.
      page.platform.heal();
      Reflect.deleteProperty(navigator, 'onLine');
      dispatchEvent(new Event('online'));
      await inState(card, 'ready');
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
  });

  it('tries again by itself, and says nothing of a failure that has passed', async () => {
    page.platform.put(project('budget'));
    page.platform.fail({ status: 503 }, 2);
    const card = mount(CARD);
    await patiently(page.clock, card, 'ready');
    expect(page.platform.requests).to.have.length(3);
    expect(page.events.map(({ type }) => type)).to.deep.equal(['cap-load']);
  });

  it('waits as long as the platform asks', async () => {
    page.platform.put(project('budget'));
    page.platform.fail({ status: 429, headers: { 'Retry-After': '7' } }, 1);
    const card = mount(CARD);
    await until(() => page.platform.requests.length === 1, 'nothing was asked');
    await nextTask();
    await until(() => page.clock.pending === 1, 'it does not wait');
    page.clock.advance(6900);
    await nextTask();
    expect(page.platform.requests).to.have.length(1);
    page.clock.advance(200);
    await inState(card, 'ready');
    expect(page.platform.requests).to.have.length(2);
  });

  it('offers a button in the place of a long wait', async () => {
    page.platform.put(project('budget'));
    page.platform.fail({ status: 503, headers: { 'Retry-After': '600' } });
    const card = mount(CARD);
    await inState(card, 'error');
    expect(page.platform.requests).to.have.length(1);
    expect(names(card, 'button')).to.deep.equal(['Réessayer']);
  });

  it('keeps the good part of an answer, and fails where a needed field does', async () => {
    page.platform.put(project('good'), project('bad', { title: broken() }), project('closed', { votes: denied() }));
    const main = mount(
      ['good', 'bad', 'closed'].map((id) => `<cap-project-card project-id="${id}"></cap-project-card>`).join(''),
    ).parentElement;
    const [good, bad, closed] = main?.children ?? [];
    if (!good || !bad || !closed) throw new Error('The cards are not there.');
    await inState(good, 'ready');
    await inState(bad, 'error');
    await inState(closed, 'error');
    expect(page.platform.requests).to.have.length(1);
    expect(page.events).to.deep.include.members([
      { type: 'cap-error', tag: 'cap-project-card', code: 'server', retryable: true },
      { type: 'cap-error', tag: 'cap-project-card', code: 'forbidden', retryable: false },
    ]);
  });

  it('never shows the words of the server, nor of the request', async () => {
    page.platform.put(project('budget', { title: broken() }));
    const card = mount(CARD);
    await inState(card, 'error');
    expect(card.shadowRoot?.textContent).not.to.match(/internal|server|budget participatif/i);
  });
});

describe('a project card that is tried again', () => {
  const page = testPage();

  it('keeps its button, and the focus on it, and says what came of it', async () => {
    page.platform.put(project('budget'));
    page.platform.fail({ status: 500 });
    const card = mount(CARD);
    await patiently(page.clock, card, 'error');
    const button = byRole(card, 'button', 'Réessayer');
    button.focus();
    const answer = page.platform.hold();
    button.click();
    await until(() => names(card, 'button')[0] === 'Chargement…', 'the button does not say that it works');
    expect(focused() === button && button.getAttribute('aria-disabled') === 'true').to.be.true;
    expect(kindsOf(card)).to.deep.equal(['error']);
    await until(() => page.platform.requests.length === 4, 'it does not try again');
    button.click();
    await nextTask();
    expect(page.platform.requests).to.have.length(4);
    answer();
    await inTime(page.clock, () => announced('alert') === texts['error.unreachable'], 'nobody is told');
    expect(focused() === button).to.be.true;

    page.platform.heal();
    button.click();
    await inState(card, 'ready');
    await until(() => announced('status') === 'Budget participatif 2026', 'nothing is announced');
    await until(() => focused() === byRole(card, 'link', 'Budget participatif 2026'), 'the focus is lost');
  });

  it('keeps what it shows when a reload fails, and marks it as old', async () => {
    page.platform.put(project('budget'));
    const card = await ready(CARD);
    page.clock.advance(60_000);
    page.platform.fail({ status: 403 });
    await card.reload();
    await inState(card, 'stale');
    expect(kindsOf(card)).to.deep.equal(['ready']);
    expect(names(card, 'link')).to.deep.equal(['Budget participatif 2026']);
    expect(textOf(part(card, 'message'))).to.match(/^Chiffres de \d\d h \d\d : la mise à jour a échoué\.$/);
    expect(page.events.map(({ type }) => type)).to.deep.equal(['cap-load', 'cap-error']);
    expect(fallbackShown(card)).to.be.false;

    page.platform.heal();
    page.platform.change('budget', { title: 'Budget participatif 2027' });
    byRole(card, 'button', 'Réessayer').click();
    await until(() => !card.matches(':state(stale)'), 'the card is still old');
    expect(names(card, 'link')).to.deep.equal(['Budget participatif 2027']);
    expect(names(card, 'button')).to.be.empty;
  });

  it('reloads by its method, without passing through a loading state', async () => {
    page.platform.put(project('budget'));
    const card = await ready(CARD);
    page.platform.change('budget', { title: 'Un autre titre' });
    const answer = page.platform.hold();
    const done = card.reload();
    await nextTask();
    expect(kindsOf(card)).to.deep.equal(['ready']);
    answer();
    await done;
    await until(() => names(card, 'link')[0] === 'Un autre titre', 'the old title stays');
  });

  it('says that a project is missing once it is gone', async () => {
    page.platform.put(project('budget'));
    const card = await ready(CARD);
    page.platform.remove('budget');
    await card.reload();
    await inState(card, 'empty');
    expect(names(card, 'link')).to.deep.equal(['Le budget']);
  });
});
