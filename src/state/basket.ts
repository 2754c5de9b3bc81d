import { readTerms, type Terms } from '../platform/ballot/basket.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';

export type { Terms } from '../platform/ballot/basket.js';

/** What a step asks of whoever votes in it; null where the platform does not say. */
export const termsOf = (runtime: Runtime, stepId: string, lang: string): Resource<Terms | null> =>
  runtime.share(`terms ${lang} ${stepId}`, (platform, signal) => readTerms(platform, stepId, { lang, signal }));
