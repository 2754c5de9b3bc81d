// Live regions inside shadow roots are unreliable, and a region must be there before its text: one pair for the whole page.
const regions: HTMLElement[] = [];

/** Puts the page's live regions in place, empty. */
export function prepareAnnouncer(): void {
  for (const [index, role] of ['status', 'alert'].entries()) {
    const region = (regions[index] ??= document.createElement('div'));
    if (region.isConnected) continue;
    region.setAttribute('role', role);
    // Through the object model: a strict policy lets no style attribute through.
    region.style.cssText = 'position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)';
    document.body.append(region);
  }
}

/** Has screen readers say a sentence: at once for a failure, else when they have finished what they say. */
export function announce(text: string, urgent = false): void {
  const region = regions[urgent ? 1 : 0];
  // The same sentence again would be no change, and would not be read: an invisible character makes it one.
  if (region) region.textContent = region.textContent === text ? `${text}\u200b` : text;
}
