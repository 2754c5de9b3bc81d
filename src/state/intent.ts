import { clock } from '../core/clock.js';
import { keep, kept } from './device.js';
import type { Runtime } from './runtime.js';

/** What a visitor wanted to do when he was asked to sign in, for the case that signing in leads away from the page. */
export interface Intent {
  readonly platform: string;
  readonly proposalId: string;
  readonly stepId: string;
  /** To have voted, or to take the vote back. */
  readonly voted: boolean;
  readonly at: number;
}

/** Milliseconds after which a wish is no longer taken for what the visitor wants now. */
const LIFETIME = 3_600_000;

const wish = (): Intent | undefined => kept()['intent'] as Intent | undefined;

/** Keeps a wish on this device. Where a browser stores nothing, it is kept no longer than the page. */
export function keepIntent({ settings }: Runtime, proposalId: string, stepId: string, voted: boolean): void {
  keep('intent', { platform: settings.platform, proposalId, stepId, voted, at: clock.now() } satisfies Intent);
}

/**
 * Takes the wish for a proposal: it is gone before it is carried out, so that it is carried out once, here or in another tab.
 *
 * @returns Whether the visitor wants to have voted; null without a wish.
 */
export function takeIntent({ settings }: Runtime, proposalId: string, stepId: string): boolean | null {
  const intent = wish();
  if (intent?.platform !== settings.platform || intent.proposalId !== proposalId || intent.stepId !== stepId)
    return null;
  keep('intent', undefined);
  // What cannot be forgotten would be carried out again.
  return !wish() && clock.now() - intent.at < LIFETIME ? intent.voted : null;
}

/** Whether any wish is kept. */
export const hasIntent = (): boolean => Boolean(wish());

/**
 * Does something while no other tab of the site does it: two that look for the same wish would both find it.
 *
 * @param name - What is done; only what has the same name waits.
 * @param mode - `shared`: beside others that say so too, but not beside one that is alone.
 */
export async function alone<T>(task: () => Promise<T>, name = 'cap-widgets', mode: LockMode = 'exclusive'): Promise<T> {
  // Old browsers have no locks: there the platform refuses the second vote.
  const { locks } = navigator as Partial<Navigator>;
  return locks ? locks.request(name, { mode }, task) : task();
}
