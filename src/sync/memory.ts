import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of objects that may gather before they are looked through. */
const PLENTY = 48e6;
/** Milliseconds between two looks at how much has gathered. */
const LOOK = 50;

/**
 * Keeps the memory of a command small. What it reads passes through and is soon of no use, but left to itself the engine
 * lets it gather for as long as the machine has room: a long run would take more than a short one that needs as much.
 */
export function tidyMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let left = 0;
  setInterval(() => {
    // What is in use stays, and is not looked through again until as much has come to it.
    if (process.memoryUsage().heapUsed < Math.max(PLENTY, left * 1.5)) return;
    collect();
    left = process.memoryUsage().heapUsed;
  }, LOOK).unref();
}
