import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { after, afterEach, suite, test } from 'node:test';
import fc from 'fast-check';

import type { PushReport } from '../../src/sync/events-push-report.js';
import { CommandError, EXIT } from '../../src/sync/report.js';
import { expected, openDesk, type Meeting } from './support/agenda.js';

const desk = await openDesk();
const { sandbox, stateFile } = desk;
const { sql } = sandbox.store;
after(() => desk.close());
afterEach(() => desk.clear());

const market: Meeting = {
  uid: 'a@valmont',
  title: 'Stand au marché',
  start: '20270619T090000',
  end: '20270619T130000',
  text: 'Venez.',
};
const walk: Meeting = { uid: 'b@valmont', title: 'Balade', start: '20270620T140000' };
const feast: Meeting = {
  uid: 'c@valmont',
  title: 'Fête &amp; bal & feu',
  start: '20271231T220000',
  end: '20280101T020000',
};
/** Some programs write titles as HTML; on the platform they are text. */
const FEAST = 'Fête & bal & feu';
const all = [market, walk, feast];

const counts = ({ added, changed, deleted, unchanged, failed }: PushReport): readonly number[] => [
  added,
  changed,
  deleted,
  unchanged,
  failed.length,
];

function holds(meetings: readonly Meeting[]): void {
  assert.deepEqual(desk.stored(), expected(meetings));
}

const failsWith = (exitCode: number) => (error: unknown) =>
  error instanceof CommandError && error.exitCode === exitCode;

