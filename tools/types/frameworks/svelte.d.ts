/** The tags in the markup of Svelte 4 and 5: `import type {} from 'cap-widgets/svelte'`. */
import type { HTMLAttributes } from 'svelte/elements';

import type { CustomElements } from './tags.js';

/** Svelte 4 has `on:cap-load` for what Svelte 5 has `oncap-load` for. */
type SvelteProps<Props> = Props & {
  [Name in keyof Props as Name extends `oncap-${infer Event}` ? `on:cap-${Event}` : never]: Props[Name];
};

type Attributes = HTMLAttributes<HTMLElement>;

type SvelteElements = {
  [Tag in keyof CustomElements]: Omit<Attributes, keyof CustomElements[Tag]> &
    Pick<Attributes, 'children' | 'class' | 'style'> &
    SvelteProps<Omit<CustomElements[Tag], 'children' | 'class' | 'style'>>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends SvelteElements {}
}
