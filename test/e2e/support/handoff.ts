/** How the end-to-end tests hand over: a city on one site, the platform on another, and the window between them. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { rawId } from '../../../sandbox/platform/ids.js';
import { click, fill, inState, until, windowAfter, type VisitOptions, type Visitor } from './browser.js';
import { pageOf, type Town } from './town.js';
import type { Account } from './voting.js';

/** What a browser says of signing in with an old session, and of a page that another one has closed. */
const EXPECTED = [/ERR_ABORTED/, /favicon/];

/** The page under the machine's other name: browsers take it for another site. */
export const elsewhere = (url: string): string => url.replace('localhost', '127.0.0.1');

export const words = (page: Page): Promise<string> =>
  page.$eval('cap-handoff', (element) => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim());

export const says = (page: Page, text: RegExp): Promise<void> =>
  until(async () => text.test(await words(page)), `the page says ${String(text)}`);

export const stage = (page: Page, name: string): Promise<void> =>
  until(
    () => page.$eval('cap-handoff', (element, state) => element.matches(`:state(${state})`), name),
    `the hand-over page is in ${name}`,
  );

/** The secret of the request that a hand-over page has in its address. */
export const secretOf = (page: Page): string =>
  new URLSearchParams(new URL(page.url()).hash.slice(1)).get('state') ?? '';

const button = (index: number): string => `#v${index}`;
export const pressButton = async (page: Page, index: number): Promise<void> => {
  await inState(page, button(index), 'ready');
  await click(page, `${button(index)} >>> button`);
};
export const openVote = (page: Page, index: number): Promise<Page> => windowAfter(page, () => pressButton(page, index));

export class HandoffTown {
  readonly #town: () => Town;
  readonly #browser: Visitor;

  constructor(browser: Visitor, town: () => Town) {
    this.#browser = browser;
    this.#town = town;
  }

  proposals(key = 'simple'): readonly string[] {
    return this.#town().state.proposals[key] ?? [];
  }

  proposal(index: number, key?: string): string {
    return this.proposals(key)[index] ?? '';
  }

  /** Everybody's votes for a proposal, as the database has them. */
  votesFor(id: string): number {
    return this.#town().sandbox.store.sql.number('SELECT count(*) FROM proposal_vote WHERE proposal_id = ?', rawId(id));
  }

  /** Somebody's own votes in a step. */
  ownVotes(key = 'simple', { email }: Account = this.#town().state.accounts.citizen): readonly string[] {
    return this.#town()
      .sandbox.store.sql.all<{ proposal_id: string }>(
        `SELECT v.proposal_id FROM proposal_vote v JOIN user u ON u.id = v.user_id
          WHERE u.email = ? AND v.step_id = ? ORDER BY v.id`,
        email,
        rawId(this.#town().state.steps[key] ?? ''),
      )
      .map(({ proposal_id }) => proposal_id);
  }

  /** A page of another site than the platform's, with a button for each proposal and the number of votes beside it. */
  cityPage(ids: readonly string[] = [], headers: Readonly<Record<string, string>> = {}): string {
    const place = this.#town();
    const { sandbox, script, state } = place;
    const step = state.steps['simple'] ?? '';
    const body = ids.map(
      (id, index) =>
        `<cap-vote-button id="v${index}" proposal-id="${id}" step-id="${step}"></cap-vote-button>
         <cap-participation-counter id="c${index}" proposal-id="${id}"></cap-participation-counter>`,
    );
    assert.match(sandbox.platform, /localhost/);
    const handing = script.replace('></script>', ' data-handoff="/widgets/handoff"></script>');
    return elsewhere(place.publish(pageOf(handing, body.join('')), undefined, headers));
  }

  visit(t: TestContext, url: string, options?: VisitOptions): Promise<Page> {
    return this.#browser.visit(t, url, { ...options, expected: [...EXPECTED, ...(options?.expected ?? [])] });
  }

  async signIn(page: Page, { email, password }: Account = this.#town().state.accounts.citizen): Promise<void> {
    await stage(page, 'sign-in');
    await fill(page, 'cap-handoff >>> input[name=email]', email);
    await fill(page, 'cap-handoff >>> input[name=password]', password);
    await click(page, 'cap-handoff >>> form button');
  }

  /** Writes a request by hand, as any script can. */
  addressOf(fields: Record<string, string>): string {
    const { sandbox, state } = this.#town();
    const origin = fields['origin'] ?? new URL(this.cityPage()).origin;
    return `${sandbox.platform}/widgets/handoff#${String(
      new URLSearchParams({
        action: 'vote',
        step: state.steps['simple'] ?? '',
        proposals: this.proposal(0),
        state: '0123456789abcdef0123456789abcdef',
        origin,
        return: `${origin}/0`,
        ...fields,
      }),
    )}`;
  }

  async mutations(): Promise<number> {
    return (await this.#town().apiRequests()).filter(({ body }) => /mutation/.test(decodeURIComponent(body))).length;
  }
}
