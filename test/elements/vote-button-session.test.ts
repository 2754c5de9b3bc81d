import { expect } from '@open-wc/testing';

import { inState, mount, nextTask, place, testPage, until, type TestPage, type Widget } from '../support/page.js';
import { focused } from '../support/perceive.js';
import {
  comesBack,
  control,
  done,
  DRAFT,
  inSession,
  message,
  pressed,
  promptIn,
  shown,
  shownButton,
  TAG,
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

describe('a vote button for a visitor who is not signed in', () => {
  const page = testPage();
  const changes = voteChanges();

  it('says that one has to sign in, and shows how when it is pressed', async () => {
    const element = await signedOut(page);
    expect(message(element)).to.equal('Connectez-vous pour voter.');
    expect(pressed(element)).to.equal('false');
    expect(control(element).hasAttribute('aria-disabled')).to.be.false;
    expect(promptIn(element)).not.to.exist;
    expect(localStorage.length).to.equal(0);
    const asked: unknown[] = [];
    element.addEventListener('cap-login-request', ({ detail }) => asked.push(detail), { once: true });
    control(element).click();
    await until(() => promptIn(element), 'the ways in are not shown');
    expect(asked).to.deep.equal([{ reason: 'vote' }]);
    expect(page.platform.mutations).to.be.empty;
  });

  it('leaves signing in to a page that takes it over', async () => {
    const element = await signedOut(page);
    element.addEventListener('cap-login-request', (event) => event.preventDefault(), { once: true });
    control(element).click();
    await nextTask();
    expect(promptIn(element)).not.to.exist;
    expect(localStorage.length).to.equal(0);
  });

  it('votes once the visitor is back, once', async () => {
    const element = await signedOut(page);
    control(element).click();
    await until(() => promptIn(element), 'the ways in are not shown');
    await comesBack(page);
    await inState(element, 'voted');
    await done(element);
    expect(page.platform.mutations).to.have.length(1);
    expect(changes).to.deep.equal([
      { proposalId: 'guinguette', stepId: 'vote', voted: true, count: 42, accounted: true },
    ]);
    expect(localStorage.length).to.equal(0);
    expect(promptIn(element)).not.to.exist;
    await comesBack(page);
    await element.reload();
    expect(page.platform.mutations).to.have.length(1);
  });

  it('votes once for two buttons of the same proposal', async () => {
    page.platform.put(votingStep(), votable());
    inSession(page);
    const main = place(voteButton() + voteButton());
    for (const element of main.children) await inState(element, 'signed-out');
    for (const element of main.children) control(element).click();
    await comesBack(page);
    for (const element of main.children) await inState(element, 'voted');
    expect(page.platform.mutations).to.have.length(1);
  });

  it('keeps the visitor’s place when the ways in go', async () => {
    const element = await signedOut(page);
    control(element).click();
    await until(() => promptIn(element), 'the ways in are not shown');
    const prompt = promptIn(element) as HTMLElement;
    prompt.tabIndex = 0;
    prompt.focus();
    await comesBack(page);
    await inState(element, 'voted');
    expect(focused() === control(element), String(focused()?.outerHTML)).to.be.true;
  });

  it('keeps the focus on itself while somebody signs in', async () => {
    const element = await signedOut(page);
    control(element).focus();
    await comesBack(page);
    await until(() => !element.matches(':state(signed-out)'), 'the session is not noticed');
    expect(focused() === control(element)).to.be.true;
    expect(page.platform.mutations, 'Nobody has pressed it.').to.be.empty;
  });

  it('does not take a vote back that turns out to be there', async () => {
    const element = await signedOut(page);
    page.platform.votes.put('guinguette', 'vote');
    control(element).click();
    await comesBack(page);
    await inState(element, 'voted');
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
    expect(pressed(element)).to.equal('true');
  });

  it('does not vote where that has become impossible, and says why', async () => {
    const element = await signedOut(page);
    control(element).click();
    page.platform.change('vote', { votesLimit: 1 });
    page.platform.put(votable('frigos'));
    page.platform.votes.put('frigos', 'vote');
    await comesBack(page);
    await inState(element, 'blocked');
    expect(message(element)).to.match(/^Vous avez utilisé votre vote/);
    expect(page.platform.mutations).to.be.empty;
    await until(() => localStorage.length === 0, 'the wish is forgotten');
    expect(page.platform.mutations).to.be.empty;
  });
});

describe('what a visitor wanted before signing in led away from the page', () => {
  const page = testPage();
  const changes = voteChanges();

  const wish = (more: object = {}): void =>
    localStorage.setItem(
      DRAFT,
      JSON.stringify({
        intent: {
          platform: page.platform.url,
          proposalId: 'guinguette',
          stepId: 'vote',
          voted: true,
          at: page.clock.now() - 60_000,
          ...more,
        },
      }),
    );

  it('is kept on the device until it is done', async () => {
    const element = await signedOut(page);
    control(element).click();
    const { intent } = JSON.parse(localStorage.getItem(DRAFT) ?? '{}') as { intent: object };
    expect(intent).to.deep.equal({
      platform: page.platform.url,
      proposalId: 'guinguette',
      stepId: 'vote',
      voted: true,
      at: page.clock.now(),
    });
    expect([localStorage.length, localStorage.key(0)]).to.deep.equal([1, DRAFT]);
  });

  it('is done when the page is back, once: here, in its twin and after another visit', async () => {
    wish();
    page.platform.put(votingStep(), votable());
    page.platform.signIn();
    inSession(page);
    const main = place(voteButton() + voteButton());
    for (const element of main.children) await inState(element, 'voted');
    expect(page.platform.mutations).to.have.length(1);
    expect(changes).to.have.length(1);
    expect(localStorage.length).to.equal(0);
    main.remove();
    page.platform.votes.clear();
    await nextTask();
    await shown();
    await nextTask();
    expect(page.platform.mutations).to.have.length(1);
  });

  it('is gone before it is carried out, so that no other tab does it too', async () => {
    wish();
    const answer = page.platform.hold();
    page.platform.put(votingStep(), votable());
    page.platform.signIn();
    inSession(page);
    const element = mount(voteButton(), TAG);
    answer();
    await inState(element, 'ready');
    const hold = page.platform.hold();
    await until(() => page.platform.mutations.length === 1, 'nothing is sent');
    expect(localStorage.getItem(DRAFT)).to.equal(null);
    hold();
    await inState(element, 'voted');
  });

  const ignored: readonly [what: string, more: object][] = [
    ['of long ago', { at: 0 }],
    ['for another proposal', { proposalId: 'frigos' }],
    ['in another step', { stepId: 'other' }],
    ['on another platform', { platform: 'https://autre.example' }],
  ];
  for (const [what, more] of ignored)
    it(`is not done when it is ${what}`, async () => {
      wish(more);
      await shownButton(page);
      await nextTask();
      expect(page.platform.mutations).to.be.empty;
    });

  it('is nothing where the storage holds something else', async () => {
    for (const stored of ['', 'null', '[]', '"x"', '{"intent":7}', '{broken']) {
      localStorage.setItem(DRAFT, stored);
      const element = await shownButton(page);
      await nextTask();
      expect(page.platform.mutations, stored).to.be.empty;
      element.remove();
      await nextTask();
    }
  });

  it('leaves what else is kept there as it is', async () => {
    localStorage.setItem(DRAFT, JSON.stringify({ ballot: ['x'] }));
    const element = await signedOut(page);
    control(element).click();
    await comesBack(page);
    await inState(element, 'voted');
    expect(localStorage.getItem(DRAFT)).to.equal('{"ballot":["x"]}');
  });

  it('is done all the same where the browser stores nothing', async () => {
    Object.defineProperty(localStorage, 'setItem', {
      value: () => {
        throw new DOMException('Denied', 'QuotaExceededError');
      },
    });
    const element = await signedOut(page);
    control(element).click();
    await comesBack(page);
    await inState(element, 'voted');
    expect(page.platform.mutations).to.have.length(1);
  });
});
