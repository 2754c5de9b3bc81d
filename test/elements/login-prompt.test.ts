import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import '../../src/elements/login-prompt/define.js';
import type { CapLoginPrompt } from '../../src/elements/login-prompt/login-prompt.js';
import { loginPrompt as texts } from '../../src/i18n/locales/fr/login-prompt.js';
import { configure } from '../../src/state/page-settings.js';
import { connect, FakePlatform } from '../support/fake-platform.js';
import {
  inState,
  inTime,
  kindsOf,
  mount,
  nextTask,
  patiently,
  place,
  testPage,
  until,
  within,
} from '../support/page.js';
import {
  allByRole,
  announced,
  byRole,
  fallbackShown,
  focused,
  names,
  nameOf,
  part,
  textOf,
} from '../support/perceive.js';
import { EMAIL, NAME, openWays, PASSWORD, type FakeSession, type SignInOptions } from '../support/sign-in.js';

const TAG = 'cap-login-prompt';
const prompt = (attributes = ''): string =>
  `<${TAG} ${attributes}><a href="https://participez.valmont.example">La plateforme</a></${TAG}>`;
const plain = (text: string, host = 'participez.valmont.example'): string =>
  text.replaceAll('\u00a0', ' ').replace('{host}', host);

const BOTH = { franceconnect: 'FranceConnect', openid: 'Compte Valmont' };
let gateways = 0;

/** A platform's session on a page: on its own origin, behind a gateway of the page's, or where its CORS names the page. */
function session(
  page: { platform: FakePlatform },
  where: 'own' | 'gateway' | 'cors',
  options?: SignInOptions,
): FakeSession {
  if (where !== 'cors') {
    page.platform = new FakePlatform(`${location.origin}/participation-${++gateways}`);
    after.push(connect(page.platform));
  }
  const { url } = page.platform;
  const platform = where === 'gateway' ? 'https://participez.valmont.example' : url;
  configure({ platform, api: url, access: 'session' });
  return openWays(page.platform, options);
}
const after: (() => void)[] = [];
afterEach(() => {
  for (const undo of after.splice(0)) undo();
});

/** Notes an event of the page by its detail. */
function noted(type: 'cap-session-change' | 'cap-login-request'): unknown[] {
  const details: unknown[] = [];
  const note = ({ detail }: CustomEvent): void => void details.push(detail);
  document.addEventListener(type, note);
  after.push(() => document.removeEventListener(type, note));
  return details;
}

async function shown(state: 'signed-in' | 'signed-out', attributes = ''): Promise<CapLoginPrompt> {
  const element = mount(prompt(attributes), TAG);
  await inState(element, state);
  expect(kindsOf(element)).to.deep.equal(['ready']);
  await expect(element).to.be.accessible();
  return element as CapLoginPrompt;
}

const field = (element: Element, name: 'email' | 'password'): HTMLInputElement => {
  const input = element.shadowRoot?.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (!input) throw new Error(`There is no field ${name}.`);
  return input;
};

/** Fills in the form and sends it, as somebody does who uses the keyboard. */
async function signIn(element: Element, email = EMAIL, password = PASSWORD): Promise<void> {
  field(element, 'email').value = email;
  field(element, 'password').value = password;
  field(element, 'password').focus();
  await sendKeys({ press: 'Enter' });
}

