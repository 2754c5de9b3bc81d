import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const read = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));

/**
 * By what names Lit's classes, their controllers and its directives call each other, besides their private ones. Not those
 * that Lit also has as texts, nor `updateComplete`, which a page may wait for.
 */
const PROTECTED = [
  ...[
    'requestUpdate',
    'addController',
    'removeController',
    'hostConnected',
    'hostDisconnected',
    'hostUpdate',
    'hostUpdated',
  ],
  ...['createProperty', 'getPropertyDescriptor', 'getPropertyOptions', 'elementStyles', 'finalizeStyles', 'finalize'],
  ...['createRenderRoot', 'shadowRootOptions', 'renderOptions', 'renderBefore', 'enableUpdating', 'isUpdatePending'],
  ...[
    'hasUpdated',
    'scheduleUpdate',
    'performUpdate',
    'shouldUpdate',
    'willUpdate',
    'firstUpdated',
    'getUpdateComplete',
  ],
  ...['hasChanged', 'useDefault', 'noAccessor', 'fromAttribute', 'toAttribute', 'converter', 'setConnected'],
];

/** By what names our own classes call each other, as often: none of an attribute, an event, a message, what is
 * stored, or what a file that is loaded later exports. */
const OURS = [
  ...['runtime', 'wanted', 'wakeAt', 'announcer', 'tryAgain', 'loader', 'hasRules', 'refusesRules', 'loadingMore'],
  ...['staleSince', 'situation', 'togglePause', 'renderItems', 'renderPlace'],
];

/**
 * Short names for them in the page's bundle, one table for all its files: left to itself, terser chooses file by file, and a
 * directive in one would not be known as such to Lit in another.
 */
export function shortNames() {
  const lit = path.dirname(require.resolve('lit-html'));
  const element = path.dirname(require.resolve('@lit/reactive-element', { paths: [require.resolve('lit')] }));
  const sources = [lit, path.join(lit, 'directives'), element].flatMap(read).join('\n');
  const names = [...new Set([...PROTECTED, ...OURS, ...(sources.match(/\b_\$\w+\$?/g) ?? [])])];
  return new Map(names.map((name, index) => [name, `$${index.toString(36)}`]));
}
