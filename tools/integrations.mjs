/**
 * What editors and frameworks read of the elements, made from the custom elements manifest: custom data of VS Code, web-types
 * of JetBrains, and the types of the tags, which `src/frameworks` hands to each framework in its own way.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { generateJsxTypes } from '@wc-toolkit/jsx-types';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';

const EDITORS = 'dist/editors';
const TYPES = 'dist/types/frameworks';

/** The elements and no more: bases and events have no tag. What all can be told by CSS is said once, where it can be set for all. */
function elements() {
  const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8'));
  const all = manifest.modules.flatMap(({ declarations = [] }) => declarations);
  const tokens = all.find(({ name }) => name === 'CapElement').cssProperties;
  for (const module of manifest.modules) module.declarations = module.declarations?.filter(({ tagName }) => tagName);
  for (const element of all)
    element.cssProperties =
      element.tagName === 'cap-platform'
        ? tokens
        : element.cssProperties?.filter(({ inheritedFrom }) => !inheritedFrom);
  return { manifest, elements: all.filter(({ tagName }) => tagName) };
}

const list = /^readonly \(?(.*?)\)?\[\]$/;

/** In a document, values are words: of a list any of them, where the words are known. */
function forDocuments() {
  const { manifest, elements: all } = elements();
  for (const { type } of all.flatMap(({ attributes = [] }) => attributes)) type.text = type.text.replace(list, '$1');
  return manifest;
}

/** In a template, attributes are written as in a document, or given as values. */
function forTemplates() {
  const { manifest, elements: all } = elements();
  const written = (text) => (text === 'number' ? 'number | `${number}`' : list.test(text) ? `${text} | string` : text);
  for (const { attributes = [], members = [], events = [] } of all) {
    for (const { type } of [...attributes, ...members]) if (type) type.text = written(type.text);
    for (const { type } of events) type.text = `import('../index.js').${type.text}`;
  }
  return manifest;
}

const documents = forDocuments();
generateVsCodeCustomElementData(documents, {
  outdir: EDITORS,
  htmlFileName: 'vscode.html-custom-data.json',
  cssFileName: 'vscode.css-custom-data.json',
  hideLogs: true,
});
generateJetBrainsWebTypes(documents, { outdir: EDITORS, packageJson: false, hideLogs: true });

generateJsxTypes(forTemplates(), {
  outdir: TYPES,
  fileName: 'tags.d.ts',
  globalTypePath: '../index.js',
  stronglyTypedEvents: true,
  useCemTypes: true,
});
const file = path.join(TYPES, 'tags.d.ts');
// It ends with words to frameworks of which most are not there, which is an error to whoever checks all types.
writeFileSync(file, readFileSync(file, 'utf8').replace(/\ndeclare (module|global)[^]*$/, ''));