suite('the platform has exactly the agenda', () => {
  test('after it was pushed, pushed again, changed and removed', async () => {
    desk.write(all);
    assert.deepEqual(counts(await desk.push()), [3, 0, 0, 0, 0]);
    holds(all);
    await desk.mutations();

    assert.deepEqual(counts(await desk.push()), [0, 0, 0, 3, 0]);
    assert.deepEqual(await desk.mutations(), []);

    const later = { ...walk, title: 'Balade à vélo', start: '20270627T140000', text: 'Avec un casque.' };
    const { end, ...open } = market;
    assert.ok(end);
    desk.write([open, later, feast]);
    assert.deepEqual(counts(await desk.push()), [0, 2, 0, 1, 0]);
    holds([open, later, feast]);

    const other = { ...walk, uid: 'd@valmont' };
    desk.write([later, other]);
    assert.deepEqual(counts(await desk.push({ allowShrink: true })), [1, 0, 2, 1, 0]);
    holds([later, other]);

    desk.write([]);
    assert.deepEqual(counts(await desk.push({ allowEmpty: true })), [0, 0, 2, 0, 0]);
    holds([]);
  });

  test('whatever it becomes, at random', async () => {
    const meeting = fc.record({
      uid: fc.constantFrom('1', '2', '3', '4', 'constructor', '__proto__'),
      // Few of each: titles and dates meet again, also under another UID.
      title: fc.constantFrom('Balade', 'Fête', 'Atelier'),
      start: fc.constantFrom('20270619T090000', '20270619T140000', '20271031T023000'),
      text: fc.option(fc.constantFrom('Venez.', 'Entrée libre.'), { nil: undefined }),
    });
    const agenda = fc.uniqueArray(meeting, { selector: ({ uid }) => uid, maxLength: 5 });
    const plain = ({
      text,
      ...rest
    }: {
      text: string | undefined;
      uid: string;
      title: string;
      start: string;
    }): Meeting => ({
      ...rest,
      ...(text !== undefined && { text }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(agenda, { minLength: 2, maxLength: 5 }), async (versions) => {
        desk.clear();
        for (const version of versions) {
          const meetings = version.map(plain);
          desk.write(meetings);
          const { failed } = await desk.push({ allowEmpty: true, allowShrink: true });
          assert.deepEqual(failed, []);
          assert.deepEqual(
            desk
              .stored()
              .map((event) => JSON.stringify(event))
              .sort(),
            expected(meetings)
              .map((event) => JSON.stringify(event))
              .sort(),
          );
        }
      }),
      { numRuns: 12 },
    );
  });

  test('with series, their exceptions, and both changes of time', async () => {
    const weekly = (lines: readonly string[], more: readonly Meeting[] = []): void =>
      desk.write([
        { ...walk, start: '20271018T183000', lines: ['DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4', ...lines] },
        ...more,
      ]);
    const range = { since: Date.UTC(2027, 0, 1), until: Date.UTC(2028, 0, 1) };
    const starts = (): string[] => desk.stored().map(({ start }) => start.slice(5, 16));
    weekly([]);
    assert.deepEqual(counts(await desk.push(range)), [4, 0, 0, 0, 0]);
    assert.deepEqual(starts(), ['10-18 18:30', '10-25 18:30', '11-01 18:30', '11-08 18:30']);

    weekly(
      ['EXDATE;TZID=Europe/Paris:20271025T183000'],
      [{ ...walk, start: '20271102T200000', lines: ['RECURRENCE-ID;TZID=Europe/Paris:20271101T183000'] }],
    );
    assert.deepEqual(counts(await desk.push(range)), [0, 1, 1, 2, 0]);
    assert.deepEqual(starts(), ['10-18 18:30', '11-02 20:00', '11-08 18:30']);

    // As time goes by, what took place is no longer looked at, and stays; what comes into sight is added.
    desk.write([{ ...walk, start: '20271018T183000', lines: ['RRULE:FREQ=WEEKLY'] }]);
    await desk.push({ since: Date.UTC(2027, 9, 20), until: Date.UTC(2027, 10, 10) });
    assert.deepEqual(starts(), ['10-18 18:30', '10-25 18:30', '11-01 18:30', '11-08 18:30']);
    desk.write([]);
    await desk.push({ since: Date.UTC(2027, 9, 20), until: Date.UTC(2027, 10, 10), allowEmpty: true });
    assert.deepEqual(starts(), []);
  });

  test('without what is cancelled, and nobody else’s events are touched', async () => {
    const others = (): number => sql.number('SELECT count(*) FROM event WHERE deleted_at IS NULL');
    const before = others();
    desk.write(all);
    await desk.push();
    desk.write([{ ...market, lines: ['STATUS:CANCELLED'] }, walk]);
    assert.deepEqual(counts(await desk.push({ allowShrink: true })), [0, 0, 2, 1, 0]);
    holds([walk]);
    assert.equal(others(), before + 1);
  });

  test('also where somebody has moved, renamed or deleted an event on the platform', async () => {
    desk.write(all);
    await desk.push();
    const id = (title: string): string =>
      sql.get<{ event_id: string }>('SELECT event_id FROM event_translation WHERE title = ?', title)?.event_id ?? '';
    sql.run('UPDATE event SET start_at = start_at + 3600000 WHERE id = ?', id(market.title));
    sql.run('UPDATE event SET deleted_at = 1 WHERE id = ?', id(FEAST));
    sql.run("UPDATE event_translation SET title = 'Autrement' WHERE event_id = ?", id(walk.title));
    assert.deepEqual(counts(await desk.push()), [1, 2, 0, 0, 0]);
    holds(all);
    assert.deepEqual(counts(await desk.push()), [0, 0, 0, 3, 0]);
  });

  test('an event that the platform does not list, but has, is not added again', async () => {
    desk.write(all);
    await desk.push();
    sql.run(
      'UPDATE event SET enabled = 0 WHERE id IN (SELECT event_id FROM event_translation WHERE title = ?)',
      walk.title,
    );
    await desk.push();
    holds(all);
  });
});

suite('a dry run', () => {
  test('says what there is to do, and does nothing', async () => {
    desk.write([market, walk]);
    await desk.push();
    desk.write([{ ...market, title: 'Stand' }, feast]);
    const [stored, state] = [desk.stored(), desk.state()];
    await desk.mutations();
    const report = await desk.push({ dryRun: true });
    assert.deepEqual(counts(report), [0, 0, 0, 0, 0]);
    assert.deepEqual(
      desk.told.map(({ act, title, outcome }) => [act, title, outcome]),
      [
        ['change', 'Stand', 'planned'],
        ['add', FEAST, 'planned'],
        ['delete', walk.title, 'planned'],
      ],
    );
    assert.deepEqual(await desk.mutations(), []);
    assert.deepEqual([desk.stored(), desk.state()], [stored, state]);
  });

  test('writes no file, not even the first time', async () => {
    desk.write(all);
    await desk.push({ dryRun: true });
    assert.equal(existsSync(stateFile), false);
    holds([]);
  });
});

suite('failures', () => {
  /** A network on which the nth request of a mutation goes wrong, before the platform has it or behind. */
  const broken = (name: string, place: number, loss: 'request' | 'answer' | 'cut' | number): typeof fetch => {
    let met = 0;
    return async (url, init) => {
      const body = typeof init?.body === 'string' ? decodeURIComponent(init.body.replace(/\+/g, ' ')) : '';
      const hit = body.includes(`mutation ${name}`) && ++met === place;
      if (hit && loss === 'cut')
        await fetch(`${sandbox.platform}/sandbox/faults`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ path: '/graphql', times: 1, cut: true }),
        });
      if (hit && loss === 'request') throw new TypeError('fetch failed');
      if (hit && typeof loss === 'number') return new Response('Maintenance', { status: loss });
      const response = await fetch(url, init);
      if (hit && loss === 'answer') throw new TypeError('fetch failed');
      return response;
    };
  };

  for (const loss of ['request', 'answer', 'cut', 500, 403] as const)
    test(`of one addition (${loss}) are listed, and made up for by the next run`, async () => {
      desk.write(all);
      const report = await desk.push({ fetch: broken('AddEvent', 2, loss) });
      assert.deepEqual(counts(report), [2, 0, 0, 0, 1]);
      assert.equal(report.failed[0]?.key, walk.uid);
      assert.deepEqual(counts(await desk.push()), loss === 'answer' ? [0, 1, 0, 2, 0] : [1, 0, 0, 2, 0]);
      holds(all);
    });

  test('of an addition whose event has another name and date by the next run', async () => {
    desk.write(all);
    await desk.push({ fetch: broken('AddEvent', 2, 'answer') });
    const renamed = { ...walk, title: 'Grande balade', start: '20270704T100000' };
    desk.write([market, renamed, feast]);
    assert.deepEqual(counts(await desk.push()), [0, 1, 0, 2, 0]);
    holds([market, renamed, feast]);
  });

  test('of an addition that the agenda no longer has by the next run', async () => {
    desk.write(all);
    await desk.push({ fetch: broken('AddEvent', 2, 'answer') });
    desk.write([market, feast]);
    assert.deepEqual(counts(await desk.push()), [0, 0, 1, 2, 0]);
    holds([market, feast]);
  });

  test('of changes and deletions are tried again at once, as doing them twice changes nothing', async () => {
    desk.write(all);
    await desk.push();
    desk.write([{ ...market, text: 'Autre texte.' }, feast]);
    const report = await desk.push({ fetch: broken('ChangeEvent', 1, 'answer') });
    assert.deepEqual(counts(report), [0, 1, 1, 1, 0]);
    holds([{ ...market, text: 'Autre texte.' }, feast]);
    desk.write([feast]);
    // The first attempt has deleted it: the second is denied, as there is nothing any more.
    assert.deepEqual(counts(await desk.push({ fetch: broken('DeleteEvent', 1, 'answer') })).slice(0, 3), [0, 0, 1]);
    holds([feast]);
  });

  test('a platform that asks for patience is waited for', async () => {
    desk.write(all);
    let asked = 0;
    const busy: typeof fetch = async (url, init) => {
      const isAct = typeof init?.body === 'string' && init.body.includes('AddEvent');
      return isAct && ++asked === 1
        ? new Response('Slow down', { status: 429, headers: { 'Retry-After': '1' } })
        : fetch(url, init);
    };
    assert.deepEqual(counts(await desk.push({ fetch: busy })), [3, 0, 0, 0, 0]);
    holds(all);
  });

  test('a platform that has gone away is not asked for every event', async () => {
    const many = Array.from({ length: 12 }, (_, i): Meeting => ({ ...walk, uid: `m${i}`, title: `Balade ${i}` }));
    desk.write(many);
    let acts = 0;
    const gone: typeof fetch = (url, init) => {
      const isAct = typeof init?.body === 'string' && init.body.includes('AddEvent');
      return isAct && ++acts > 2 ? Promise.reject(new TypeError('fetch failed')) : fetch(url, init);
    };
    const report = await desk.push({ fetch: gone });
    assert.deepEqual(counts(report), [2, 0, 0, 0, 10]);
    assert.equal(acts, 5);
    await desk.push();
    assert.deepEqual(
      desk
        .stored()
        .map(({ title }) => title)
        .sort(),
      many.map(({ title }) => title).sort(),
    );
  });

  test('what cannot be read in the agenda is listed, and its events stay', async () => {
    desk.write(all);
    await desk.push();
    desk.write([market, { ...walk, lines: ['DTEND;TZID=Mars/Olympus:20270620T150000'] }]);
    const report = await desk.push();
    assert.deepEqual(counts(report), [0, 0, 1, 1, 1]);
    assert.equal(report.failed[0]?.failure.exitCode, EXIT.partial);
    holds([market, walk]);
  });

  test('what the platform refuses is told in its words', async () => {
    desk.write([market]);
    await desk.push();
    const body = {
      data: { addEvent: { eventEdge: null, userErrors: [{ message: 'event-before-date-error' }] } },
    };
    desk.write([market, walk]);
    const refusing: typeof fetch = (url, init) =>
      typeof init?.body === 'string' && init.body.includes('AddEvent')
        ? Promise.resolve(Response.json(body))
        : fetch(url, init);
    const report = await desk.push({ fetch: refusing });
    assert.deepEqual(counts(report), [0, 0, 0, 1, 1]);
    assert.match(report.failed[0]?.failure.message ?? '', /event-before-date-error/);
    assert.deepEqual(counts(await desk.push()), [1, 0, 0, 1, 0]);
  });
});

