import type { TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { rawId } from '../../../sandbox/platform/ids.js';
import { click, clickNamed, fill, inState, until, windowAfter, type VisitOptions, type Visitor } from './browser.js';
import { pageOf, type Town } from './town.js';

export const BASKET = 'cap-budget-basket';

/** What a browser says of signing in with an old session, and of a page that another one has closed. */
const EXPECTED = [/ERR_ABORTED/, /favicon/];

/** A page of another site than the platform's: the basket of a step, and a button for each of its first proposals. */
export function ballotUrl(town: Town, key: string, most = 8): string {
  const { state, script } = town;
  const step = state.steps[key] ?? '';
  const buttons = (state.proposals[key] ?? [])
    .slice(0, most)
    .map((id) => `<cap-vote-button proposal-id="${id}" step-id="${step}"></cap-vote-button>`);
  const head = script.replace('></script>', ' data-handoff="/widgets/handoff"></script>');
  const body = `<${BASKET} step-id="${step}"></${BASKET}>${buttons.join('')}`;
  // Under the machine's other name: browsers take it for another site.
  return town.publish(pageOf(head, body)).replace('localhost', '127.0.0.1');
}

export async function visitBallot(
  browser: Visitor,
  t: TestContext,
  url: string,
  { expected = [], ...options }: VisitOptions = {},
): Promise<Page> {
  const page = await browser.visit(t, url, { ...options, expected: [...EXPECTED, ...expected] });
  await ready(page);
  return page;
}

/** The basket is there, and each button puts its proposal into it. */
export async function ready(page: Page): Promise<void> {
  await inState(page, BASKET, 'ready');
  await until(
    () =>
      page.$$eval('cap-vote-button', (buttons) =>
        buttons.every((one) => one.shadowRoot?.querySelector('button')?.ariaLabel?.startsWith('Choisir')),
      ),
    'the buttons choose',
  );
}

/** The choices in the basket, by their ids. */
export const chosen = (page: Page): Promise<string[]> =>
  page.$eval(BASKET, (element) =>
    [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[data-id]') ?? [])].map(
      ({ dataset }) => dataset['id'] ?? '',
    ),
  );

/** The names of the buttons that would put one more proposal into the basket. */
export const choosable = (page: Page): Promise<string[]> =>
  page.$$eval('cap-vote-button', (buttons) =>
    buttons.flatMap((one) => {
      const button = one.shadowRoot?.querySelector('button');
      const able = button?.ariaPressed === 'false' && button.ariaDisabled !== 'true';
      return able && button.ariaLabel ? [button.ariaLabel] : [];
    }),
  );

/** Somebody's recorded votes in a step, in their order. */
export const recordedIn = ({ sandbox, state }: Town, key: string): string[] =>
  sandbox.store.sql
    .all<{ proposal_id: string }>(
      `SELECT v.proposal_id FROM proposal_vote v JOIN user u ON u.id = v.user_id
        WHERE u.email = ? AND v.step_id = ? ORDER BY v.ranking, v.id`,
      state.accounts.citizen.email,
      rawId(state.steps[key] ?? ''),
    )
    .map(({ proposal_id }) => proposal_id);

/** The hand-over page is at a stage. */
export const stage = (popup: Page, name: string): Promise<void> =>
  until(
    // Windows that a page opens do not know `inPage`.
    () => popup.$eval('cap-handoff', (element, state) => element.matches(`:state(${state})`), name),
    `the hand-over page is in ${name}`,
  );

/** Reads the choices once more and has the hand-over page open. */
export async function send(page: Page, { sandbox }: Town): Promise<Page> {
  await clickNamed(page, 'Relire et envoyer');
  return windowAfter(page, () => clickNamed(page, `Envoyer à ${new URL(sandbox.platform).host}`));
}

export async function signIn(popup: Page, { state }: Town): Promise<void> {
  const { email, password } = state.accounts.citizen;
  await stage(popup, 'sign-in');
  await fill(popup, 'cap-handoff >>> input[name=email]', email);
  await fill(popup, 'cap-handoff >>> input[name=password]', password);
  await click(popup, 'cap-handoff >>> form button');
}

/** Confirms on the hand-over page, and waits until it is done. */
export async function confirm(popup: Page): Promise<void> {
  await stage(popup, 'confirm');
  await click(popup, 'cap-handoff >>> button.main');
  await stage(popup, 'done');
}

/** Says of the choices that another tab has begun that they are his, where he is asked. */
export async function takeUp(page: Page): Promise<void> {
  const isAsked = await page.$eval(BASKET, (element) => inPage.isIn(element, 'found'));
  if (isAsked) await clickNamed(page, 'Oui, reprendre');
}