describe('a prompt for somebody who is signed in', () => {
  const page = testPage();

  it('says who that is, and signs out', async () => {
    const visitor = session(page, 'gateway', { signedIn: true });
    const changes = noted('cap-session-change');
    const element = await shown('signed-in');
    expect(textOf(element)).to.equal(`Connecté en tant que ${NAME} J’ai terminé, me déconnecter`);
    expect(changes).to.be.empty;
    byRole(element, 'button', 'J’ai terminé, me déconnecter').focus();
    const answer = page.platform.hold();
    await sendKeys({ press: 'Enter' });
    await inState(element, 'pending');
    expect(textOf(element)).to.contain(texts['pending.sign-out']);
    await expect(element).to.be.accessible();
    answer();
    await inState(element, 'signed-out');
    expect(visitor.name).to.equal(null);
    expect(page.platform.requests.find(({ url }) => url.endsWith('/logout'))?.credentials).to.equal('include');
    await until(() => announced('status') === texts['signed-out'], 'nobody is told');
    expect(changes).to.deep.equal([{ signedIn: false, displayName: null }]);
    expect(focused()).to.equal(part(element, 'status'));
  });

  it('says when signing out has not worked', async () => {
    session(page, 'gateway', { signedIn: true });
    page.platform.routes.set('/logout', () => new Response('', { status: 500 }));
    const element = await shown('signed-in');
    byRole(element, 'button', 'J’ai terminé, me déconnecter').click();
    await until(() => textOf(element).includes(plain(texts['failed.sign-out'])), 'it does not say so');
    expect(page.events.at(-1)).to.deep.equal({ type: 'cap-error', tag: TAG, code: 'server', retryable: true });
  });

  it('shows what happens elsewhere once the visitor is back', async () => {
    const visitor = session(page, 'gateway', { signedIn: true });
    const element = await shown('signed-in');
    visitor.name = null;
    document.dispatchEvent(new Event('visibilitychange'));
    await inState(element, 'signed-out');
  });
});

describe('the ways in', () => {
  const page = testPage();

  it('are asked together with the session, in one request', async () => {
    session(page, 'own', { services: BOTH, flags: ['login_franceconnect'] });
    await shown('signed-out');
    expect(page.platform.requests).to.have.length(1);
    expect(page.platform.requests[0]?.query)
      .to.match(/isAuthenticated/)
      .and.match(/featureFlags/);
    expect(page.platform.requests[0]?.credentials).to.equal('include');
  });

  it('on a page of the platform lead there and back to this very page', async () => {
    session(page, 'own', { services: BOTH, flags: ['login_franceconnect', 'registration'] });
    const element = await shown('signed-out', 'message="Connectez-vous pour voter."');
    expect(textOf(element)).to.match(/^Connectez-vous pour voter\./);
    const back = encodeURIComponent(location.href);
    const hrefs = allByRole(element, 'link').map((link) => [nameOf(link), link.getAttribute('href')]);
    const { url } = page.platform;
    expect(hrefs).to.deep.equal([
      ['Se connecter avec FranceConnect', `${url}/login/franceconnect?_destination=${back}`],
      [plain(`${texts.about} ${texts['new-window']}`), 'https://franceconnect.gouv.fr/'],
      ['Se connecter avec Compte Valmont', `${url}/login/openid?_destination=${back}`],
      [plain(texts.forgotten), `${url}/resetting/request`],
      [`Créer un compte sur ${location.host}`, url],
    ]);
    expect(names(element, 'button')).to.deep.equal(['Se connecter']);
  });

  it('behind a gateway are those whose session it can see', async () => {
    session(page, 'gateway', { services: BOTH, flags: ['login_franceconnect'] });
    const element = await shown('signed-out');
    expect(names(element, 'button')).to.deep.equal(['Se connecter']);
    expect(textOf(element)).to.contain('Pour utiliser FranceConnect ou Compte Valmont, participez sur la plateforme.');
    expect(byRole(element, 'link', 'Se connecter sur participez.valmont.example').getAttribute('href')).to.equal(
      'https://participez.valmont.example',
    );
  });

  it('have no form where the platform leaves all to its identity service', async () => {
    session(page, 'own', { services: { openid: 'Compte Valmont' }, flags: ['sso_by_pass_auth', 'registration'] });
    const element = await shown('signed-out');
    expect(names(element, 'link')).to.deep.equal(['Se connecter avec Compte Valmont']);
    expect(names(element, 'button')).to.be.empty;
  });

  it('ask for no password on a page of another origin', async () => {
    session(page, 'cors');
    const element = await shown('signed-out');
    expect(element.shadowRoot?.querySelector('input')).to.equal(null);
    expect(names(element, 'button')).to.deep.equal([`Se connecter sur ${new URL(page.platform.url).host}`]);
  });

  it('are the platform’s page alone where the page has no session', async () => {
    const requests = noted('cap-login-request');
    const element = mount(prompt('message="Connectez-vous pour voter."'), TAG) as CapLoginPrompt;
    await inState(element, 'empty');
    await expect(element).to.be.accessible();
    const { host } = new URL(page.platform.url);
    expect(textOf(element)).to.equal(
      `Connectez-vous pour voter. ${plain(texts.elsewhere)} ${plain(texts.platform, host)}`,
    );
    element.destination = `${page.platform.url}/project/budget`;
    await until(
      () => byRole(element, 'link', plain(texts.platform, host)).getAttribute('href')?.endsWith('/budget'),
      '',
    );
    element.destination = 'javascript:alert(1)';
    await element.updateComplete;
    const link = byRole(element, 'link', plain(texts.platform, host));
    expect(link.getAttribute('href')).to.equal(page.platform.url);
    document.addEventListener('cap-login-request', (event) => event.preventDefault(), { once: true });
    link.click();
    expect(requests).to.deep.equal([{ reason: 'Connectez-vous pour voter.' }]);
    expect(page.platform.requests).to.be.empty;
  });

  it('are told in the page’s language', async () => {
    session(page, 'gateway', { services: BOTH, flags: ['login_franceconnect'] });
    const element = await shown('signed-out', 'lang="en"');
    expect(textOf(element)).to.contain('To use FranceConnect or Compte Valmont, take part on the platform.');
    await signIn(element, EMAIL, 'wrong');
    await until(() => textOf(element).includes('The address or the password is wrong.'), 'it does not speak English');
  });
});

