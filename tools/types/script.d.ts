/** The scripts export nothing: they define the elements of a page, and leave it one name. */
import type { watch } from './index.js';

declare global {
  var capWidgets: {
    /** Has the elements and links under a closed shadow root become widgets, and those that come later. */
    readonly watch: (root: Parameters<typeof watch>[0]) => ReturnType<typeof watch>;
  };
}
