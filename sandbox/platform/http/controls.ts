import { Router, type Request } from 'express';

import type { Store } from '../store.js';
import { findMistake, type Fault, type FaultQueue } from './faults.js';
import type { RequestLog } from './request-log.js';

interface Services {
  readonly store: Store;
  readonly faults: FaultQueue;
  readonly log: RequestLog;
}

function readObject(request: Request): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(String(request.body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What a test steers the sandbox with. None of this exists on a real platform. */
export function controlsRouter({ store, faults, log }: Services): Router {
  const router = Router();

  router.get('/state', (_request, response) => {
    response.json(store.state());
  });
  router.post('/reset', (_request, response) => {
    store.reset();
    response.json({ reset: true });
  });
  router.post('/faults', (request, response) => {
    const fault = readObject(request);
    const mistake = fault ? Object.keys(fault).length > 0 && findMistake(fault) : 'The body must be one JSON object.';
    if (mistake) return void response.status(400).json({ error: mistake });
    if (fault && Object.keys(fault).length > 0)
      faults.add(fault as unknown as Fault); // Checked by findMistake.
    else faults.clear();
    response.json({ waiting: faults.size });
  });
  router.get('/requests', (_request, response) => {
    response.json(log.entries);
  });
  router.delete('/requests', (_request, response) => {
    log.clear();
    response.status(204).end();
  });
  router.use((request, response) => {
    response.status(404).json({ error: `There is no ${request.method} ${request.originalUrl} in the sandbox.` });
  });
  return router;
}
