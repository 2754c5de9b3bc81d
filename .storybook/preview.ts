import { setCustomElementsManifest } from '@storybook/web-components-vite';

import manifest from '../dist/custom-elements.json?raw';
import { annotations } from './annotations.js';

setCustomElementsManifest(JSON.parse(manifest));

export default annotations;
