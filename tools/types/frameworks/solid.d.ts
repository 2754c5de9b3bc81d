/** The tags in the JSX of Solid: `import type {} from 'cap-widgets/solid'`. */
import type { CustomElementsSolidJs } from './tags.js';

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends CustomElementsSolidJs {}
  }
}
