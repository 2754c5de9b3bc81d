/** Reads an agenda in a thread of its own: whoever waits for it can be told to stop, and gives it only so much time. */
import { parentPort, workerData } from 'node:worker_threads';

import { readAgenda } from './events-push-agenda.js';
import { packed, type Answer, type Task } from './events-push-reading.js';
import { failureOf } from './report.js';

const { bytes, options, place } = workerData as Task;
// The other side looks at it when the time is up.
const line = new Int32Array(place);

function answer(): Answer {
  try {
    const text = new TextDecoder().decode(bytes);
    return { agenda: packed(readAgenda(text, options, (at) => (line[0] = at))) };
  } catch (reason) {
    return { failure: failureOf(reason) };
  }
}

parentPort?.postMessage('begun');
parentPort?.postMessage(answer());
