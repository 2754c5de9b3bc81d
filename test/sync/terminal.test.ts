import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { parse as parseCsv } from 'csv-parse/sync';

import { printable, withoutControls } from '../../src/sync/control-characters.js';
import { eventsCommand } from '../../src/sync/events-push.js';
import { csvFor } from '../../src/sync/formats/csv.js';
import type { FileSink } from '../../src/sync/files.js';
import type { Subject } from '../../src/sync/formats/format.js';
import { rss } from '../../src/sync/formats/rss.js';
import type { StoredRecord } from '../../src/sync/records.js';
import { consoleReporter } from '../../src/sync/report.js';
import { bundleProgram, end, start } from './killed.program.js';
import { openDesk } from './support/agenda.js';

const csv = csvFor('standard');

/** Clears the screen, gives the window a name, hides what follows, moves the cursor, turns the line around. */
const HOSTILE = 'Bal\u001b[2J\u001b]0;x\u0007\u009b8m\u0085\u007f\b\r0 deleted\u202eedlos\u2066\u200f';
const UNSAFE = /[^\P{Cc}\n]|\p{Bidi_Control}/u;

/** Two streams as a terminal has them, or as pipes, and what was written to them. */
function streams(isTTY: boolean) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    isTTY,
    columns: 80,
    writableNeedDrain: false,
    clearLine: () => true,
    cursorTo: () => true,
    write: (text: string) => Boolean((written[name] += text)),
  });
  const process = { stdout: stream('stdout'), stderr: stream('stderr') };
  // Only what the reporter touches.
  return { written, process: process as unknown as Pick<NodeJS.Process, 'stdout' | 'stderr'> };
}

suite('what is printed', () => {
  for (const isTTY of [true, false])
    test(`steers no ${isTTY ? 'terminal' : 'terminal behind a pipe'}, whoever has written it`, () => {
      const { written, process } = streams(isTTY);
      const reporter = consoleReporter([], process);
      reporter.tell({ event: 'act', title: HOSTILE, deep: [{ message: HOSTILE }] }, `Add  ${HOSTILE}`, HOSTILE);
      reporter.say(`usage: ${HOSTILE}\n  second line\n`, true);
      reporter.say(`help: ${HOSTILE}\n  second line\n`, false);
      reporter.progress(HOSTILE);
      reporter.fail({ exitCode: 1, message: HOSTILE });
      for (const text of Object.values(written)) {
        assert.doesNotMatch(text, UNSAFE);
        assert.doesNotMatch(text, /\\u00[019]/i, 'nor does it once a script has decoded it');
        assert.match(text, /Bal\[2J/);
        assert.match(text, /\n {2}second line\n/);
      }
    });

  test('is as many lines as were meant: no text makes one of its own', () => {
    const { written, process } = streams(true);
    const reporter = consoleReporter([], process);
    reporter.tell({ event: 'act' }, 'Add  Bal\n3 deleted', 'Add  Fête\u20280 failed\u0085');
    assert.equal(written.stdout, 'Add  Bal 3 deleted\nAdd  Fête 0 failed \n');
  });

  test('keeps a secret also where a control character stands in it', () => {
    const { written, process } = streams(true);
    consoleReporter([/0123456789/g], process).fail({ exitCode: 1, message: 'key 01234\u001b56789 and 0123456789' });
    assert.equal(written.stderr, 'key *** and ***\n');
  });

  test('keeps letters, marks and joiners that move nothing', () => {
    for (const text of ['L’été à Œuilly', '👩‍👩‍👧', 'نمی‌خواهم', 'שלום', 'e\u0301'])
      assert.deepEqual([printable(text), withoutControls(text)], [text, text]);
  });

  test('goes through one place', () => {
    const folder = fileURLToPath(new URL('../../src/sync/', import.meta.url));
    const writers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => /console\.\w|\bstd(out|err)\.write/.test(readFileSync(join(folder, name), 'utf8')));
    assert.deepEqual(writers, ['report.ts']);
  });
});

suite('the command line', () => {
  test('says what was typed wrong without carrying it out', async () => {
    const program = await bundleProgram();
    try {
      for (const args of [
        [`\u001b[2J`],
        ['sync', '--platform', 'https://x.example', '--out', 'x', `--\u009b2J`],
        ['events', 'push', 'x', '--platform', 'x', '--token-env', 'x', '--lag', `\u001b[2J`],
      ]) {
        const { code, stdout, stderr } = await end(start(program, args));
        assert.equal(code, 2);
        assert.match(stderr, /2J/);
        assert.doesNotMatch(stdout + stderr, UNSAFE);
      }
    } finally {
      program.remove();
    }
  });
});

