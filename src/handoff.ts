/**
 * The script of the hand-over page, and of no other page: no other script defines `cap-handoff`. Like the others it reads
 * the `data-` attributes of its own tag; links and other elements on that page stay what they are.
 */
import './elements/handoff/define.js';
import { configure } from './state/page-settings.js';
import { settingsOfTag } from './tag-settings.js';

configure(settingsOfTag(import.meta.url));
