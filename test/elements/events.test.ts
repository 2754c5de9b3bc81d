import { expect } from '@open-wc/testing';

import '../../src/elements/event-list/define.js';
import '../../src/elements/login-prompt/define.js';
import '../../src/elements/project-list/define.js';
import '../../src/elements/proposal-list/define.js';
import { fill, pressIn } from '../support/basket.js';
import type { FakePlatform } from '../support/fake-platform.js';
import { project } from '../support/fixtures.js';
import { handoffPage } from '../support/handoff-page.js';
import { event, lists } from '../support/lists.js';
import { inState, mount, nextTask, place, testPage, until, within, type Widget } from '../support/page.js';
import { byRole } from '../support/perceive.js';
import { putProposals } from '../support/proposal-fixtures.js';
import { openWays } from '../support/sign-in.js';
import { change, control, inSession, voteButton, voteChanges } from '../support/voting.js';
import { openVote } from '../support/voting-fixtures.js';

/** Puts an element into a shadow tree of the page's own. */
function mountInside(html: string): Widget {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.innerHTML = html;
  place('').append(host);
  return within(root, '*');
}

/** What a tree hears, by its tag. */
function heardBy(tree: Node): string[] {
  const heard: string[] = [];
  for (const type of ['cap-load', 'cap-error'] as const)
    tree.addEventListener(type, (event) => heard.push(`${type} ${(event.target as Element).localName}`));
  return heard;
}

/** The vote buttons of a list. They may come after its proposals: their code is loaded by then at the earliest. */
async function buttonsIn(list: Widget, count: number): Promise<Widget[]> {
  const buttons = (): Widget[] => [...(list.shadowRoot?.querySelectorAll<Widget>('cap-vote-button') ?? [])];
  await until(() => buttons().length === count, `the list has not ${count} vote buttons`);
  return buttons();
}

/** Each element, and what it needs to show something. */
const ELEMENTS: readonly [html: string, set: (platform: FakePlatform) => void][] = [
  ['<cap-project-card project-id="x">', (platform) => platform.put(project('x'))],
  ['<cap-participation-counter project-id="x">', (platform) => platform.put(project('x'))],
  ['<cap-project-list>', (platform) => void lists(platform, 'projects', [project('x')])],
  [
    '<cap-event-list when="all">',
    (platform) => void lists(platform, 'events', [event('e', 'Atelier', '2026-06-02 18:00:00', null)]),
  ],
  ['<cap-vote-button proposal-id="guinguette" step-id="vote">', (platform) => openVote(platform)],
  ['<cap-budget-basket step-id="vote">', (platform) => fill(platform)],
  ['<cap-proposal-list step-id="vote">', (platform) => putProposals(platform, 3)],
  ['<cap-login-prompt>', (platform) => void openWays(platform)],
];

describe('what a page is told of loads', () => {
  const page = testPage();

  for (const [html, set] of ELEMENTS) {
    const tag = html.slice(1).split(/[ >]/)[0] ?? '';

    it(`is told by a <${tag}> to whoever wrote it, once, and to nobody outside`, async () => {
      set(page.platform);
      inSession(page);
      const element = mountInside(html);
      const heard = heardBy(element.getRootNode());
      await inState(element, 'ready');
      await nextTask();
      expect(heard).to.deep.equal([`cap-load ${tag}`]);
      expect(page.events).to.be.empty;
    });

    it(`is told by a <${tag}> to whoever wrote it and nobody outside when it fails, too`, async () => {
      set(page.platform);
      inSession(page);
      page.platform.fail({ status: 403 });
      const element = mountInside(html);
      const heard = heardBy(element.getRootNode());
      await inState(element, 'error');
      await nextTask();
      expect(heard).to.deep.equal([`cap-error ${tag}`]);
      expect(page.events).to.be.empty;
    });
  }

  it('says nothing of the vote buttons inside a list', async () => {
    putProposals(page.platform, 3);
    inSession(page);
    const list = mount('<cap-proposal-list step-id="vote">', 'cap-proposal-list');
    await inState(list, 'ready');
    const buttons = await buttonsIn(list, 3);
    for (const button of buttons) await inState(button, 'ready');
    expect(page.events).to.deep.equal([{ type: 'cap-load', tag: 'cap-proposal-list' }]);
  });
});

describe('what a page is told of acts', () => {
  const page = testPage();
  const changes = voteChanges();

  it('comes through every tree around a vote button, whether the vote was recorded or refused', async () => {
    openVote(page.platform);
    inSession(page);
    const element = mountInside(voteButton());
    await inState(element, 'ready');
    control(element).click();
    await inState(element, 'voted');
    expect(changes).to.deep.equal([change('guinguette', true, 42)]);
    page.platform.votes.refuse({ message: 'This step is no longer contributable.' });
    control(element).click();
    await until(() => page.events.length, 'nobody is told');
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-vote-button', code: 'step-closed', retryable: false },
    ]);
  });

  it('comes from a vote button inside a list', async () => {
    putProposals(page.platform, 1);
    page.platform.signIn();
    inSession(page);
    const list = mount('<cap-proposal-list step-id="vote">', 'cap-proposal-list');
    await inState(list, 'ready');
    const [button] = await buttonsIn(list, 1);
    if (!button) throw new Error('No button.');
    await inState(button, 'ready');
    control(button).click();
    await inState(button, 'voted');
    expect(changes).to.deep.equal([change('p1', true, 2)]);
  });

  it('comes through every tree around a basket', async () => {
    fill(page.platform);
    page.platform.signIn();
    page.platform.votes.put('frigos', 'vote');
    inSession(page);
    const basket = mountInside('<cap-budget-basket step-id="vote">');
    await until(() => byRole(basket, 'button', 'Retirer Projet frigos'), 'the choice is not there');
    page.platform.votes.refuse({ message: 'This step is no longer contributable.' });
    pressIn(basket, 'Retirer Projet frigos');
    await until(() => page.events.length, 'nobody is told');
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-budget-basket', code: 'step-closed', retryable: false },
    ]);
    page.platform.votes.refuse(null);
    pressIn(basket, 'Retirer Projet frigos');
    await until(() => changes.length, 'nobody is told of the vote');
    // Without a button beside it nothing on the page knows the votes on paper.
    expect(changes).to.deep.equal([change('frigos', false, null)]);
  });

  it('comes through every tree around a prompt', async () => {
    openWays(page.platform, { signedIn: true });
    page.platform.routes.set('/logout', () => new Response('', { status: 500 }));
    inSession(page);
    const prompt = mountInside('<cap-login-prompt>');
    await inState(prompt, 'signed-in');
    byRole(prompt, 'button', 'J’ai terminé, me déconnecter').click();
    await until(() => page.events.length, 'nobody is told');
    expect(page.events).to.deep.equal([
      { type: 'cap-error', tag: 'cap-login-prompt', code: 'server', retryable: true },
    ]);
  });
});

describe('what the hand-over page tells of an act that fails', () => {
  const { page, confirmable } = handoffPage();

  it('is composed', async () => {
    const element = await confirmable();
    const failures: boolean[] = [];
    element.addEventListener('cap-error', ({ composed }) => failures.push(composed));
    page.platform.fail({ status: 403 });
    within(element.shadowRoot as ShadowRoot, 'button.main').click();
    await until(() => failures.length, 'nobody is told');
    expect(failures).to.deep.equal([true]);
  });
});