describe('a password', () => {
  const page = testPage();

  it('signs in: it goes to the page’s own origin once, and stays nowhere', async () => {
    const { attempts } = session(page, 'gateway');
    const changes = noted('cap-session-change');
    const element = await shown('signed-out');
    expect(field(element, 'email').autocomplete).to.equal('username');
    expect(field(element, 'password').autocomplete).to.equal('current-password');
    expect([...part(element, 'prompt').querySelectorAll('label')].map((label) => label.control?.id)).to.deep.equal([
      'email',
      'password',
    ]);
    const answer = page.platform.hold();
    await signIn(element);
    await inState(element, 'pending');
    await until(() => announced('status') === texts['pending.sign-in'], 'nobody is told');
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    answer();
    await inState(element, 'signed-in');
    expect(attempts).to.deep.equal([{ username: EMAIL, password: PASSWORD }]);
    expect(textOf(part(element, 'status'))).to.equal(`Connecté en tant que ${NAME}`);
    await until(() => announced('status') === `Connecté en tant que ${NAME}`, 'nobody is told of it');
    expect(changes).to.deep.equal([{ signedIn: true, displayName: NAME }]);
    expect(focused()).to.equal(part(element, 'status'));
    expect(element.shadowRoot?.innerHTML).not.to.contain(PASSWORD);
  });

  it('that is wrong is asked for again, with the address kept', async () => {
    session(page, 'gateway');
    const element = await shown('signed-out');
    await signIn(element, EMAIL, 'wrong');
    await until(() => announced('alert') === texts['failed.bad-credentials'], 'nobody is told');
    expect(focused()).to.equal(field(element, 'password'));
    expect(field(element, 'password').value).to.equal('');
    expect(field(element, 'email').value).to.equal(EMAIL);
    expect(field(element, 'password').getAttribute('aria-invalid')).to.equal('true');
    expect(field(element, 'password').getAttribute('aria-describedby')).to.equal(part(element, 'message').id);
    expect(textOf(part(element, 'message'))).to.equal(texts['failed.bad-credentials']);
    expect(page.events.at(-1)).to.deep.equal({
      type: 'cap-error',
      tag: TAG,
      code: 'bad-credentials',
      retryable: false,
    });
    await expect(element).to.be.accessible();
    await signIn(element);
    await inState(element, 'signed-in');
  });

  it('that is missing goes nowhere', async () => {
    const { attempts } = session(page, 'gateway');
    const element = await shown('signed-out');
    for (const [email, password, name, message] of [
      ['', '', 'email', 'email.missing'],
      ['lucie', PASSWORD, 'email', 'email.missing'],
      [EMAIL, '', 'password', 'password.missing'],
    ] as const) {
      await signIn(element, email, password);
      await until(() => focused() === field(element, name), `${name} has not the focus`);
      expect(textOf(part(element, 'message'))).to.equal(plain(texts[message]));
    }
    await expect(element).to.be.accessible();
    expect(attempts).to.be.empty;
    expect(page.events.map(({ type }) => type)).to.deep.equal(['cap-load']);
  });

  const answers: readonly [name: string, answer: () => Response, code: string, message: keyof typeof texts][] = [
    [
      'a captcha that is asked for',
      () => Response.json({ reason: 'You must provide a captcha to login.' }, { status: 401 }),
      'captcha-required',
      'failed.captcha-required',
    ],
    [
      'a captcha that was wrong',
      () => Response.json({ reason: 'Invalid captcha.' }, { status: 401 }),
      'captcha-required',
      'failed.captcha-required',
    ],
    [
      'an e-mail address that waits to be confirmed, although it is told like a success',
      () => Response.json({ success: false, reason: 'please-confirm-your-email-address-to-login' }),
      'email-unconfirmed',
      'failed.email-unconfirmed',
    ],
    ['too many attempts', () => new Response('', { status: 429 }), 'rate-limited', 'failed.rate-limited'],
    ['a platform out of order', () => new Response('', { status: 502 }), 'server', 'failed.unreachable'],
    ['no session at all', () => Response.json({ success: false }), 'bad-response', 'failed.unreachable'],
    ['a session that the browser drops', () => Response.json({ success: true }), 'unauthorized', 'failed.other'],
    ['a gateway that hands nothing through', () => new Response('', { status: 404 }), 'not-found', 'failed.other'],
  ];
  for (const [name, answer, code, message] of answers)
    it(`meets ${name}: ${code}`, async () => {
      session(page, 'gateway', { answer });
      const element = await shown('signed-out');
      await signIn(element);
      await until(() => textOf(part(element, 'message')).startsWith(plain(texts[message])), 'it does not say so');
      expect(page.events.at(-1)).to.include({ type: 'cap-error', code });
      const elsewhere = [...part(element, 'message').querySelectorAll('a')].map(({ href }) => href);
      const only = /captcha|email|other/.test(message) ? ['https://participez.valmont.example/'] : [];
      expect(elsewhere).to.deep.equal(only);
      await expect(element).to.be.accessible();
    });

  it('that has been wrong five times leads to the platform, which alone has a captcha', async () => {
    const { attempts } = session(page, 'gateway', { flags: ['restrict_connection'] });
    const element = await shown('signed-out');
    for (let times = 1; times <= 5; times++) {
      await signIn(element, EMAIL, `wrong ${times}`);
      // Otherwise what was said of the last attempt might be taken for this one's.
      await until(() => attempts.length === times, 'it is not sent');
      const message = plain(texts[times < 5 ? 'failed.bad-credentials' : 'failed.captcha-required']);
      await until(() => textOf(part(element, 'message')).startsWith(message), `${times} times: ${message}`);
      await until(() => !element.matches(':state(pending)'), 'it still waits');
    }
  });

  it('whose answer gets lost has signed in when the platform says so', async () => {
    const visitor = session(page, 'gateway', {
      answer: () => {
        visitor.name = NAME;
        return new Response('', { status: 504 });
      },
    });
    const element = await shown('signed-out');
    await signIn(element);
    await inState(element, 'signed-in');
    expect(page.events.map(({ type }) => type)).to.deep.equal(['cap-load']);
  });

  it('is told of once, however many prompts there are', async () => {
    session(page, 'gateway');
    const changes = noted('cap-session-change');
    const main = place(prompt('id="a"') + prompt('id="b"') + prompt('id="c" lang="en"'));
    const all = ['#a', '#b', '#c'].map((id) => within(main, id));
    for (const element of all) await inState(element, 'signed-out');
    await signIn(within(main, '#a'));
    for (const element of all) await inState(element, 'signed-in');
    await nextTask();
    expect(changes).to.deep.equal([{ signedIn: true, displayName: NAME }]);
  });
});

