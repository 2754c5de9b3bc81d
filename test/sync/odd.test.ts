import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import { CommandError, EXIT, failureOf, isFileError } from '../../src/sync/report.js';
import { sync } from '../../src/sync/sync.js';
import { HurriedClock } from '../platform/http-platform.js';
import { ODDER, shortened, spoilt } from '../support/odd.js';
import { bundleProgram, end, start } from './killed.program.js';
import { openDesk, type Meeting } from './support/agenda.js';
import { openPartner, read, records } from './support/partner.js';

const desk = await openDesk();
const partner = await openPartner();
after(async () => {
  await desk.close();
  await partner.close();
});
afterEach(() => {
  useClock();
  desk.clear();
});

const walk: Meeting = { uid: 'b@valmont', title: 'Balade', start: '20270620T140000' };
const feast: Meeting = { uid: 'c@valmont', title: 'Fête', start: '20271231T220000' };

/** A failure that whoever started the command understands. */
function assertMeant(reason: unknown, about: unknown): void {
  const isMeant = reason instanceof CommandError || reason instanceof ApiError || isFileError(reason);
  assert.ok(isMeant, `${JSON.stringify(about)}\n${(reason as Error).stack ?? String(reason)}`);
}

suite('the state of an agenda', () => {
  test('that is odd in one place is refused with words, and stays as it is', async () => {
    desk.write([walk, feast]);
    await desk.push();
    const good = JSON.parse(desk.state()) as Record<string, unknown>;
    const adding = { title: 'Fête', startAt: '2027-12-31 22:00:00', at: Date.now() };
    let refused = 0;
    for (const state of spoilt({ ...good, adding: { 'd@valmont': adding } }, ODDER)) {
      const text = JSON.stringify(state) ?? '';
      writeFileSync(desk.stateFile, text);
      try {
        await desk.push({ dryRun: true });
      } catch (reason) {
        assertMeant(reason, state);
        assert.match((reason as Error).message, /is not the state of an agenda|is about/);
        refused++;
      }
      assert.equal(desk.state(), text);
    }
    assert.ok(refused > 150, String(refused));
  });

  test('with a date that is still to come is not waited for: it is said, and nothing is lost', async () => {
    for (const at of [Date.now() + 1e9, 1e300]) {
      desk.clear();
      desk.write([walk]);
      await desk.push();
      const state = JSON.parse(desk.state()) as { events: Record<string, object>; adding: Record<string, object> };
      // As a run leaves it that was killed after the platform had added the event.
      state.events = {};
      state.adding = { [walk.uid]: { title: walk.title, startAt: '2027-06-20 14:00:00', at } };
      writeFileSync(desk.stateFile, JSON.stringify(state));
      const said: string[] = [];
      const report = await desk.push({ onWarning: (sentence) => said.push(sentence) });
      assert.deepEqual([report.added, report.changed, report.failed.length], [0, 1, 0]);
      assert.equal(desk.stored().length, 1);
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /Balade.*still to come.*clock/);
    }
  });

  test('with a date that is still to come is waited for as if that were now', async () => {
    desk.write([walk]);
    await desk.push();
    const state = JSON.parse(desk.state()) as { adding: Record<string, object> };
    state.adding = { gone: { title: 'Rien', startAt: '2027-06-20 14:00:00', at: 5_000_000 } };
    writeFileSync(desk.stateFile, JSON.stringify(state));
    // A clock that goes on by half a second whenever somebody looks.
    let time = 1_000_000;
    await desk.push({ now: () => (time += 500), lag: 1_500 });
    assert.ok(time >= 1_001_500 && time < 1_010_000, String(time));
  });
});

suite('an answer about an agenda', () => {
  beforeEach(() => new HurriedClock());

  test('that is odd in one place ends in words', { timeout: 600_000 }, async () => {
    desk.write([walk, feast]);
    await desk.push();
    desk.write([
      { ...walk, text: 'Venez.' },
      { ...feast, uid: 'd@valmont', title: 'Concert' },
    ]);
    const state = desk.state();
    const answers: unknown[] = [];
    await desk.push({
      fetch: async (url, init) => {
        const answer = shortened(await (await fetch(url, init)).json(), 1);
        answers.push(answer);
        return Response.json(answer);
      },
    });
    assert.equal(answers.length, 5, 'account, list, change, addition, deletion');
    const faults = { errors: [{ message: 'event-error', path: ['addEvent'], extensions: { category: 'user' } }] };
    for (const [place, answer] of answers.entries())
      for (const body of spoilt({ ...(answer as object), ...(place > 1 && faults) })) {
        writeFileSync(desk.stateFile, state);
        let asked = 0;
        const send: typeof fetch = () => {
          const turn = asked++;
          assert.ok(turn < 30, 'It asks and asks.');
          return Promise.resolve(Response.json(turn === place ? (body ?? '') : (answers[turn] ?? { data: null })));
        };
        try {
          const { failed } = await desk.push({ fetch: send });
          for (const { failure } of failed) assert.doesNotMatch(failure.message, /Unexpected/, JSON.stringify(body));
        } catch (reason) {
          assertMeant(reason, body);
        }
        assert.doesNotThrow(() => JSON.parse(desk.state()) as unknown);
      }
  });
});

