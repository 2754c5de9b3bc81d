import type { Display } from './display.js';
import { CopiedFiles } from './display-copies.js';
import { LinkedFiles } from './display-links.js';
import type { Plan } from './plan.js';
import { CURRENT } from './vault.js';

/** How the files of a plan are shown. */
export const displayOf = ({ out, home, copies }: Plan): Display =>
  copies ? new CopiedFiles(out, home) : new LinkedFiles(out, CURRENT);
