/** A page on whose own origin the platform's session is, so that its own prompt can sign people in. */
import { configure } from '../../src/state/page-settings.js';
import { connect, FakePlatform } from './fake-platform.js';
import { until, within, type TestPage } from './page.js';
import { EMAIL, openWays, PASSWORD, type FakeSession, type SignInOptions } from './sign-in.js';
import { control, promptIn, shown } from './voting.js';
import { votable, votingStep } from './voting-fixtures.js';

let gateways = 0;
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

/** Puts the platform of a test behind a gateway on the page's own origin. */
export function ownSession(page: TestPage, options: SignInOptions = {}, more: object = {}): FakeSession {
  page.platform = new FakePlatform(`${location.origin}/participation-voting-${++gateways}-${Math.random()}`);
  undo.push(connect(page.platform));
  page.platform.put(votingStep(), votable());
  // Of its own: what a page keeps for its visitor it keeps by platform.
  const platform = `https://participez-${gateways}.valmont.example`;
  configure({ platform, api: page.platform.url, access: 'session', ...more });
  return openWays(page.platform, options);
}

/** A button that was pressed by somebody who is not signed in, and shows the ways in. */
export async function pressedSignedOut(attributes?: string): Promise<HTMLElement> {
  const element = await shown(attributes, 'signed-out');
  control(element).click();
  await until(() => formIn(element), 'the ways in are not shown');
  return element;
}

const formIn = (element: Element): HTMLFormElement | null | undefined =>
  promptIn(element)?.shadowRoot?.querySelector('form');

/** Signs in by the form that a button shows. */
export function signsInHere(element: Element): void {
  const form = formIn(element);
  if (!form) throw new Error('There is no form.');
  within(form, '[name=email]').setAttribute('value', EMAIL);
  within(form, '[name=password]').setAttribute('value', PASSWORD);
  form.requestSubmit();
}
