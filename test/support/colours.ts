/** What can be read of a page, by the contrast of WCAG 2. */
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** What a colour is on screen, over another one: red, green and blue, 0 to 1. */
function paint(...colours: readonly string[]): readonly number[] {
  if (!canvas) throw new Error('There is no canvas.');
  for (const colour of ['white', ...colours]) {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
  }
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((channel) => channel / 255);
}

/** The relative luminance of WCAG 2. */
const luminance = (channels: readonly number[]): number =>
  channels
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
    .reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);

/** What lies behind an element, from far to near. */
function behind(element: Element | null): string[] {
  if (!element) return [];
  const root = element.getRootNode();
  const parent = element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  return [...behind(parent), getComputedStyle(element).backgroundColor];
}

/** How well the words in an element can be read. */
export function contrast(element: Element): number {
  const ground = behind(element);
  const [dark = 0, light = 0] = [paint(...ground, getComputedStyle(element).color), paint(...ground)]
    .map(luminance)
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const hasWords = (element: Element): boolean =>
  element.matches('select,input') ||
  (!element.matches('option,style,script') &&
    [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''));

function* withWords(node: ParentNode): Generator<Element> {
  for (const element of node.children) {
    const { width, height } = element.getBoundingClientRect();
    // What is for those who listen has a room of one pixel.
    if (width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true }) && hasWords(element))
      yield element;
    if (element.shadowRoot) yield* withWords(element.shadowRoot);
    yield* withWords(element);
  }
}

/** The words in a place, in shadow roots too, that have less contrast than they need. */
export const unreadable = (place: ParentNode): string[] =>
  [...withWords(place)].flatMap((element) => {
    const found = contrast(element);
    const { color } = getComputedStyle(element);
    return found < 4.5 ? `${element.textContent.trim()}: ${color}, ${found.toFixed(2)}` : [];
  });
