#!/usr/bin/env node
import { main } from './cli.js';
import { tidyMemory } from './memory.js';
import { CommandError, EXIT } from './report.js';

tidyMemory();

const stop = new AbortController();
let stopped: number | undefined;

// By convention a program that was told to stop ends with 128 and the number of the signal.
for (const [name, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const)
  process.once(name, () => {
    stopped = 128 + number;
    stop.abort(new CommandError(EXIT.unexpected, 'Stopped. The files are as they were.'));
  });

// Whoever reads our output may have read enough.
process.stdout.on('error', () => undefined);

const exitCode = await main(process.argv.slice(2), stop.signal);
process.exitCode = exitCode === EXIT.ok ? EXIT.ok : (stopped ?? exitCode);
