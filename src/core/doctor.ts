/** What a page's developer is told in the console. Loaded only when there is something to tell. */
export const findings = {
  'bad-word': (value: string, words: string) =>
    `"${value}" is none of ${words}: "${String(words.split(', ')[0])}" is used instead.`,
  'unknown-word': (value: string, words: string) => `"${value}" is none of ${words}: it is left out.`,
  'bad-number': (value: string, range: string, used: string) =>
    `"${value}" is no whole number from ${range}: ${used} is used instead.`,
  'no-platform': (tag: string) =>
    `<${tag}> has no platform to ask. Add data-platform="https://…" to the script tag that loads the widgets, ` +
    `or put <${tag}> inside <cap-platform url="https://…">.`,
  'bad-platform': (url: string) => `"${url}" is no address of a platform: write it like "https://participez.ville.fr".`,
  'no-id': (tag: string, attribute: string) => `<${tag}> needs the ID of what it shows: ${attribute}="…".`,
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
