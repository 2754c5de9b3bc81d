/** The tags in the JSX of Preact: `import type {} from 'cap-widgets/preact'`. */
import type { CustomElements } from './tags.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends CustomElements {}
  }
}
