import { expect } from '@open-wc/testing';

import { inState, inTime, nextTask, place, testPage, until, type TestPage, type Widget } from '../support/page.js';
import { allByRole, announced, focused, nameOf, textOf } from '../support/perceive.js';
import { ownSession, pressedSignedOut, signsInHere } from '../support/own-session.js';
import { NAME } from '../support/sign-in.js';
import {
  change,
  comesBack,
  control,
  done,
  inSession,
  message,
  pressed,
  promptIn,
  shown,
  shownButton,
  voteButton,
  voteChanges,
} from '../support/voting.js';
import { votable, votingStep } from '../support/voting-fixtures.js';

/** A button for a visitor who has not signed in yet. */
async function signedOut(page: TestPage, attributes?: string): Promise<Widget> {
  page.platform.put(votingStep(), votable());
  inSession(page);
  return shown(attributes, 'signed-out');
}

const question = (element: Element): string => {
  const found = element.shadowRoot?.querySelector('#question');
  return found ? textOf(found) : '';
};

function answer(element: Element, name: string): void {
  const button = allByRole(element, 'button').find((one) => nameOf(one) === name);
  if (!button) throw new Error(`There is no button « ${name} ».`);
  button.click();
}

describe('a vote button for a visitor who is not signed in', () => {
  const page = testPage();
  voteChanges();

  it('says that one has to sign in, and shows how when it is pressed', async () => {
    const element = await signedOut(page);
    expect(message(element)).to.equal('Connectez-vous pour voter.');
    expect(pressed(element)).to.equal('false');
    expect(control(element).hasAttribute('aria-disabled')).to.be.false;
    expect(promptIn(element)).not.to.exist;
    const asked: unknown[] = [];
    element.addEventListener('cap-login-request', ({ detail }) => asked.push(detail), { once: true });
    control(element).click();
    await until(() => promptIn(element), 'the ways in are not shown');
    expect(asked).to.deep.equal([{ reason: 'vote' }]);
    expect(page.platform.mutations).to.be.empty;
    expect([localStorage.length, sessionStorage.getItem('cap-widgets:wish')]).to.deep.equal([0, null]);
  });

  it('leaves signing in to a page that takes it over', async () => {
    const element = await signedOut(page);
    element.addEventListener('cap-login-request', (event) => event.preventDefault(), { once: true });
    control(element).click();
    await nextTask();
    expect(promptIn(element)).not.to.exist;
    await comesBack(page);
    await inState(element, 'ready');
    await nextTask();
    expect(question(element)).to.equal('');
  });

  it('keeps the focus on itself while somebody signs in', async () => {
    const element = await signedOut(page);
    control(element).focus();
    await comesBack(page);
    await until(() => !element.matches(':state(signed-out)'), 'the session is not noticed');
    expect(focused() === control(element)).to.be.true;
    expect(page.platform.mutations, 'Nobody has pressed it.').to.be.empty;
  });
});

