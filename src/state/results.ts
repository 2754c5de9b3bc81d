import type { Outcome } from '../domain/results.js';
import { readResults } from '../platform/results.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';

/** What a vote has come to; null while that is secret, and where the platform does not tell this page. */
export const resultsOf = (runtime: Runtime, stepId: string, lang: string): Resource<Outcome | null> =>
  runtime.share(`results ${lang} ${stepId}`, (platform, signal) => readResults(platform, stepId, { lang, signal }));