suite('an agenda with control characters', async () => {
  const desk = await openDesk();
  after(() => desk.close());
  afterEach(() => desk.clear());
  const agenda = (title: string): string =>
    [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      `UID:a\u001b[1A@valmont`,
      `SUMMARY:${title}`,
      'DTSTART:20270619T160000Z',
      'DESCRIPTION:<p>Venez\u009b31m &#27;[2J&#x202e;&#8;</p><p>À pied</p>',
      'LOCATION:Gare\u001b]0;x\u0007\u2067',
      'END:VEVENT',
      'BEGIN:VEVENT',
      `UID:b\u001b[1A@valmont`,
      `SUMMARY:${title}`,
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
  const title = 'Bal\u001b[2J\u009b8m\u202e\u200f';

  for (const isTTY of [true, false])
    test(`is told ${isTTY ? 'to people' : 'to scripts'} without them`, async () => {
      writeFileSync(desk.file, agenda(title));
      const { written, process } = streams(isTTY);
      const reporter = consoleReporter([], process);
      const context = { reporter, signal: new AbortController().signal, env: { KEY: desk.token }, secrets: [] };
      const args = ['push', desk.file, '--platform', desk.sandbox.platform, '--token-env', 'KEY', '--dry-run'];
      await assert.rejects(eventsCommand(context).parseAsync(args, { from: 'user' }), /1 not done/);
      assert.match(written.stdout, /Bal\[2J8m/);
      assert.match(written.stdout, /b\[1A@valmont/);
      assert.doesNotMatch(written.stdout + written.stderr, UNSAFE);
      assert.doesNotMatch(written.stdout, /\\u00[019]/i);
    });

  test('is pushed without them, and is as it was the next time', async () => {
    writeFileSync(desk.file, agenda(title));
    assert.equal((await desk.push()).added, 1);
    const [event] = desk.stored();
    assert.equal(event?.title, 'Bal[2J8m\u200f');
    assert.equal(event.body, '<p>Venez31m [2J</p><p>À pied</p><p><strong>Lieu\u00a0:</strong> Gare]0;x</p>');
    const { added, changed, unchanged } = await desk.push();
    assert.deepEqual([added, changed, unchanged], [0, 0, 1]);
  });
});

suite('files', () => {
  const subject: Subject = {
    kind: 'projects',
    title: 'Projets',
    platform: 'https://participez.valmont.example',
    licence: { title: 'Licence' },
    lang: 'fr',
    timeZone: 'Europe/Paris',
    lastChange: null,
  };
  async function written(format: typeof csv, records: readonly StoredRecord[]): Promise<string> {
    let text = '';
    const sink = { write: (more: string) => Promise.resolve(void (text += more)) };
    // Only what a format calls.
    await format.write(read(records), sink as unknown as FileSink, subject);
    return text;
  }
  // eslint-disable-next-line @typescript-eslint/require-await -- As a file is read.
  async function* read(records: readonly StoredRecord[]): AsyncGenerator<StoredRecord> {
    yield* records;
  }
  const project = (title: string): StoredRecord => ({
    ...{ id: 'p', title, url: 'https://x.example/', summary: title, cover: null, type: null, publishedAt: null },
    ...{ themes: [], districts: [], authors: [], steps: [], counts: {} },
  });

  test('in CSV no cell hides a formula behind a sign that nobody sees', async () => {
    for (const sign of ['\u0000', '\u0001', '\u001b', '\u007f', '\u0090', '\u202e']) {
      const [row] = parseCsv<Record<string, string>>(await written(csv, [project(`${sign}=1+1`)]), { columns: true });
      assert.equal(row?.['title'], "'=1+1", JSON.stringify(sign));
    }
  });

  test('in CSV a text of several lines stays one cell, wherever a program ends its rows', async () => {
    for (const text of ['Bal\n=1+1', 'Bal\r=1+1', 'Bal\r\n=1+1']) {
      const rows = parseCsv<Record<string, string>>(await written(csv, [project(text)]), {
        columns: true,
        record_delimiter: '\n',
      });
      assert.deepEqual([rows.length, rows[0]?.['title']], [1, 'Bal\n=1+1']);
    }
  });

  test('in RSS nothing stands that XML cannot say', async () => {
    const text = await written(rss, [project('a\u0000\u0008\u001b\ufffe\ud800b')]);
    assert.match(text, /<title>ab<\/title>/);
    assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u);
  });
});
