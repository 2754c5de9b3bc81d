import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import '../../src/elements/handoff/define.js';
import { handoff as texts } from '../../src/i18n/locales/fr/handoff.js';
import { BallotBox } from '../support/ballot-box.js';
import { configure } from '../../src/state/page-settings.js';
import { CITY, handoffPage, state } from '../support/handoff-page.js';
import { inState, inTime, nextTask, until } from '../support/page.js';
import { announced, byRole, focused, names, part, textOf } from '../support/perceive.js';
import { votingStep } from '../support/voting-fixtures.js';
import { openWays } from '../support/sign-in.js';

describe('the hand-over page', () => {
  const visit = handoffPage();
  const { page, told, confirmable, open, ask, armed } = visit;
  const votes = (): string[] => page.platform.votes.in('vote').map(({ proposalId }) => proposalId);
  const message = { source: 'cap-widgets', state, signedIn: true };
  const recorded = { proposalId: 'guinguette', voted: true, count: 42, accounted: true, code: null };
  const result = { kind: 'proposal', id: 'guinguette', value: 'for', counts: { for: 42 }, accounted: true, code: null };

  it('sends nothing before the visitor confirms, and then tells the site that asked, and it alone', async () => {
    const element = await confirmable();
    expect(votes()).to.be.empty;
    expect(told).to.be.empty;
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['guinguette']);
    expect(told).to.deep.equal([
      { message: { ...message, status: 'done', votes: [recorded], results: [result] }, origin: CITY },
    ]);
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

  it('takes no press in the moment in which it appears', async () => {
    const element = open();
    await inState(element, 'confirm');
    byRole(element, 'button', texts['confirm.vote']).click();
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
  });

  it('nor within 600 ms of being seen, as when its window has just come to the front', async () => {
    const element = await confirmable();
    const button = byRole(element, 'button', texts['confirm.vote']);
    window.dispatchEvent(new Event('focus'));
    button.click();
    await nextTask();
    page.clock.advance(599);
    button.click();
    await nextTask();
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    expect(page.platform.mutations).to.be.empty;
    page.clock.advance(1);
    button.click();
    await inState(element, 'done');
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
    expect(names(element, 'button')).to.deep.equal([texts['done-here'].replaceAll('\u00a0', ' ')]);
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
    // What the account had before is nobody's business, and what it takes back for a ballot neither.
    expect(told[0]?.message['votes']).to.deep.equal([recorded]);
    expect(told[0]?.message['results']).to.deep.equal([result]);
    expect(textOf(element)).to.contain(texts['outcome.withdrawn']);
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
      page.platform.fail({ status: 410, body: 'nothing' }, Infinity, /^\s*mutation/);
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
    await armed(element);
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

  it('tells a site that only wanted a session that there is one, once the visitor wants that', async () => {
    const element = await confirmable({ action: 'login', stepId: '', proposalIds: [] });
    expect(told).to.be.empty;
    byRole(element, 'button', texts.continue).click();
    await inState(element, 'done');
    expect(told).to.deep.equal([{ message: { ...message, status: 'done', votes: [], results: [] }, origin: CITY }]);
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
    await armed(element);
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['jardin']);
  });
});
