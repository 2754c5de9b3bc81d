import type { Count, CountTarget, Metric } from '../domain/counts.js';
import { readCount } from '../platform/count.js';
import { judged } from './judged.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';

/** A number of an object; null when there is no such object, or this visitor may not see it. */
export const countOf = (runtime: Runtime, target: CountTarget, metric: Metric, lang: string): Resource<Count | null> =>
  runtime.share(`count ${lang} ${target.kind} ${metric} ${target.id}`, (platform, signal) =>
    judged(target.id, target.kind, readCount(platform, target, metric, { lang, signal })),
  );
