import { expect } from '@open-wc/testing';

import { hashOf } from '../../src/domain/handoff.js';
import { handoff as texts } from '../../src/i18n/locales/fr/handoff.js';
import { CITY, handoffPage, state } from '../support/handoff-page.js';
import { inState, mount, nextTask, until } from '../support/page.js';
import { byRole, names, part, textOf } from '../support/perceive.js';
import { openWays } from '../support/sign-in.js';

const HOST = new URL(CITY).host;
const said = (text: string): string => text.replace('{host}', HOST).replaceAll('\u00a0', ' ');

describe('who asks for a hand-over', () => {
  const visit = handoffPage();
  const { page, posted, told, open, confirmable, armed, ask } = visit;
  const from = (element: Element): string => textOf(part(element, 'from'));
  const referrer = Object.getOwnPropertyDescriptor(Document.prototype, 'referrer');
  const ledFrom = (url: string): void =>
    void Object.defineProperty(Document.prototype, 'referrer', { get: () => url, configurable: true });
  afterEach(() => {
    if (referrer) Object.defineProperty(Document.prototype, 'referrer', referrer);
  });
  /** Nobody says that he asks. */
  async function unvouched(fields: Parameters<typeof open>[0] = {}, stage = 'claimed'): Promise<HTMLElement> {
    visit.vouches = false;
    const element = open(fields);
    await nextTask();
    page.clock.advance(3000);
    await inState(element, stage);
    return element;
  }

  it('is told that the page is ready, and nothing else, before it is asked who is signed in', async () => {
    visit.vouches = false;
    let asked = -1;
    const opener = visit.opener();
    const post = opener.postMessage.bind(opener) as (message: unknown, origin: string) => void;
    opener.postMessage = (message: unknown, origin: unknown) => {
      asked = page.platform.requests.length;
      post(message, String(origin));
    };
    open();
    await until(() => page.platform.requests.length, 'the platform is not asked');
    await nextTask();
    expect(asked).to.equal(0);
    expect(posted).to.deep.equal([{ message: { source: 'cap-widgets', type: 'ready', state }, origin: CITY }]);
  });

  it('is believed when it says just what the address says', async () => {
    const element = await confirmable();
    expect(from(element)).to.equal(said(texts['from.asked']));
  });

  for (const [name, fields] of [
    [
      'another request',
      {
        request: hashOf({
          action: 'vote',
          stepId: 'vote',
          proposalIds: ['jardin'],
          state,
          origin: CITY,
          returnUrl: CITY,
        }),
      },
    ],
    ['as another site', { origin: 'https://mechant.example' }],
    ['from another window', { source: window }],
  ] as const)
    it(`is not believed: ${name}`, async () => {
      visit.vouches = false;
      const element = open();
      await until(() => posted.length, 'it is not ready');
      visit.vouch(fields);
      await nextTask();
      expect(element.matches(':state(loading)')).to.equal(true);
      page.clock.advance(3000);
      await inState(element, 'claimed');
    });

  it('is waited for for three seconds', async () => {
    visit.vouches = false;
    const element = open();
    await until(() => posted.length, 'it is not ready');
    await until(() => page.platform.requests.length, 'the platform is not asked');
    page.clock.advance(2999);
    await nextTask();
    expect(element.matches(':state(loading)')).to.equal(true);
    visit.vouch();
    await inState(element, 'confirm');
  });

  it('changes nothing when it says so too late', async () => {
    const element = await unvouched();
    visit.vouch();
    await nextTask();
    expect(from(element)).to.equal(said(texts['from.claimed']));
  });

  it('has led here where the browser says so', async () => {
    ledFrom(`${CITY}/`);
    const element = await unvouched({}, 'confirm');
    expect(from(element)).to.equal(said(texts['from.led']));
  });

  it('has not when another site has, or one with its name in its own', async () => {
    ledFrom(`${CITY}.mechant.example/?${CITY}/`);
    await unvouched();
  });

  it('is not waited for where no page can have asked', async () => {
    window.opener = null;
    const element = open();
    await inState(element, 'claimed');
    expect(page.clock.pending).to.equal(0);
  });

  it('only claims to: the first press shows the request and sends nothing', async () => {
    const element = await unvouched();
    expect(textOf(element)).not.to.contain('guinguette');
    byRole(element, 'button', texts['confirm.claimed']).click();
    await inState(element, 'confirm');
    expect(textOf(element)).to.contain('guinguette');
    expect(page.platform.mutations).to.be.empty;
    await armed(element);
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    expect(page.platform.mutations).to.have.length(1);
  });

  /** A request from elsewhere that the visitor wants to see. */
  async function opened(fields: Parameters<typeof open>[0]): Promise<HTMLElement> {
    const element = await unvouched(fields);
    byRole(element, 'button', texts['confirm.claimed']).click();
    await inState(element, 'confirm');
    return element;
  }
  const votes = (): string[] => page.platform.votes.in('vote').map(({ proposalId }) => proposalId);

  it('only claims to: nothing is taken back of what a ballot leaves out', async () => {
    page.platform.votes.put('frigos', 'vote');
    const element = await opened({ action: 'ballot' });
    expect(textOf(part(element, 'sentence'))).to.match(/^1 vote sera enregistré\. Avec/);
    await armed(element);
    byRole(element, 'button', texts['confirm.ballot']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['frigos', 'guinguette']);
  });

  it('unless the visitor ticks it', async () => {
    page.platform.votes.put('frigos', 'vote');
    const element = await opened({ action: 'ballot' });
    byRole(element, 'checkbox', texts.tick.one).click();
    await until(() => /1 vote sera retiré/.test(textOf(part(element, 'sentence'))), 'it is not counted');
    await armed(element);
    byRole(element, 'button', texts['confirm.ballot']).click();
    await inState(element, 'done');
    expect(votes()).to.deep.equal(['guinguette']);
  });

  it('only claims to: a withdrawal cannot even be pressed for without that', async () => {
    page.platform.votes.put('guinguette', 'vote');
    const element = await opened({ action: 'unvote' });
    await until(() => byRole(element, 'checkbox', texts.tick.one), 'it is not asked');
    page.clock.advance(5000);
    await nextTask();
    byRole(element, 'button', texts['confirm.unvote']).click();
    await nextTask();
    expect(votes()).to.deep.equal(['guinguette']);
    byRole(element, 'checkbox', texts.tick.one).click();
    await armed(element);
    byRole(element, 'button', texts['confirm.unvote']).click();
    await inState(element, 'done');
    expect(votes()).to.be.empty;
  });

  it('has to say so again for another address', async () => {
    const element = await confirmable();
    visit.vouches = false;
    ask({ proposalIds: ['jardin'], state: 'f'.repeat(32) });
    window.dispatchEvent(new Event('hashchange'));
    await until(() => posted.length === 2, 'it is not ready again');
    await nextTask();
    expect(element.matches(':state(loading)')).to.equal(true);
    page.clock.advance(3000);
    await inState(element, 'claimed');
  });

  it('a press does not count for an address that has just changed', async () => {
    const element = await confirmable();
    ask({ proposalIds: ['jardin'] });
    byRole(element, 'button', texts['confirm.vote']).click();
    await nextTask();
    expect(page.platform.mutations).to.be.empty;
  });

  it('has to say so again to a page from the browser’s cache, which shows nothing before', async () => {
    const element = await confirmable();
    visit.vouches = false;
    const release = page.platform.hold();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await inState(element, 'loading');
    expect(textOf(element)).not.to.contain('Lucie');
    page.clock.advance(3000);
    await nextTask();
    expect(element.matches(':state(loading)')).to.equal(true);
    page.platform.signIn('Marc Le Goff');
    release();
    await inState(element, 'claimed');
    byRole(element, 'button', texts['confirm.claimed']).click();
    await until(() => textOf(element).includes('Marc Le Goff'), 'nobody is named');
  });

  it('waits for a sign-in elsewhere under a name that says nothing, with its proof, and is found once', async () => {
    openWays(page.platform, { services: { openid: 'Valmont Connect' } });
    const element = open();
    await inState(element, 'sign-in');
    const prompt = element.shadowRoot?.querySelector('cap-login-prompt');
    const { destination = '' } = prompt ?? {};
    expect(destination).to.match(/^[^#]*#cap-request=[\da-f]{32}$/);
    element.remove();
    // The visitor comes back; nobody can vouch any more.
    window.opener = null;
    page.platform.signIn();
    history.replaceState(null, '', new URL(destination).hash);
    const back = mount(`<cap-handoff allow="${CITY}"></cap-handoff>`, 'cap-handoff');
    await inState(back, 'confirm');
    expect(from(back)).to.equal(said(texts['from.asked']));
    expect(location.hash).to.contain(state);
    back.remove();
    history.replaceState(null, '', new URL(destination).hash);
    const again = mount(`<cap-handoff allow="${CITY}"></cap-handoff>`, 'cap-handoff');
    await inState(again, 'error');
    expect(textOf(again)).to.contain(texts['refusal.lost']);
  });

  it('its proof is not for another request that comes back in its place', async () => {
    openWays(page.platform);
    const element = open();
    await inState(element, 'sign-in');
    element.remove();
    window.opener = null;
    ask({ proposalIds: ['jardin'] });
    await inState(mount(`<cap-handoff allow="${CITY}"></cap-handoff>`, 'cap-handoff'), 'claimed');
  });

  it('does not wait for longer than ten minutes', async () => {
    openWays(page.platform);
    const element = open();
    await inState(element, 'sign-in');
    const { destination = '' } = element.shadowRoot?.querySelector('cap-login-prompt') ?? {};
    element.remove();
    page.clock.advance(600_000);
    history.replaceState(null, '', new URL(destination).hash);
    const back = mount(`<cap-handoff allow="${CITY}"></cap-handoff>`, 'cap-handoff');
    await inState(back, 'error');
    expect(names(back, 'button')).to.be.empty;
    expect(told).to.be.empty;
  });
});
