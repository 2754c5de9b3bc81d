import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import '../../src/elements/handoff/define.js';
import { hashOf, type HandoffRequest } from '../../src/domain/handoff.js';
import { handoff as texts } from '../../src/i18n/locales/fr/handoff.js';
import { configure } from '../../src/state/page.js';
import { BallotBox } from '../support/ballot-box.js';
import { inState, inTime, mount, nextTask, testPage, until, type Widget } from '../support/page.js';
import { announced, byRole, focused, names, part, textOf } from '../support/perceive.js';
import { openWays } from '../support/sign-in.js';
import { openVote, votable, votingStep } from '../support/voting-fixtures.js';

const CITY = 'https://www.valmont.example';
const KEY = 'cap-widgets:handoff';
const state = '0123456789abcdef0123456789abcdef';

describe('the hand-over page', () => {
  const page = testPage();
  /** What the page that asked has been told, with the origin that the browser was to check. */
  const told: { readonly message: Record<string, unknown>; readonly origin: string }[] = [];

  beforeEach(() => {
    told.length = 0;
    sessionStorage.removeItem(KEY);
    openVote(page.platform);
    page.platform.put(votable('jardin', 12), votable('frigos', 8));
    configure({ platform: page.platform.url, access: 'session' });
    window.opener = {
      postMessage: (message: Record<string, unknown>, origin: string) => told.push({ message, origin }),
    };
  });
  afterEach(() => {
    window.opener = null;
    sessionStorage.removeItem(KEY);
    history.replaceState(null, '', location.pathname + location.search);
  });

  function ask(fields: Partial<HandoffRequest> = {}): void {
    const request: HandoffRequest = {
      action: 'vote',
      stepId: 'vote',
      proposalIds: ['guinguette'],
      state,
      origin: CITY,
      returnUrl: `${CITY}/budget`,
      ...fields,
    };
    history.replaceState(null, '', `#${hashOf(request)}`);
  }
  const open = (fields?: Partial<HandoffRequest>, allow = CITY): Widget => {
    ask(fields);
    return mount(`<cap-handoff allow="${allow}"><a href="/">La plateforme</a></cap-handoff>`, 'cap-handoff');
  };
  /** A page whose button takes clicks. */
  async function confirmable(fields?: Partial<HandoffRequest>): Promise<Widget> {
    const element = open(fields);
    await inState(element, 'confirm');
    page.clock.advance(600);
    await until(() => !element.shadowRoot?.querySelector('[aria-disabled]'), 'the button takes no clicks');
    return element;
  }
  const votes = (): string[] => page.platform.votes.in('vote').map(({ proposalId }) => proposalId);
  const message = { source: 'cap-widgets', state, signedIn: true };
  const recorded = { proposalId: 'guinguette', voted: true, count: 42, accounted: true, code: null };

  it('sends nothing before the visitor confirms, and then tells the site that asked, and it alone', async () => {
    const element = await confirmable();
    expect(votes()).to.be.empty;
    expect(told).to.be.empty;
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['guinguette']);
    expect(told).to.deep.equal([{ message: { ...message, status: 'done', votes: [recorded] }, origin: CITY }]);
    expect(textOf(element)).to.contain(texts['outcome.recorded']);
    expect(names(element, 'link')).to.deep.equal(['Revenir sur www.valmont.example']);
  });

  it('works by keyboard, and leads the focus to the outcome', async () => {
    const element = await confirmable();
    byRole(element, 'button', texts['confirm.vote']).focus();
    await sendKeys({ press: 'Enter' });
    await inState(element, 'done');
    await until(() => focused() === part(element, 'handoff'), 'the focus is lost');
  });

  it('takes no click in the moment in which it appears', async () => {
    const element = open();
    await inState(element, 'confirm');
    const button = byRole(element, 'button', texts['confirm.vote']);
    button.click();
    await nextTask();
    page.clock.advance(599);
    button.click();
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
    page.clock.advance(1);
    await until(() => !button.hasAttribute('aria-disabled'), 'the button takes no clicks');
    button.click();
    await inState(element, 'done');
  });

  it('nor when the window has just come to the front', async () => {
    const element = await confirmable();
    window.dispatchEvent(new Event('focus'));
    byRole(element, 'button', texts['confirm.vote']).click();
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
  });

  it('sends a vote once, however often the button is pressed', async () => {
    const element = await confirmable();
    const button = byRole(element, 'button', texts['confirm.vote']);
    button.click();
    button.click();
    await nextTask();
    button.click();
    await inState(element, 'done');
    expect(page.platform.mutations).to.have.length(1);
    expect(told).to.have.length(1);
  });

  it('does not begin again when it is loaded again', async () => {
    (await confirmable()).shadowRoot?.querySelector<HTMLElement>('button')?.click();
    await until(() => told.length, 'nobody is told');
    page.platform.votes.clear();
    document.querySelector('.place')?.remove();
    const element = open();
    await inState(element, 'done');
    expect(names(element, 'button')).to.be.empty;
    expect(page.platform.mutations).to.have.length(1);
  });

  it('exchanges votes: those that a ballot leaves out go first, those it has stay', async () => {
    page.platform.put(votingStep('vote', { votesLimit: 2 }));
    page.platform.votes.put('frigos', 'vote');
    page.platform.votes.put('jardin', 'vote');
    const element = await confirmable({ action: 'ballot', proposalIds: ['guinguette', 'jardin'] });
    byRole(element, 'button', texts['confirm.ballot']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['jardin', 'guinguette']);
    expect(page.platform.mutations).to.have.length(2);
    expect(told[0]?.message['votes']).to.have.deep.members([
      { proposalId: 'frigos', voted: false, count: 8, accounted: false, code: null },
      { ...recorded, proposalId: 'jardin', count: 13 },
      recorded,
    ]);
  });

  it('says of each vote what was refused, and goes on with the others', async () => {
    const element = await confirmable({ action: 'ballot', proposalIds: ['nowhere', 'guinguette'] });
    byRole(element, 'button', texts['confirm.ballot']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['guinguette']);
    expect(told[0]?.message['status']).to.equal('failed');
    expect(textOf(element)).to.contain(texts['done.failed']);
  });

  it('goes on where an interruption has left it, without sending anything twice', async () => {
    const element = await confirmable({ action: 'ballot', proposalIds: ['jardin', 'guinguette', 'frigos'] });
    // The second vote does not arrive.
    page.platform.votes.add = (input) => {
      const vote = BallotBox.prototype.add.call(page.platform.votes, input);
      page.platform.fail({ status: 400, body: 'nothing' }, Infinity, /^\s*mutation/);
      return vote;
    };
    byRole(element, 'button', texts['confirm.ballot']).click();
    await inTime(page.clock, () => textOf(element).includes(texts.continue), 'it is not interrupted');
    expect(textOf(element)).to.contain(texts.interrupted.replaceAll('\u00a0', ' '));
    await until(() => announced('alert') === texts.interrupted.replaceAll('\u00a0', ' '), 'nobody is told');
    expect(votes()).to.deep.equal(['jardin']);
    expect(told).to.be.empty;
    page.platform.heal();
    Reflect.deleteProperty(page.platform.votes, 'add');
    await element.reload();
    page.clock.advance(600);
    await until(() => !element.shadowRoot?.querySelector('[aria-disabled]'), 'the button takes no clicks');
    byRole(element, 'button', texts.continue).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['jardin', 'guinguette', 'frigos']);
    expect(told).to.have.length(1);
    expect(told[0]?.message['status']).to.equal('done');
  });

  it('says that the session has ended, aloud too, and keeps what is left', async () => {
    const element = await confirmable();
    openWays(page.platform);
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'sign-in');
    await until(() => announced('alert').startsWith('Votre session a expiré'), 'nothing is said');
    expect(told).to.be.empty;
    page.platform.signIn();
    await element.reload();
    await inState(element, 'confirm');
  });

  it('tells a site that only wanted a session, without asking more', async () => {
    const element = open({ action: 'login', stepId: '', proposalIds: [] });
    await inState(element, 'done');
    expect(told).to.deep.equal([{ message: { ...message, status: 'done', votes: [] }, origin: CITY }]);
    expect(page.platform.mutations).to.be.empty;
  });

  for (const [name, fields, allow] of [
    ['another site', {}, 'https://www.ailleurs.example'],
    ['nobody', {}, ''],
    ['everybody', {}, '*'],
    ['another page to return to', { returnUrl: 'https://mechant.example/' }, CITY],
  ] as const)
    it(`asks the platform nothing where it is for ${name}`, async () => {
      const element = open(fields, allow);
      await inState(element, 'error');
      await nextTask();
      expect(page.platform.requests).to.be.empty;
      expect(names(element, 'button')).to.be.empty;
      expect(told).to.be.empty;
      expect(page.events.map(({ type }) => type)).to.deep.equal(['cap-error']);
    });

  it('does nothing on a page that has no session', async () => {
    configure({ platform: page.platform.url });
    const element = open();
    await inState(element, 'error');
    expect(textOf(element)).to.contain('n’est pas installée');
  });

  it('follows its address to another request', async () => {
    const element = await confirmable();
    ask({ proposalIds: ['jardin'], state: 'f'.repeat(32) });
    window.dispatchEvent(new Event('hashchange'));
    byRole(element, 'button', texts['confirm.vote']).click();
    await nextTask();
    await inState(element, 'confirm');
    expect(page.platform.mutations).to.be.empty;
    page.clock.advance(600);
    await until(() => !element.shadowRoot?.querySelector('[aria-disabled]'), 'the button takes no clicks');
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['jardin']);
  });
});
