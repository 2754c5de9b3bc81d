import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';

import manifest from '../dist/custom-elements.json?raw';
import { annotations } from './annotations.js';

setCustomElementsManifest(JSON.parse(manifest));

// Storybook reads the tags without running this file, so they have to be written here.
const preview: Preview = { ...annotations, tags: ['autodocs'] };

export default preview;
