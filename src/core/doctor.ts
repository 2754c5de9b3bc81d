/** What a page's developer is told in the console. Loaded only when there is something to tell. */
const findings = {
  repaired: (value: string, meant: string) => `"${value}" is read as "${meant}": write it so.`,
  'bad-word': (value: string, words: string) =>
    `"${value}" is none of ${words}: "${String(words.split(', ')[0])}" is used instead.`,
  'unknown-word': (value: string, words: string) => `"${value}" is none of ${words}: it is left out.`,
  'bad-number': (value: string, range: string, used: string) =>
    `"${value}" is no whole number from ${range}: ${used} is used instead.`,
  swallowed: (tag: string) =>
    `<${tag}> holds more than its fallback, as a tag does that closes itself: write <${tag} …></${tag}>. What is no fallback is shown after it.`,
  'no-platform': (tag: string) =>
    `<${tag}> has no platform to ask. Add data-platform="https://…" to the script tag that loads the widgets, ` +
    `or put <${tag}> inside <cap-platform url="https://…">.`,
  'bad-platform': (url: string) => `"${url}" is no address of a platform: write it like "https://participez.ville.fr".`,
  'no-id': (tag: string, attribute: string) => `<${tag}> needs the ID of what it shows: ${attribute}="…".`,
  'invalid-id': (element: string) =>
    `${element}>: this can be no ID of what it shows. Copy the ID from the platform, whole and of the right kind.`,
  'not-a-platform': (element: string, api: string) =>
    `${element}>: what answers at ${api} is no platform. Is its address right in data-platform, or data-api?`,
  'bad-request': (element: string, api: string) =>
    `${element}>: the platform at ${api} does not understand what it is asked. It may be older or newer than these widgets.`,
  'bad-target': (tag: string) =>
    `<${tag}> takes exactly one of project-id, step-id, proposal-id, consultation-id, questionnaire-id.`,
  'not-counted': (tag: string, metric: string, id: string) =>
    `<${tag}>: the platform gives this page no ${metric} for "${id}". Try another metric, or data-access="session".`,
  'no-widget': (name: string, names: string) =>
    `data-cap="${name}" is no widget that a link becomes. There are: ${names}.`,
  'link-attribute': (name: string, names: string) =>
    `data-cap-${name} is not for links: it is left out. They take ${names}.`,
  'many-links': (most: string) => `No more than ${most} links of a page are widgets at a time: the others stay links.`,
} satisfies Record<string, (...details: string[]) => string>;

export type Finding = keyof typeof findings;
export type Details<K extends Finding> = Parameters<(typeof findings)[K]>;

const told = new Set<string>();

/** Tells it once a page. */
export function tell<K extends Finding>(finding: K, ...details: Details<K>): void {
  const key = [finding, ...details].join();
  if (told.has(key)) return;
  told.add(key);
  // The compiler cannot pair a finding with its own details once both are variables.
  const words: (...details: string[]) => string = findings[finding];
  console.warn(`[cap-widgets] ${words(...details)}`);
}
