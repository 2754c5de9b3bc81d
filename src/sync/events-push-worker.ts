/** Reads an agenda in a thread of its own: whoever waits for it can be told to stop, and gives it only so much time. */
import { parentPort, workerData } from 'node:worker_threads';

import { readAgenda } from './events-push-agenda.js';
import { decodeAgenda } from './events-push-encoding.js';
import { packed, type Answer, type Task } from './events-push-reading.js';
import { CommandError, EXIT, failureOf } from './report.js';

const { bytes, encoding, options, place } = workerData as Task;
// The other side looks at it when the time is up.
const line = new Int32Array(place);

function answer(): Answer {
  try {
    const { text, warnings } = decodeAgenda(bytes, encoding);
    const agenda = readAgenda(text, options, (at) => (line[0] = at));
    return { agenda: packed({ ...agenda, warnings: [...warnings, ...agenda.warnings] }) };
  } catch (reason) {
    if (reason instanceof CommandError) return { failure: failureOf(reason) };
    // What went wrong inside helps nobody who keeps an agenda; where it did, does.
    const message = `The agenda cannot be read, at line ${line[0] ?? 0}, by a fault of this program. Nothing was changed on the platform. Take out the event that is there.`;
    return { failure: { exitCode: EXIT.unexpected, message } };
  }
}

parentPort?.postMessage('begun');
parentPort?.postMessage(answer());