describe('a vote that waits for its visitor to sign in', () => {
  const page = testPage();
  const changes = voteChanges();

  it('is cast once by the page whose own prompt has signed him in', async () => {
    ownSession(page);
    const element = await pressedSignedOut();
    signsInHere(element);
    await inState(element, 'voted');
    await done(element);
    expect(page.platform.mutations).to.have.length(1);
    expect(changes).to.deep.equal([change('guinguette', true, 42)]);
    expect(promptIn(element)).not.to.exist;
    expect([localStorage.length, sessionStorage.getItem('cap-widgets:wish')]).to.deep.equal([0, null]);
    document.dispatchEvent(new Event('visibilitychange'));
    await nextTask();
    expect(page.platform.mutations).to.have.length(1);
  });

  it('is cast once for two buttons of the same proposal', async () => {
    ownSession(page);
    const main = place(voteButton() + voteButton());
    for (const element of main.children) await inState(element, 'signed-out');
    for (const element of main.children) control(element).click();
    const [, second] = [...main.children];
    if (!second) throw new Error('The buttons are not there.');
    await until(() => promptIn(second)?.shadowRoot?.querySelector('form'), 'the ways in are not shown');
    signsInHere(second);
    for (const element of main.children) await inState(element, 'voted');
    expect(page.platform.mutations).to.have.length(1);
  });

  it('keeps the visitor’s place when the ways in go', async () => {
    ownSession(page);
    const element = await pressedSignedOut();
    const prompt = promptIn(element) as HTMLElement;
    prompt.tabIndex = 0;
    prompt.focus();
    signsInHere(element);
    await inState(element, 'voted');
    expect(focused() === control(element), String(focused()?.outerHTML)).to.be.true;
  });

  it('is a question to whoever is signed in in any other way: nothing is sent before he says yes', async () => {
    const element = await signedOut(page);
    control(element).click();
    await until(() => promptIn(element), 'the ways in are not shown');
    await comesBack(page);
    await inState(element, 'asking');
    expect(question(element)).to.equal(
      'Un vote a été demandé ici avant cette connexion. ' +
        `Voter pour « Une guinguette au bord de l’eau » avec le compte de ${NAME} ?`,
    );
    await until(() => announced('status') === question(element), 'nobody hears of it');
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
    answer(element, 'Oui, voter');
    await inState(element, 'voted');
    expect(page.platform.mutations).to.have.length(1);
    expect(focused() === control(element), String(focused()?.outerHTML)).to.be.true;
  });

  it('is gone when he says no', async () => {
    const element = await signedOut(page);
    control(element).click();
    await comesBack(page);
    await inState(element, 'asking');
    answer(element, 'Non');
    await until(() => !element.matches(':state(asking)'), 'the question stays');
    page.platform.signOut();
    document.dispatchEvent(new Event('visibilitychange'));
    await inState(element, 'signed-out');
    await comesBack(page);
    await until(() => !element.matches(':state(signed-out)'), 'the session is not noticed');
    await nextTask();
    expect([question(element), page.platform.mutations.length]).to.deep.equal(['', 0]);
  });

  it('is a question after ten minutes, also where this page signs him in', async () => {
    ownSession(page);
    const element = await pressedSignedOut();
    page.clock.advance(600_000);
    signsInHere(element);
    await inState(element, 'asking');
    expect(page.platform.mutations).to.be.empty;
  });

  it('is asked of nobody once its visitor has left, here or in another tab', async () => {
    const element = await signedOut(page);
    control(element).click();
    await until(() => promptIn(element), 'the ways in are not shown');
    const tab = new BroadcastChannel('cap-widgets');
    tab.postMessage({ platform: page.platform.url, forget: true });
    await until(() => !promptIn(element), 'the wish stays');
    tab.close();
    await comesBack(page);
    await until(() => !element.matches(':state(signed-out)'), 'the session is not noticed');
    await nextTask();
    expect([question(element), page.platform.mutations.length]).to.deep.equal(['', 0]);
  });

  it('does not take a vote back that turns out to be there', async () => {
    const element = await signedOut(page);
    page.platform.votes.put('guinguette', 'vote');
    control(element).click();
    await comesBack(page);
    await inState(element, 'voted');
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
    expect([pressed(element), question(element)]).to.deep.equal(['true', '']);
  });

  it('is not cast where that has become impossible, and the reason is said', async () => {
    const element = await signedOut(page);
    control(element).click();
    page.platform.change('vote', { votesLimit: 1 });
    page.platform.put(votable('frigos'));
    page.platform.votes.put('frigos', 'vote');
    await comesBack(page);
    await inState(element, 'blocked');
    expect(message(element)).to.match(/^Vous avez utilisé votre vote/);
    expect([question(element), page.platform.mutations.length]).to.deep.equal(['', 0]);
  });
});

describe('a vote of somebody whose session has ended', () => {
  const page = testPage();
  const changes = voteChanges();

  /** Presses, and learns that the session has ended meanwhile. */
  async function refused(options: Parameters<typeof ownSession>[1] = {}): Promise<HTMLElement> {
    const session = ownSession(page, { signedIn: true, ...options });
    const element = await shown();
    session.name = null;
    control(element).click();
    await inState(element, 'signed-out');
    await until(() => promptIn(element)?.shadowRoot?.querySelector('form'), 'the ways in are not shown');
    expect(message(element)).to.equal('Vous n’êtes plus connecté. Connectez-vous, votre choix sera enregistré.');
    return element;
  }

  it('is cast for his account once this page has signed him in again', async () => {
    const element = await refused();
    signsInHere(element);
    await inState(element, 'voted');
    expect(changes).to.have.length(1);
    expect(page.platform.votes.votes).to.have.length(1);
  });

  it('is neither cast nor shown for another account', async () => {
    const element = await refused({ account: 'Karim Belkacem' });
    signsInHere(element);
    await until(() => textOf(element).includes('Karim Belkacem'), 'the other account is not shown');
    await nextTask();
    expect([question(element), page.platform.votes.votes.length, changes.length]).to.deep.equal(['', 0, 0]);
  });
});

