import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { clickNamed, fill, inState, textOf, until, visitor } from './support/browser.js';
import { identify } from './support/identity.js';
import { pageOf, town } from './support/town.js';
import { acts, buttonOf, recorded, vote, votesOf } from './support/voting.js';

// A page of the platform's own, which its staff may write: the widgets share its session, and need no gateway.
const browser = visitor();
const valmont = town();

beforeEach(() => valmont.now.sandbox.store.reset());

const citizen = (): { email: string; password: string } => valmont.now.state.accounts.citizen;
const step = (): string => valmont.now.state.steps['simple'] ?? '';
const proposal = (): string => valmont.now.state.proposals['simple']?.[0] ?? '';
const written = (): number => recorded(valmont.now, citizen(), proposal(), step());
const count = (): number => votesOf(valmont.now, proposal(), step());
const target = (): string => buttonOf(proposal());
const COUNTER = 'cap-participation-counter';

async function visit(t: TestContext): Promise<Page> {
  const { platform } = valmont.now.sandbox;
  const url = `${platform}/page-de-la-ville?onglet=votes`;
  const script = valmont.now.script.replace('></script>', ' data-access="session"></script>');
  const body = pageOf(
    script,
    `<cap-vote-button proposal-id="${proposal()}" step-id="${step()}"></cap-vote-button>
     <${COUNTER} proposal-id="${proposal()}"></${COUNTER}>`,
  );
  const policy = `default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'`;
  return browser.visit(t, url, {
    expected: [/favicon/],
    async prepare(page) {
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const headers = { 'Content-Security-Policy': policy };
        const answer = { contentType: 'text/html; charset=utf-8', headers, body };
        void (request.url() === url ? request.respond(answer) : request.continue());
      });
    },
  });
}

/** Whoever has signed in: the vote is there, moves every number, and can be taken back. */
async function votesAndWithdraws(page: Page, before: number): Promise<void> {
  await inState(page, target(), 'voted');
  assert.equal(written(), 1);
  assert.equal(count(), before + 1);
  await until(async () => (await textOf(page, target())).includes(String(before + 1)), 'the button counts it');
  await until(async () => (await textOf(page, COUNTER)).includes(String(before + 1)), 'the counter moves');
  assert.equal((await acts(valmont.now)).length, 1, 'The vote was sent once.');

  await vote(page, proposal());
  await until(() => written() === 0, 'the vote is withdrawn');
  await until(async () => (await textOf(page, COUNTER)).includes(String(before)), 'the counter moves back');
  assert.equal(count(), before);
}

test('with a password: sign in, the wanted vote is cast once, numbers move, and it can be withdrawn', async (t) => {
  const before = count();
  const page = await visit(t);
  await inState(page, target(), 'signed-out');
  // Whoever is led away must not cut off what is still being read.
  await inState(page, COUNTER, 'ready');
  await vote(page, proposal());
  await fill(page, `${target()} >>> input[name=email]`, citizen().email);
  await fill(page, `${target()} >>> input[name=password]`, citizen().password);
  await page.keyboard.press('Enter');
  await votesAndWithdraws(page, before);
});

test('by the identity service, which leads away and back: the wanted vote is asked about, and then cast once', async (t) => {
  const before = count();
  const page = await visit(t);
  await inState(page, target(), 'signed-out');
  // Whoever is led away must not cut off what is still being read.
  await inState(page, COUNTER, 'ready');
  await vote(page, proposal());
  await clickNamed(page, 'Se connecter avec Compte Valmont');
  await identify(page, valmont.now);
  await until(() => page.url().includes('/page-de-la-ville'), 'the page that it began on');
  // Whoever is back may be somebody else.
  await inState(page, target(), 'asking');
  await clickNamed(page, 'Oui, voter');
  await votesAndWithdraws(page, before);
});
