let known: boolean | undefined;

/**
 * Whether a page of another origin shows this one inside it, and may lay anything over it. There a widget acts on nothing and
 * shows nothing personal. Nothing of it changes as long as a page is open.
 */
export const framed = (): boolean => (known ??= look());

function look(): boolean {
  try {
    for (let page: Window = window; page !== page.parent; page = page.parent)
      if (page.parent.location.origin !== location.origin) return true;
    return false;
  } catch {
    // Browsers tell nothing of a page of another origin.
    return true;
  }
}