describe('a vote of somebody who leaves the page to sign in', () => {
  const page = testPage();
  voteChanges();
  const KEY = 'cap-widgets:wish';
  afterEach(() => sessionStorage.removeItem(KEY));

  const keep = (more: object = {}): void => {
    const wish = { kind: 'proposal', id: 'guinguette', step: 'vote', value: true };
    sessionStorage.setItem(
      KEY,
      JSON.stringify({ platform: page.platform.url, wish, by: null, at: page.clock.now() - 60_000, ...more }),
    );
  };

  it('is a question in the tab that has kept it, read once', async () => {
    keep();
    const element = await shownButton(page);
    await inState(element, 'asking');
    expect(sessionStorage.getItem(KEY)).to.equal(null);
    expect(page.platform.mutations).to.be.empty;
    element.remove();
    await nextTask();
    const again = await shown();
    await nextTask();
    expect(question(again)).to.equal('');
  });

  const ignored: readonly [what: string, more: object][] = [
    ['of ten minutes ago', { at: 0 }],
    ['of the future', { at: 8e15 }],
    ['for another proposal', { wish: { kind: 'proposal', id: 'frigos', step: 'vote', value: true } }],
    ['in another step', { wish: { kind: 'proposal', id: 'guinguette', step: 'other', value: true } }],
    ['on another platform', { platform: 'https://autre.example' }],
    ['of another account', { by: 'somebody-else' }],
  ];
  for (const [what, more] of ignored)
    it(`is nothing when it is ${what}`, async () => {
      keep(more);
      const element = await shownButton(page);
      await nextTask();
      expect([question(element), page.platform.mutations.length]).to.deep.equal(['', 0]);
    });

  it('is nothing where the storage holds something else', async () => {
    for (const stored of ['', 'null', '[]', '"x"', '{"wish":7}', '{broken', '{"wish":{"kind":1}}']) {
      sessionStorage.setItem(KEY, stored);
      const element = await shownButton(page);
      await nextTask();
      expect([question(element), page.platform.mutations.length], stored).to.deep.equal(['', 0]);
      element.remove();
      await nextTask();
    }
  });
});

describe('a vote button of a page that was away', () => {
  const page = testPage();
  voteChanges();

  it('looks who is signed in before it acts, and stops if that is somebody else', async () => {
    const session = ownSession(page, { signedIn: true });
    const element = await shown();
    dispatchEvent(new Event('blur'));
    session.name = 'Karim Belkacem';
    control(element).click();
    await until(() => /^Le compte connecté a changé/.test(message(element)), `it says: ${textOf(element)}`);
    expect(message(element)).to.equal(
      'Le compte connecté a changé : c’est maintenant Karim Belkacem. Rien n’a été envoyé.',
    );
    expect(page.platform.mutations).to.be.empty;
    control(element).click();
    await inState(element, 'voted');
    expect(page.platform.mutations).to.have.length(1);
  });

  it('sends nothing while nobody can say who is signed in', async () => {
    const element = await shownButton(page);
    dispatchEvent(new Event('blur'));
    page.platform.fail('network');
    control(element).click();
    await inTime(page.clock, () => /n’est pas enregistré/.test(message(element)), 'it does not say so');
    expect(page.platform.mutations).to.be.empty;
  });

  it('hides what is personal when it comes out of the browser’s cache, until it has asked again', async () => {
    page.platform.votes.put('guinguette', 'vote');
    const element = await shownButton(page);
    await until(() => textOf(element).includes(NAME), 'the account is not named');
    const release = page.platform.hold();
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await inState(element, 'loading');
    expect(textOf(element)).not.to.contain(NAME);
    page.platform.signOut();
    release();
    await inState(element, 'signed-out');
    expect(pressed(element)).to.equal('false');
  });

  it('asks again for what was wished before it was in the cache', async () => {
    ownSession(page);
    const element = await pressedSignedOut();
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await inState(element, 'signed-out');
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
    await comesBack(page);
    await inState(element, 'asking');
    expect(page.platform.mutations).to.be.empty;
  });
});