describe('a window of the platform', () => {
  const page = testPage();
  const { open } = globalThis;
  let opened: { url: string; closed: boolean; close(): void; focus(): void }[] = [];
  let blocked = false;
  beforeEach(() => {
    opened = [];
    blocked = false;
    globalThis.open = (url) => {
      if (blocked) return null;
      const made = { url: String(url), closed: false, close: () => void (made.closed = true), focus: () => undefined };
      opened.push(made);
      return made as unknown as Window; // All that a page may see of a window of another site.
    };
  });
  afterEach(() => {
    globalThis.open = open;
  });
  const openWindow = async (): Promise<CapLoginPrompt> => {
    const element = await shown('signed-out', 'message="Connectez-vous pour voter."');
    byRole(element, 'button', 'Se connecter avec Compte Valmont').click();
    return element;
  };

  it('opens within the click, and closes once the visitor is signed in', async () => {
    const visitor = session(page, 'cors', { services: { openid: 'Compte Valmont' } });
    const requests = noted('cap-login-request');
    const element = await shown('signed-out');
    element.destination = '/project/budget';
    await element.updateComplete;
    const button = byRole(element, 'button', 'Se connecter avec Compte Valmont');
    expect(button.getAttribute('aria-describedby')).to.equal('opens');
    expect(textOf(element)).to.contain(texts['opens-window']);
    button.focus();
    button.click();
    // Not a moment later: browsers would let no window open.
    expect(opened).to.have.length(1);
    await inState(element, 'pending');
    expect(requests).to.deep.equal([{ reason: '' }]);
    const { url } = page.platform;
    expect(opened[0]?.url).to.equal(`${url}/login/openid?_destination=${encodeURIComponent(`${url}/project/budget`)}`);
    await until(() => announced('status') === texts['pending.window'], 'nobody is told');
    await expect(element).to.be.accessible();
    visitor.name = NAME;
    await patiently(page.clock, element, 'signed-in');
    expect(opened[0]?.closed).to.equal(true);
    expect(focused()).to.equal(part(element, 'status'));
  });

  it('that the visitor closes has signed nobody in', async () => {
    session(page, 'cors', { services: { openid: 'Compte Valmont' } });
    const element = await openWindow();
    opened[0]?.close();
    const says = (): boolean => textOf(part(element, 'message')) === texts['failed.cancelled'];
    await inTime(page.clock, says, 'it does not say so');
    expect(element.matches(':state(pending)')).to.equal(false);
    expect(page.events.at(-1)).to.include({ type: 'cap-error', code: 'cancelled' });
    await expect(element).to.be.accessible();
  });

  it('that is hidden from the page is noticed when the visitor comes back', async () => {
    const visitor = session(page, 'cors', { services: { openid: 'Compte Valmont' } });
    const element = await openWindow();
    visitor.name = NAME;
    dispatchEvent(new Event('focus'));
    await inState(element, 'signed-in');
    expect(opened[0]?.closed).to.equal(true);
  });

  it('that is blocked leaves this tab', async () => {
    session(page, 'cors', { services: { openid: 'Compte Valmont' } });
    blocked = true;
    const element = await openWindow();
    await until(() => textOf(part(element, 'message')).startsWith(texts['failed.popup-blocked']), 'it does not say so');
    expect(byRole(element, 'link', texts['same-tab']).getAttribute('href')).to.match(/\/login\/openid\?_destination=/);
    expect(page.events.at(-1)).to.include({ type: 'cap-error', code: 'popup-blocked' });
    await until(() => announced('alert') === texts['failed.popup-blocked'], 'nobody is told');
    await expect(element).to.be.accessible();
  });

  it('does not open when the page has other plans', async () => {
    session(page, 'cors', { services: { openid: 'Compte Valmont' } });
    document.addEventListener('cap-login-request', (event) => event.preventDefault(), { once: true });
    const element = await openWindow();
    expect(opened).to.be.empty;
    expect(element.matches(':state(pending)')).to.equal(false);
  });

  it('is followed no longer when the prompt is gone', async () => {
    session(page, 'cors', { services: { openid: 'Compte Valmont' } });
    const element = await openWindow();
    element.remove();
    await nextTask();
    const { length } = page.platform.requests;
    page.clock.advance(60_000);
    dispatchEvent(new Event('focus'));
    await nextTask();
    expect(page.platform.requests).to.have.length(length);
  });
});

