// Live regions inside shadow roots are unreliable: one pair for the whole page, in its light DOM.
const regions = new Map<boolean, HTMLElement>();

/** A live region must be there before its text. */
function regionFor(urgent: boolean): HTMLElement {
  const region = regions.get(urgent) ?? document.createElement('div');
  if (!region.isConnected) {
    regions.set(urgent, region);
    region.setAttribute('role', urgent ? 'alert' : 'status');
    // Through the object model: a strict policy lets no style attribute through.
    region.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)';
    document.body.append(region);
  }
  return region;
}

/** Puts the page's live regions in place, and tells whether they were not there. */
export function prepareAnnouncer(): boolean {
  const isNew = !regions.get(true)?.isConnected;
  regionFor(false);
  regionFor(true);
  return isNew;
}

/** Has screen readers say a sentence: at once for a failure, else when they have finished what they say. */
export function announce(text: string, urgent = false): void {
  const region = regionFor(urgent);
  // The same sentence again would be no change, and would not be read: an invisible character makes it one.
  region.textContent = region.textContent === text ? `${text}\u200b` : text;
}
