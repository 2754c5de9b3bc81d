/**
 * What it costs to read a large agenda, from the start of the command to the last line of a dry run, and how soon it hears
 * that it is to stop.
 *
 *   npm run build && npm run bench:agenda [events]
 *
 * Fails when that takes more than 20 seconds, or a signal is heard after more than one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { startSandbox } from '../sandbox/index.js';

const count = Number(process.argv[2] ?? 100_000);
const LONGEST = 20;
const LATEST = 1;
const program = fileURLToPath(new URL('../dist/npm/sync/bin.js', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'cap-widgets-bench-'));
const file = path.join(scratch, 'agenda.ics');

const two = (number) => String(number).padStart(2, '0');
const event = (i) => {
  const day = `${2027 + (i % 3)}${two(1 + (i % 12))}${two(1 + (i % 28))}`;
  return [
    ...['BEGIN:VEVENT', `UID:${i}@ville.example`, `SUMMARY:Réunion publique ${i}`],
    ...[`DTSTART;TZID=Europe/Paris:${day}T180000`, `DTEND;TZID=Europe/Paris:${day}T200000`, 'END:VEVENT'],
  ];
};
const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...Array.from({ length: count }, (_, i) => event(i)).flat()];
writeFileSync(file, [...lines, 'END:VCALENDAR', ''].join('\r\n'));

const sandbox = await startSandbox({ port: 0 });
const token = sandbox.store.state().accounts.admin.token;
const start = () =>
  spawn(
    process.execPath,
    [program, 'events', 'push', file, '--dry-run', '--platform', sandbox.platform, '--token-env', 'KEY'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, KEY: token } },
  );
const seconds = (since) => (performance.now() - since) / 1000;

const started = performance.now();
const run = start();
let acts = 0;
for await (const chunk of run.stdout.setEncoding('utf8')) acts += chunk.split('"outcome":"planned"').length - 1;
if (run.exitCode === null) await once(run, 'exit');
const whole = seconds(started);

// While it reads: half of the time that it took to do all.
const stopped = start();
stopped.stdout.resume();
await wait((whole / 2) * 1000);
const asked = performance.now();
stopped.kill('SIGTERM');
const [code] = stopped.exitCode === null ? await once(stopped, 'exit') : [stopped.exitCode];
const heard = seconds(asked);

await sandbox.stop();
const size = statSync(file).size / 1e6;
rmSync(scratch, { recursive: true });
console.log(`${acts} of ${count} events (${size.toFixed(1)} MB) planned in ${whole.toFixed(1)} s`);
console.log(`SIGTERM heard after ${heard.toFixed(2)} s, exit code ${code}`);

const faults = [
  ...(run.exitCode === 0 && acts === count ? [] : [`it ended with ${run.exitCode} after ${acts} events`]),
  ...(whole > LONGEST ? [`it takes more than ${LONGEST} s`] : []),
  ...(heard > LATEST ? [`SIGTERM is heard after more than ${LATEST} s`] : []),
  ...(code === 143 ? [] : [`stopped, it ends with ${code}`]),
];
for (const fault of faults) console.error(`✗ ${fault}`);
process.exitCode = faults.length ? 1 : 0;
