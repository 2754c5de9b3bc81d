import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';

import text from '../dist/custom-elements.json?raw';
import { annotations } from './annotations.js';
import { rowsOf, type Manifest } from './rows.js';

const manifest = JSON.parse(text) as Manifest;
setCustomElementsManifest(manifest);

const preview: Preview = {
  ...annotations,
  parameters: { ...annotations.parameters, docs: { extractArgTypes: null } },
  argTypesEnhancers: [rowsOf(manifest)],
  // Storybook reads the tags without running this file, so they have to be written here.
  tags: ['autodocs'],
};

export default preview;
