/** Space between what has the focus and the bar, in pixels. */
const AIR = 8;

/**
 * Keeps a bar at the bottom of the window from covering what has the focus: the page is scrolled until it is seen, once,
 * when the focus comes there.
 *
 * @returns What ends it.
 */
export function keepClear(bar: HTMLElement): () => void {
  const hear = (event: FocusEvent): void => {
    const [target] = event.composedPath();
    if (!(target instanceof Element) || event.composedPath().includes(bar)) return;
    // After the browser's own scrolling.
    requestAnimationFrame(() => {
      const { top, left, right } = bar.getBoundingClientRect();
      const box = target.getBoundingClientRect();
      const beside = box.right <= left || box.left >= right;
      // What begins above the window cannot be shown whole by more scrolling.
      const covered = Math.min(box.bottom + AIR - top, box.top);
      if (getComputedStyle(bar).position === 'sticky' && !beside && covered > 0 && box.top < innerHeight)
        scrollBy(0, covered);
    });
  };
  document.addEventListener('focusin', hear);
  return () => document.removeEventListener('focusin', hear);
}