suite('never an event twice', () => {
  test('when the state was lost: they are found by title and start, and are not deleted later', async () => {
    desk.write(all);
    await desk.push();
    rmSync(stateFile);
    assert.deepEqual(counts(await desk.push()), [0, 3, 0, 0, 0]);
    holds(all);
    desk.write([market]);
    const report = await desk.push();
    assert.deepEqual(report.left, [walk.uid, feast.uid]);
    assert.deepEqual(counts(report), [0, 0, 0, 1, 0]);
    holds(all);
    desk.write(all);
    await desk.push();
    holds(all);
  });

  test('when the platform’s list is behind: the next run waits for what it may not show yet', async () => {
    const slow = await openDesk({ indexLag: 1500 });
    try {
      slow.write(all);
      const losing: typeof fetch = async (url, init) => {
        const response = await fetch(url, init);
        if (typeof init?.body === 'string' && init.body.includes('AddEvent')) throw new TypeError('fetch failed');
        return response;
      };
      assert.deepEqual(counts(await slow.push({ fetch: losing })), [0, 0, 0, 0, 3]);
      assert.equal(slow.stored().length, 3);
      assert.deepEqual(counts(await slow.push({ lag: 60_000 })), [0, 3, 0, 0, 0]);
      assert.deepEqual(slow.stored(), expected(all));
    } finally {
      await slow.close();
    }
  });

  test('when the same happens twice: each of two equal events has its own', async () => {
    const twins = [walk, { ...walk, uid: 'twin' }];
    desk.write(twins);
    assert.deepEqual(counts(await desk.push()), [2, 0, 0, 0, 0]);
    rmSync(stateFile);
    assert.deepEqual(counts(await desk.push()), [0, 2, 0, 0, 0]);
    holds(twins);
  });

  test('when two runs start at once: one of them steps back', async () => {
    desk.write(all);
    let [open, begin] = [() => {}, () => {}];
    const gate = new Promise<void>((resolve) => (open = resolve));
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const held: typeof fetch = async (url, init) => {
      begin();
      await gate;
      return fetch(url, init);
    };
    const first = desk.push({ fetch: held });
    await begun;
    await assert.rejects(desk.push(), failsWith(EXIT.locked));
    open();
    assert.deepEqual(counts(await first), [3, 0, 0, 0, 0]);
    holds(all);
  });
});

