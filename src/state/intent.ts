import { clock } from '../core/clock.js';
import type { Runtime } from './runtime.js';

/** What a visitor wanted to do when he was asked to sign in, for the case that signing in leads away from the page. */
export interface Intent {
  readonly platform: string;
  readonly proposalId: string;
  readonly stepId: string;
  readonly at: number;
}

const KEY = 'cap-widgets:draft';
/** Milliseconds after which a wish is no longer taken for what the visitor wants now. */
const LIFETIME = 3_600_000;

/** Keeps a wish on this device. Where a browser stores nothing, it is kept no longer than the page. */
export function keepIntent({ settings }: Runtime, proposalId: string, stepId: string): void {
  const intent: Intent = { platform: settings.platform, proposalId, stepId, at: clock.now() };
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), intent }));
  } catch {
    // Storage is full or denied.
  }
}

/** Takes the wish for a proposal, if there is one: it is gone before it is carried out, so that it is carried out once. */
export function takeIntent({ settings }: Runtime, proposalId: string, stepId: string): boolean {
  const { intent, ...rest } = read();
  if (intent?.platform !== settings.platform || intent.proposalId !== proposalId || intent.stepId !== stepId)
    return false;
  try {
    if (Object.keys(rest).length) localStorage.setItem(KEY, JSON.stringify(rest));
    else localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  return clock.now() - intent.at < LIFETIME;
}

function read(): { intent?: Intent } {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return draft && typeof draft === 'object' ? draft : {};
  } catch {
    return {};
  }
}
