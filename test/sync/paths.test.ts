/** Paths that cannot be written, also not by the superuser, who is not asked for permission. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test, type TestContext } from 'node:test';

import { startSandbox, type Sandbox } from '../../sandbox/server.js';
import { EXIT } from '../../src/sync/report.js';
import { bundleProgram, end, start, type Ended, type Program } from './killed.program.js';
import { icsOf } from './support/agenda.js';

/** Beside what the start of the program takes. */
const A_SECOND = 1000;
const scratch = mkdtempSync(path.join(tmpdir(), 'cap-paths-'));
const at = (...names: readonly string[]): string => path.join(scratch, ...names);

let program: Program;
let sandbox: Sandbox;
let toStart: number;
before(async () => {
  program = await bundleProgram();
  sandbox = await startSandbox({ port: 0 });
  writeFileSync(at('file'), '');
  symlinkSync(at('nowhere', 'at-all'), at('dangling'));
  symlinkSync(at('circle'), at('circle'));
  writeFileSync(at('agenda.ics'), icsOf([{ uid: 'a', title: 'Bal', start: '20270714T180000' }]));
  const started = performance.now();
  await end(start(program, ['--version']));
  toStart = performance.now() - started;
});
after(async () => {
  await sandbox?.stop();
  program?.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** Runs a command that has to end soon, with words that a person understands. */
async function refused(args: readonly string[], ...words: readonly RegExp[]): Promise<void> {
  const started = performance.now();
  const child = start(program, args, { CAP_TOKEN: sandbox.store.state().accounts.admin.token });
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const ended: Ended = await end(child);
  clearTimeout(timer);
  const took = performance.now() - started;
  assert.equal(ended.code, EXIT.files, `${ended.code} ${ended.stdout}${ended.stderr}`);
  for (const each of words) assert.match(ended.stderr, each);
  assert.doesNotMatch(ended.stdout + ended.stderr, /undefined|\[object|\bat \S+ \(|node:internal|TypeError/);
  // Others are at work on the machine as well: what took ten times as long as a start went in a circle.
  assert.ok(took < 10 * toStart + A_SECOND, `${took} ms`);
}

const sync = (out: string): string[] => ['sync', '--platform', sandbox.platform, '--out', out];
const copy = (out: string): string[] => [...sync(out), '--copy'];
const remember = (state: string): string[] => [...copy(at('site')), '--state', state];
const push = (state: string): string[] => [
  ...['events', 'push', at('agenda.ics'), '--platform', sandbox.platform],
  ...['--token-env', 'CAP_TOKEN', '--state', state],
];

const places: readonly [name: string, path: () => string][] = [
  ['in /proc', () => '/proc/x'],
  ['deep in /proc', () => '/proc/x/y/z'],
  ['in the folder of a process', () => '/proc/self/x'],
  ['in /sys', () => '/sys/x'],
  ['in a device', () => '/dev/null/x'],
  ['in a file', () => at('file', 'x')],
  ['with a name that is too long', () => at('x'.repeat(300))],
  ['that is too long as a whole', () => at(...Array.from({ length: 60 }, () => 'x'.repeat(100)))],
  ['behind a dangling link', () => at('dangling', 'x')],
  ['behind a link that leads in a circle', () => at('circle', 'x')],
];
const folders: typeof places = [
  ['that is a file', () => at('file')],
  ['that is a device', () => '/dev/null'],
  ['that is a dangling link', () => at('dangling')],
];

for (const [what, argsOf, all] of [
  ['sync --out', sync, [...places, ...folders]],
  ['sync --copy --out', copy, [...places.slice(0, 1), ...folders]],
  ['sync --copy --state', remember, [...places.slice(0, 1), ...folders]],
  ['events push --state', push, places],
] as const)
  suite(what, () => {
    for (const [name, place] of all)
      test(`ends at once with ${EXIT.files} for a path ${name}`, (t) => {
        const system = /^\/(proc|sys|dev)\b/.exec(place())?.[0];
        if (system && !existsSync(system)) return t.skip(`there is no ${system} here`);
        return refused(argsOf(place()), /cannot be (read or )?written/);
      });
  });

test('an empty path is none: that is wrong usage, which is said before anything is asked', async () => {
  const { code, stderr } = await end(start(program, sync('')));
  assert.equal(code, EXIT.usage);
  assert.match(stderr, /--out DIR/);
});

suite('a disk', () => {
  /** A file system of a few kilobytes, where the tests may make one. */
  function smallDisk(t: TestContext, options: string): string | undefined {
    const folder = at(`disk-${options.replace(/\W/g, '-')}`);
    mkdirSync(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      t.skip('file systems cannot be mounted here');
      return undefined;
    }
    t.after(() => execFileSync('umount', ['-l', folder]));
    return folder;
  }

  for (const [what, options, words] of [
    ['that is full', 'size=64k', /cannot be read or written/],
    ['that can only be read', 'ro', /EROFS/],
  ] as const)
    test(`${what} ends a run with ${EXIT.files}`, async (t) => {
      const disk = smallDisk(t, options);
      if (!disk) return;
      await refused(sync(path.join(disk, 'out')), words);
      await refused([...copy(path.join(disk, 'copies')), '--state', at('state')], words);
    });
});
