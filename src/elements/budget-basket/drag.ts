/**
 * Lets a choice be drawn to another place in its list, as an extra: the buttons beside it do the same.
 *
 * @param onDrop - Called with the place where it is let go, unless that is its own.
 */
export function drag(event: PointerEvent, item: HTMLElement, onDrop: (position: number) => void): void {
  const grip = event.target as Element;
  const items = [...(item.parentElement?.children ?? [])];
  const start = items.indexOf(item);
  const controller = new AbortController();
  const { signal } = controller;
  let position = start;
  const mark = (): void => {
    items.forEach((other, index) => other.toggleAttribute('data-drop', index === position && index !== start));
    item.toggleAttribute('data-dragged', !signal.aborted);
  };
  const end = (drops: boolean): void => {
    controller.abort();
    const target = position;
    position = start;
    mark();
    if (drops && target !== start) onDrop(target);
  };
  const listen = <K extends keyof HTMLElementEventMap>(type: K, hear: (event: HTMLElementEventMap[K]) => void): void =>
    addEventListener(type, hear as EventListener, { signal });
  listen('pointermove', ({ clientY, pointerId }) => {
    if (pointerId !== event.pointerId) return;
    const middle = (one: Element): number => {
      const { top, height } = one.getBoundingClientRect();
      return top + height / 2;
    };
    const others = items.filter((one) => one !== item);
    position = others.filter((one) => middle(one) < clientY).length;
    mark();
  });
  listen('pointerup', () => end(true));
  listen('pointercancel', () => end(false));
  listen('keydown', ({ key }) => {
    if (key === 'Escape') end(false);
  });
  try {
    // A finger that moves would scroll the page otherwise.
    grip.setPointerCapture(event.pointerId);
    mark();
  } catch {
    // It is up again already.
    end(false);
  }
}
