import type { HandoffAction, HandoffRequest } from './handoff.js';
import { isBelow, webPage, type Allowed } from './handoff-allow.js';

/** Why a request is not even looked at. */
export type Refusal =
  /** It is not of the form that widgets write. */
  | { readonly kind: 'malformed' }
  /** It waits no longer: signing in has taken too long, or was done in another tab. */
  | { readonly kind: 'lost' }
  /** It is from a site that this platform does not serve. */
  | { readonly kind: 'origin'; readonly host: string }
  /** It would send the visitor to another site than the one that asks. */
  | { readonly kind: 'return'; readonly host: string }
  /** It would send the visitor to a page of that site where visitors are not sent back to. */
  | { readonly kind: 'folder'; readonly host: string };

export type Reading = { readonly request: HandoffRequest } | { readonly refusal: Refusal };

const KEYS: readonly string[] = ['action', 'step', 'proposals', 'state', 'origin', 'return'];
/** What parts that do not exist yet would add is malformed until then. */
const ACTIONS: readonly HandoffAction[] = ['vote', 'unvote', 'ballot', 'login', 'leave'];
const STATE = /^[\w-]{22,86}$/;
/** Global ids are base64, others are what platforms give: short, and never with spaces or commas. */
const ID = /^[\w+/=:.-]{1,200}$/;
/** More than any ballot has. */
const MOST_PROPOSALS = 200;

const isId = (id: string): boolean => ID.test(id);

/**
 * Reads a request strictly: whoever can open a window can write one.
 *
 * @param hash - Of the hand-over page's address, without its `#`.
 * @param allow - Who may ask.
 */
export function readRequest(hash: string, allow: readonly Allowed[]): Reading {
  const fields = new URLSearchParams(hash);
  const malformed: Reading = { refusal: { kind: 'malformed' } };
  // Every field once, and no other: what is said twice could be meant twice.
  if ([...fields.keys()].sort().join() !== [...KEYS].sort().join()) return malformed;
  const field = (key: string): string => fields.get(key) ?? '';

  const action = ACTIONS.find((known) => known === field('action'));
  const [state, stepId, proposals] = [field('state'), field('step'), field('proposals')];
  const proposalIds = proposals ? proposals.split(',') : [];
  const isVote = action === 'vote' || action === 'unvote';
  const isSession = action === 'login' || action === 'leave';
  const whole = isSession ? !stepId && !proposals : isId(stepId) && proposalIds.every(isId) && (!isVote || proposals);
  const unique = new Set(proposalIds).size === proposalIds.length && proposalIds.length <= MOST_PROPOSALS;
  const [origin, back] = [urlOf(field('origin')), urlOf(field('return'))];
  if (!action || !STATE.test(state) || !whole || !unique || !origin || !back) return malformed;

  const sites = allow.filter((allowed) => allowed.origin === origin.origin);
  if (origin.origin !== field('origin') || !webPage(origin.href) || !sites.length)
    return { refusal: { kind: 'origin', host: origin.host } };
  if (back.origin !== origin.origin || !webPage(back.href)) return { refusal: { kind: 'return', host: back.host } };
  if (!sites.some(({ folder }) => isBelow(back.pathname, folder)))
    return { refusal: { kind: 'folder', host: back.host } };
  return { request: { action, stepId, proposalIds, state, origin: origin.origin, returnUrl: back.href } };
}

/** Only addresses of web pages: no other kind has a site that could be allowed. */
function urlOf(address: string): URL | null {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
