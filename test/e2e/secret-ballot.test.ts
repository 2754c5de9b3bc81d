import assert from 'node:assert/strict';
import { test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { settled, textOf, textsOf, visitor } from './support/browser.js';
import { french, pageOf, town, type Town } from './support/town.js';

const browser = visitor();
const valmont = town();

const COUNTER = 'cap-participation-counter';
const secretBallot =
  /^Scrutin secret Les résultats de ce vote ne sont pas publics pour le moment\.[ ,]*Mis à jour à \d+ h \d+$/;

const counterOf = (attribute: string, id: string, more = ''): string =>
  `<p><cap-participation-counter ${attribute}="${id}" ${more}><a href="/votes">Voir les votes</a></cap-participation-counter></p>`;

const online = ({ sandbox }: Town, step: string): number =>
  sandbox.store.sql.number(
    'SELECT count(*) FROM proposal_vote WHERE step_id = ? AND is_accounted = 1 AND published_at IS NOT NULL',
    rawId(step),
  );

test('of a secret ballot no number is written anywhere in the page', async (t) => {
  const { sandbox, state, script } = valmont.now;
  const { sql } = sandbox.store;
  const step = rawId(state.steps['secret'] ?? '');
  const [first = '', second = ''] = state.proposals['secret'] ?? [];
  // Votes on paper by the thousand: a number that nothing else in the page looks like.
  for (const [proposal, papers] of [
    [first, 48_613],
    [second, 51_387],
  ] as const)
    sql.run(
      'INSERT OR REPLACE INTO paper_vote (proposal_id, step_id, total_count) VALUES (?, ?, ?)',
      rawId(proposal),
      step,
      papers,
    );
  const votes = (proposal: string): number =>
    sql.number('SELECT count(*) FROM proposal_vote WHERE proposal_id = ? AND is_accounted = 1', rawId(proposal));
  const secrets = [48_613, 48_613 + votes(first), 100_000, 100_000 + online(valmont.now, step)];
  assert.ok(votes(first) > 0 && online(valmont.now, step) > votes(first));

  const page = await browser.visit(
    t,
    valmont.now.publish(
      pageOf(
        script,
        ['', 'display="tile"']
          .flatMap((more) => [
            counterOf('proposal-id', first, more),
            counterOf('step-id', state.steps['secret'] ?? '', more),
          ])
          .join(''),
      ),
    ),
  );
  await settled(page);
  for (const text of await textsOf(page, COUNTER)) assert.match(text, secretBallot);
  const source = (await page.evaluate(() => inPage.sourceOf())).replace(/[\s\u00a0\u202f]/g, '');
  for (const secret of secrets) assert.ok(!source.includes(String(secret)), `${secret} is in the page.`);
  assert.equal(await page.$eval(COUNTER, (element) => inPage.isIn(element, 'secret')), true);
  for (const { method, headers } of await valmont.now.apiRequests()) {
    assert.equal(method, 'POST');
    assert.equal(headers['cookie'], undefined);
  }
});

test('a secret ballot with a date says it, and is open once the date has passed', async (t) => {
  const { sandbox, state, script } = valmont.now;
  const { sql } = sandbox.store;
  const step = state.steps['secret'] ?? '';
  const publish = (at: number | null): unknown =>
    sql.run('UPDATE step SET published_vote_date = ? WHERE id = ?', at, rawId(step));
  t.after(() => publish(null));
  const page = valmont.now.publish(pageOf(script, counterOf('step-id', step, 'display="tile"')));

  const future = Date.now() + 10 * 86_400_000;
  publish(future);
  const before = await browser.visit(t, page);
  await settled(before);
  const date = new Intl.DateTimeFormat('fr', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(future);
  assert.match(
    await textOf(before, COUNTER),
    new RegExp(`^Scrutin secret Les résultats seront publiés le ${date}\\. Mis à jour à \\d+ h \\d+$`),
  );

  publish(Date.now() - 86_400_000);
  const afterwards = await browser.visit(t, page);
  await settled(afterwards);
  const paper = sql.number('SELECT coalesce(sum(total_count), 0) FROM paper_vote WHERE step_id = ?', rawId(step));
  assert.match(
    await textOf(afterwards, COUNTER),
    new RegExp(`^${french(online(valmont.now, step) + paper)} votes dont ${french(paper)} sur papier`),
  );
});

test('of an open ballot, votes online and on paper are added up', async (t) => {
  const { sandbox, state, script } = valmont.now;
  const { sql } = sandbox.store;
  const step = state.steps['simple'] ?? '';
  const [proposal = ''] = state.proposals['simple'] ?? [];
  sql.run(
    'INSERT OR REPLACE INTO paper_vote (proposal_id, step_id, total_count) VALUES (?, ?, 1234)',
    rawId(proposal),
    rawId(step),
  );
  const paper = sql.number('SELECT sum(total_count) FROM paper_vote WHERE step_id = ?', rawId(step));
  const own = sql.number(
    'SELECT count(*) FROM proposal_vote WHERE proposal_id = ? AND is_accounted = 1 AND published_at IS NOT NULL',
    rawId(proposal),
  );
  const page = await browser.visit(
    t,
    valmont.now.publish(pageOf(script, counterOf('step-id', step) + counterOf('proposal-id', proposal))),
  );
  await settled(page);
  const whole = online(valmont.now, step) + paper;
  assert.match(
    await textOf(page, `${COUNTER}[step-id]`),
    new RegExp(`^${french(whole)} votes dont ${french(paper)} sur papier`),
  );
  assert.match(
    await textOf(page, `${COUNTER}[proposal-id]`),
    new RegExp(`^${french(own + 1234)} votes dont ${french(1234)} sur papier`),
  );
});

test('where the page forbids the rules to be read, no ballot is guessed', async (t) => {
  const { state, script } = valmont.now;
  const [secret = ''] = state.proposals['secret'] ?? [];
  const page = await browser.visit(
    t,
    valmont.now.publish(
      pageOf(script.replace(' data-platform', ' data-rules="off" data-platform'), counterOf('proposal-id', secret)),
    ),
    { expected: [/^console warn: \[cap-widgets\] <cap-participation-counter>: the platform gives this page no votes/] },
  );
  await settled(page);
  assert.equal(await textOf(page, COUNTER), 'Voir les votes Ce chiffre se consulte sur la plateforme.');
  assert.ok((await valmont.now.apiRequests()).every(({ path }) => path === '/graphql'));
});
