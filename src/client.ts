/** The headless client: a participation platform without a page, for Node, workers and other front ends. No DOM, no Lit. */
export { ApiError, isRetryable, type ErrorCode } from './core/errors.js';
export type { Count, CountTarget, Metric, NotCounted, SecretBallot, Tally } from './domain/counts.js';
export type { StepKind, StepState } from './domain/step.js';
export { CapClient } from './client/client.js';
export type * from './client/types.js';