describe('the hand-over page', () => {
  const page = testPage();
  const { open } = globalThis;
  afterEach(() => {
    globalThis.open = open;
  });

  it('signs in where the page has no session, and says so when the visitor is back', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    after.push(() => frame.remove());
    // A window that is really there can be the source of a message.
    const [opened, urls] = [frame.contentWindow, [] as string[]];
    globalThis.open = (url) => {
      urls.push(String(url));
      return opened;
    };
    const changes = noted('cap-session-change');
    configure({ platform: page.platform.url, handoff: '/widgets/handoff' });
    const element = mount(prompt(), TAG);
    await inState(element, 'empty');
    await expect(element).to.be.accessible();
    const { host, origin } = new URL(page.platform.url);
    byRole(element, 'button', `Se connecter sur ${host}`).click();
    // Not a moment later: browsers would let no window open.
    const [url = ''] = urls;
    expect(url).to.match(/\/widgets\/handoff#/);
    const asked = new URLSearchParams(new URL(url).hash.slice(1));
    expect(asked.get('action')).to.equal('login');
    await inState(element, 'pending');
    expect(textOf(part(element, 'message'))).to.equal(texts['pending.window']);
    await expect(element).to.be.accessible();
    const state = asked.get('state');
    const data = { source: 'cap-widgets', state, status: 'done', signedIn: true, votes: [], results: [] };
    dispatchEvent(new MessageEvent('message', { data, origin, source: opened }));
    await until(() => textOf(part(element, 'message')) === texts['signed-in.there'], 'it does not say so');
    expect(changes).to.deep.equal([{ signedIn: true, displayName: null }]);
    expect(element.matches(':state(pending)')).to.equal(false);
  });
});

