import { expect } from '@open-wc/testing';

import { handoff as texts } from '../../src/i18n/locales/fr/handoff.js';
import { CITY, handoffPage, state } from '../support/handoff-page.js';
import { inState, nextTask, until } from '../support/page.js';
import { allByRole, announced, byRole, part, textOf } from '../support/perceive.js';
import { openWays } from '../support/sign-in.js';

describe('as whom the hand-over page acts', () => {
  const visit = handoffPage();
  const { page, told, open, confirmable, armed } = visit;
  const sentence = (element: Element): string => textOf(part(element, 'sentence'));
  const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');
  const confirm = (element: Element, action: 'vote' | 'ballot' | 'leave' = 'vote'): void =>
    byRole(element, 'button', texts[`confirm.${action}`]).click();
  const votes = (): string[] => page.platform.votes.in('vote').map(({ proposalId }) => proposalId);
  const message = { source: 'cap-widgets', state };
  const leave = { action: 'leave', stepId: '', proposalIds: [] } as const;

  it('is said with the numbers, and with an address that only its owner knows', async () => {
    page.platform.votes.put('frigos', 'vote');
    const element = await confirmable({ action: 'ballot', proposalIds: ['guinguette', 'jardin'] });
    expect(sentence(element)).to.equal(
      '2 votes seront enregistrés. 1 vote sera retiré. Avec le compte de Lucie Fontaine (l•••@valmont.example).',
    );
    expect(byRole(element, 'button', texts['confirm.ballot']).getAttribute('aria-describedby')).to.equal('sentence');
  });

  it('is looked at again right before: somebody else does not vote for the one who was named', async () => {
    const element = await confirmable();
    page.platform.signIn('Marc Le Goff');
    confirm(element);
    await until(() => sentence(element).includes('Marc Le Goff'), 'the other is not named');
    await until(() => textOf(element).includes(spaced(texts.other)), 'nothing is said');
    await until(() => announced('alert') === spaced(texts.other), 'nobody is told');
    expect(page.platform.mutations).to.be.empty;
    expect(told).to.be.empty;
    expect(byRole(element, 'button', texts['confirm.vote']).getAttribute('aria-disabled')).to.equal('true');
    await armed(element);
    confirm(element);
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['guinguette']);
  });

  it('by the account and not by its name, which others may have, too', async () => {
    const element = await confirmable();
    const viewer = page.platform.root['viewer'] as object;
    page.platform.root['viewer'] = { ...viewer, id: 'another' };
    confirm(element);
    await until(() => textOf(element).includes(spaced(texts.other)), 'nothing is said');
    expect(page.platform.mutations).to.be.empty;
  });

  it('and between two votes, when the window was left', async () => {
    const element = await confirmable({ action: 'ballot', proposalIds: ['guinguette', 'jardin'] });
    const add = page.platform.votes.add.bind(page.platform.votes);
    page.platform.votes.add = (input) => {
      page.platform.signIn('Marc Le Goff');
      window.dispatchEvent(new Event('blur'));
      return add(input);
    };
    confirm(element, 'ballot');
    await until(() => textOf(element).includes(spaced(texts.other)), 'nothing is said');
    expect(votes()).to.deep.equal(['guinguette']);
  });

  it('is not gone on with where the platform does not say', async () => {
    const element = await confirmable();
    page.platform.fail({ status: 410, body: 'nothing' }, Infinity);
    confirm(element);
    await until(() => textOf(element).includes(spaced(texts.interrupted)), 'nothing is said');
    expect(page.platform.mutations).to.be.empty;
  });

  it('is not me: signs out, and has to sign in', async () => {
    const element = await confirmable();
    openWays(page.platform, { signedIn: true });
    byRole(element, 'button', texts['not-me']).click();
    await inState(element, 'sign-in');
    expect(told).to.be.empty;
    expect(textOf(element)).not.to.contain('Lucie');
  });

  it('is not me: says so when the platform keeps the session', async () => {
    const element = await confirmable();
    openWays(page.platform, { signedIn: true });
    page.platform.routes.set('/logout', () => new Response(null, { status: 204 }));
    byRole(element, 'button', texts['not-me']).click();
    await until(
      () => !element.matches(':state(sending)') && textOf(element).includes('La plateforme'),
      'nothing is said',
    );
    expect(element.matches(':state(sign-in)')).to.equal(false);
  });

  it('signs out where that was asked for, on a press, and has the site forget', async () => {
    openWays(page.platform, { signedIn: true });
    const element = await confirmable(leave);
    expect(sentence(element)).to.contain('Lucie Fontaine');
    expect(told).to.be.empty;
    confirm(element, 'leave');
    await inState(element, 'done');
    expect(page.platform.requests.some(({ url }) => url.endsWith('/logout'))).to.equal(true);
    expect(textOf(element)).to.contain(spaced(texts.left));
    expect(told).to.deep.equal([
      { message: { ...message, status: 'done', signedIn: false, votes: [], results: [], forget: true }, origin: CITY },
    ]);
  });

  it('has nobody sign in to sign out', async () => {
    openWays(page.platform);
    const element = await confirmable(leave);
    expect(sentence(element)).to.contain(texts['as.nobody']);
    confirm(element, 'leave');
    await inState(element, 'done');
    expect(told[0]?.message['forget']).to.equal(true);
  });

  it('does not say that anybody has left where the platform keeps the session', async () => {
    openWays(page.platform, { signedIn: true });
    page.platform.routes.set('/logout', () => new Response(null, { status: 204 }));
    const element = await confirmable(leave);
    confirm(element, 'leave');
    await until(() => textOf(element).includes(spaced(texts['left.not'])), 'nothing is said');
    expect(told).to.be.empty;
    expect(textOf(element)).not.to.contain(spaced(texts.left));
  });

  it('offers to leave nothing behind after an act, and then says so to the site in a second answer', async () => {
    openWays(page.platform, { signedIn: true });
    const element = await confirmable();
    confirm(element);
    await inState(element, 'done');
    const [first] = told;
    expect(first?.message).not.to.have.property('forget');
    byRole(element, 'button', spaced(texts['done-here'])).click();
    await until(() => told.length === 2, 'the site is not told');
    expect(told[1]?.message).to.deep.equal({ ...first?.message, signedIn: false, forget: true });
    await until(() => textOf(element).includes(spaced(texts.left)), 'nothing is said');
    expect(textOf(element)).not.to.contain('guinguette');
    expect(sessionStorage.getItem('cap-widgets:handoff')).not.to.contain('guinguette","voted');
  });

  it('leaves nothing of one person’s votes for the next one in this window', async () => {
    const element = await confirmable();
    confirm(element);
    await inState(element, 'done');
    element.remove();
    page.platform.signIn('Marc Le Goff');
    const again = open();
    await inState(again, 'done');
    await nextTask();
    expect(textOf(again)).not.to.contain('guinguette');
    expect(allByRole(again, 'button').map(textOf)).to.deep.equal([spaced(texts['done-here'])]);
  });
});
