/**
 * Every element in one file: for a script tag with a pinned `integrity`, for tests and for stories.
 * As a script tag it reads its `data-` attributes like the other one.
 */
import './elements/platform/define.js';
import './elements/project-card/define.js';
import './elements/participation-counter/define.js';
import './elements/vote-button/define.js';
import './elements/proposal-list/define.js';
import './elements/budget-basket/define.js';
import './elements/login-prompt/define.js';
import './elements/project-list/define.js';
import './elements/event-list/define.js';
import { watch } from './script-tag.js';
import { configure } from './state/page-settings.js';
import { settingsOfTag } from './tag-settings.js';

const url = import.meta.url;
configure(settingsOfTag(url));
// The browser itself finds our tags, whatever root they are in; links that stand for a widget it does not know.
const watchLinks = (root: Document | ShadowRoot): (() => void) => watch(root, () => undefined, url);
watchLinks(document);
Object.assign(globalThis, { capWidgets: { watch: watchLinks } });