suite('what the last run of sync has left', () => {
  const out = partner.folder();
  const home = join(out, '.cap-widgets');

  test('that is odd in one place is refused with words, and stays as it is', async () => {
    await partner.sync(out, { formats: ['ndjson'] });
    const file = join(home, readlinkSync(join(home, 'current')), 'state.json');
    const good = readFileSync(file, 'utf8');
    let refused = 0;
    for (const state of ['', '{', ...spoilt(shortened(JSON.parse(good) as unknown, 1))]) {
      const text = typeof state === 'string' ? state : JSON.stringify(state);
      writeFileSync(file, text);
      try {
        await sync({
          platform: partner.town.url,
          out,
          // What is odd shows before anything is asked, or not at all.
          fetch: () => Promise.reject(new ApiError('forbidden', 'not asked')),
        });
      } catch (reason) {
        assertMeant(reason, state);
        if (reason instanceof CommandError) {
          assert.equal(reason.exitCode, EXIT.files);
          assert.match(reason.message, /state\.json.*Restore it, or remove .*\.cap-widgets/);
          refused++;
        }
      }
      assert.equal(readFileSync(file, 'utf8'), text);
    }
    assert.ok(refused > 50, String(refused));
    writeFileSync(file, good);
  });

  test('under no number is refused with words', async () => {
    const current = join(home, 'current');
    const number = readlinkSync(current);
    for (const target of ['../..', 'NaN', '1e3', '-1', ' ']) {
      rmSync(current);
      symlinkSync(target, current);
      await assert.rejects(
        partner.sync(out),
        (reason) => reason instanceof CommandError && /current/.test(reason.message),
      );
    }
    rmSync(current);
    symlinkSync(number, current);
    assert.equal((await partner.sync(out, { formats: ['ndjson'] })).changed, false);
  });

  for (const odd of ['null', '1', '[]', '{}', '{"id":7}', 'not JSON'])
    test(`with a line that is ${odd} is made anew`, async () => {
      const before = read(out, 'projects.ndjson');
      const [first = '', ...rest] = before.split('\n');
      // As long as it was.
      writeFileSync(join(out, 'projects.ndjson'), [odd.padEnd(Buffer.byteLength(first)), ...rest].join('\n'));
      await partner.sync(out, { formats: ['ndjson'] });
      assert.equal(read(out, 'projects.ndjson'), before);
    });

  test('keeps what is gone where nothing was touched', async () => {
    partner.town.sandbox.store.sql.run('DELETE FROM event');
    await partner.sync(out, { formats: ['ndjson'] });
    assert.ok(records(out, 'events').every(({ deleted }) => deleted));
    assert.ok(records(out, 'events').length > 0);
    partner.town.sandbox.store.reset();
  });
});

test('a date in the environment that is none is refused with words', async () => {
  const program = await bundleProgram();
  const out = partner.folder();
  mkdirSync(out, { recursive: true });
  try {
    for (const epoch of ['yesterday', '-5', '1e400', '99999999999999999']) {
      const args = ['sync', '--platform', partner.town.url, '--out', out];
      const ended = await end(start(program, args, { SOURCE_DATE_EPOCH: epoch }));
      assert.equal(ended.code, EXIT.usage, ended.stderr);
      assert.match(ended.stderr, /SOURCE_DATE_EPOCH/);
    }
  } finally {
    program.remove();
  }
});

test('no failure of ours is taken for one of the user', () => {
  assert.equal(failureOf(new TypeError('x')).exitCode, EXIT.unexpected);
});

test('a failure of ours is called one, and names nothing that is in the program', () => {
  for (const error of [
    new TypeError("Cannot read properties of undefined (reading 'propertyGroups')"),
    new ReferenceError('ledger is not defined'),
    new RangeError('Invalid array length'),
  ]) {
    const { exitCode, message } = failureOf(error);
    assert.equal(exitCode, EXIT.unexpected);
    assert.match(message, /fault of this program.*report it/);
    assert.doesNotMatch(message, /undefined|propertyGroups|ledger|array/);
  }
});
