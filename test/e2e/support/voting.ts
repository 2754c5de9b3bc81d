import type { Page } from 'puppeteer-core';

import { rawId } from '../../../sandbox/platform/ids.js';
import type { LoggedRequest } from '../../../sandbox/platform/http/request-log.js';
import { until } from './browser.js';
import { french, type Town } from './town.js';

export const BUTTON = 'cap-vote-button';

export interface Account {
  readonly email: string;
  readonly password: string;
}

/** Signs somebody in through the gateway of the page's own site, as a form of the page would. */
export const signInThrough = (page: Page, { email, password }: Account): Promise<number> =>
  page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
      return (await fetch('/participation/login_check', { method: 'POST', headers, body })).status;
    },
    JSON.stringify({ username: email, password }),
  );

/** How often the platform's tables say that somebody has voted for a proposal in a step. */
export const recorded = (
  { sandbox }: Town,
  { email }: Pick<Account, 'email'>,
  proposal: string,
  step: string,
): number =>
  sandbox.store.sql.number(
    `SELECT count(*) FROM proposal_vote v JOIN user u ON u.id = v.user_id
      WHERE u.email = ? AND v.proposal_id = ? AND v.step_id = ?`,
    email,
    rawId(proposal),
    rawId(step),
  );

/** Votes of a proposal in a step that count, with those on paper. */
export function votesOf({ sandbox }: Town, proposal: string, step: string): number {
  const { sql } = sandbox.store;
  const ids = [rawId(proposal), rawId(step)];
  const online = sql.number(
    `SELECT count(*) FROM proposal_vote
      WHERE proposal_id = ? AND step_id = ? AND is_accounted = 1 AND published_at IS NOT NULL`,
    ...ids,
  );
  return (
    online +
    sql.number('SELECT coalesce(sum(total_count), 0) FROM paper_vote WHERE proposal_id = ? AND step_id = ?', ...ids)
  );
}

export const votes = (count: number): string => `${french(count)} vote${count < 2 ? '' : 's'}`;

export const isAct = ({ body }: Pick<LoggedRequest, 'body'>): boolean =>
  (new URLSearchParams(body).get('query') ?? '').trimStart().startsWith('mutation');

/** The acts that the platform has been asked for. */
export const acts = async (town: Town): Promise<LoggedRequest[]> => (await town.apiRequests()).filter(isAct);

/** A button by its proposal. */
export const buttonOf = (proposal: string): string => `${BUTTON}[proposal-id="${proposal}"]`;

/** Presses the button for a proposal, once: as soon as it takes clicks. */
export const vote = (page: Page, proposal: string): Promise<void> =>
  until(() => pressVote(page, proposal), `the button for ${proposal} takes a click`);

/** Presses the button for a proposal, whatever it is called at the time; says whether it could be. */
export const pressVote = (page: Page, proposal: string): Promise<boolean> =>
  page.$eval(buttonOf(proposal), (element) => {
    const button = element.shadowRoot?.querySelector<HTMLElement>('[part=button]');
    const able = button !== null && button !== undefined && button.getAttribute('aria-disabled') !== 'true';
    button?.click();
    return able;
  });
