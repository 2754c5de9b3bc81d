import { newElement, ofDocument } from '../page/document.js';

// Live regions inside shadow roots are unreliable: one pair for the whole page, in its light DOM.
const regions = new Map<boolean, HTMLElement>();

/** A live region must be there before its text. */
function regionFor(urgent: boolean): HTMLElement {
  const region = regions.get(urgent) ?? newElement('div');
  if (!region.isConnected) {
    regions.set(urgent, region);
    region.setAttribute('role', urgent ? 'alert' : 'status');
    // Through the object model: a strict policy lets no style attribute through.
    region.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)';
    // One that the page has thrown away may come back: what it said last is no news.
    region.textContent = '';
    ofDocument('body').append(region);
  }
  return region;
}

/** Has screen readers say a sentence: at once for a failure, else when they have finished what they say. */
export function announce(text: string, urgent = false): void {
  const region = regionFor(urgent);
  // The same sentence again would be no change, and would not be read: an invisible character makes it one.
  region.textContent = region.textContent === text ? `${text}\u200b` : text;
}

let heard: Promise<typeof announce> | undefined;

/** Puts the page's live regions in place; resolves when what is said there will be heard, in the order of the calls. */
export function prepareAnnouncer(): Promise<typeof announce> {
  const isNew = ![true, false].every((urgent) => regions.get(urgent)?.isConnected);
  regionFor(false);
  regionFor(true);
  // There before its text: a live region that comes with it is not read. Whoever speaks in that time waits as well, or
  // the first sentence would end up in the place of the last.
  if (isNew || !heard) heard = new Promise((resolve) => setTimeout(() => resolve(announce), 50));
  return heard;
}
