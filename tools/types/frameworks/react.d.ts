/** The tags in the JSX of React 19 and later: `import type {} from 'cap-widgets/react'`. */
import type { CustomElements } from './tags.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends CustomElements {}
  }
}
