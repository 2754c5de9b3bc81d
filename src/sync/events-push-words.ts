import { decodeHTMLStrict } from 'entities';
import type ICAL from 'ical.js';

import { webAddress } from '../platform/web-address.js';
import { withoutControls } from './control-characters.js';
import { bodyOf, escape } from './events-push-body.js';
import { AgendaProblem } from './events-push-limits.js';
import { plainOf } from './events-push-plain.js';

/** What an event says, each time that it takes place. */
export interface Words {
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
}

export const textOf = (component: ICAL.Component, name: string): string =>
  (component.getFirstPropertyValue(name)?.toString() ?? '').trim();

/** A text in one line. What comes out of here is pushed. */
export const said = (text: string): string => withoutControls(plainOf(text)).replace(/\s+/g, ' ').trim();

/**
 * @param placeLabel - What stands before the place.
 * @param base - What addresses without a host are relative to.
 * @throws {AgendaProblem} When there is nothing to call it by.
 */
export function wordsOf(component: ICAL.Component, placeLabel: string, base: string): Words {
  const title = said(textOf(component, 'summary')) || said(textOf(component, 'location'));
  if (!title) throw new AgendaProblem('It has neither a title nor a place.');
  // HTML too may bring control characters along, written as `&#27;`.
  const body = withoutControls(bodyOf(component, placeLabel, base)) || escape(title);
  const address = decodeHTMLStrict(textOf(component, 'url'));
  return { title, body, link: address ? webAddress(address) : null };
}