suite('the state', () => {
  test('is of one account and one platform', async () => {
    desk.write(all);
    await desk.push();
    sql.run("UPDATE feature_flag SET enabled = 1 WHERE type = 'allow_users_to_propose_events'");
    const citizen = sql.get<{ id: string }>(
      'SELECT id FROM user WHERE email = ?',
      sandbox.store.state().accounts.citizen.email,
    );
    const token = '0123456789abcdef0123456789abcdef';
    sql.run('INSERT INTO public_api_token (token, user_id) VALUES (?, ?)', token, citizen?.id ?? '');
    await assert.rejects(desk.push({ token }), failsWith(EXIT.usage));
    await assert.rejects(
      desk.push({ platform: sandbox.platform.replace('localhost', '127.0.0.1') }),
      failsWith(EXIT.usage),
    );
    holds(all);
  });

  test('that is no state is not guessed at', async () => {
    desk.write(all);
    for (const text of ['', '{', '[]', '{"format":2}', '{"format":1,"events":[],"adding":{}}']) {
      writeFileSync(stateFile, text);
      await assert.rejects(desk.push(), failsWith(EXIT.files));
    }
    holds([]);
  });

  test('may lie elsewhere', async () => {
    desk.write(all);
    const state = `${desk.folder}/elsewhere/state.json`;
    await assert.rejects(desk.push({ state: `${desk.file}/state.json` }), /ENOTDIR|EEXIST/);
    await desk.push({ state });
    assert.ok(existsSync(state));
    assert.equal(existsSync(stateFile), false);
    assert.deepEqual(counts(await desk.push({ state })), [0, 0, 0, 3, 0]);
  });
});