describe('a prompt that cannot ask', () => {
  const page = testPage();

  it('keeps the page’s own content, and can be tried again', async () => {
    session(page, 'gateway');
    page.platform.fail({ status: 500 });
    const element = mount(prompt(), TAG);
    await inState(element, 'loading');
    expect(fallbackShown(element)).to.equal(true);
    await patiently(page.clock, element, 'error');
    expect(textOf(element)).to.equal(`La plateforme ${texts['error.unreachable']} ${texts.retry}`);
    await expect(element).to.be.accessible();
    page.platform.heal();
    byRole(element, 'button', texts.retry).focus();
    await sendKeys({ press: 'Enter' });
    await inState(element, 'signed-out');
    expect(fallbackShown(element)).to.equal(false);
    await until(() => announced('status') === texts.intro, 'nobody is told');
  });

  it('asks nothing without a platform', async () => {
    configure({});
    const element = mount(prompt(), TAG);
    await inState(element, 'error');
    expect(textOf(element)).to.equal('La plateforme');
    expect(fallbackShown(element)).to.equal(true);
  });
});

describe('a sign-in at a platform with a long name', () => {
  const page = testPage();

  it('is no wider than a small phone', async () => {
    const host = 'participons.metropoledevalmontsurmeretsesenvirons.example';
    session(page, 'cors');
    configure({ platform: `https://${host}`, api: page.platform.url, access: 'session' });
    const main = place(`<div style="width: 256px">${prompt()}</div>`);
    const element = within(main, TAG);
    await until(() => textOf(element).includes(host), 'it does not say where to sign in');
    const { scrollWidth } = main.firstElementChild as Element;
    expect(scrollWidth).to.equal(256);
  });
});
