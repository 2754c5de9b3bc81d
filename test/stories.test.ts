import { expect } from '@open-wc/testing';
import { setProjectAnnotations } from '@storybook/web-components-vite';
import { composeStory } from 'storybook/preview-api';
import { configure } from 'storybook/test';
import files from 'virtual:stories';

import { annotations } from '../.storybook/annotations.js';

// Longer than a slow and busy machine takes.
configure({ asyncUtilTimeout: 30_000 });

const project = setProjectAnnotations([annotations]);

// Every story is a test: it renders, its play function succeeds, and axe finds nothing wrong, in light and in dark colours.
for (const [file, { default: meta, ...stories }] of Object.entries(files)) {
  describe(file, () => {
    for (const [name, annotated] of Object.entries(stories)) {
      it(name, async () => {
        const story = composeStory(annotated, meta, project, undefined, name);
        const canvasElement = document.createElement('main');
        document.body.append(canvasElement);
        try {
          await story.run({ canvasElement });
          await expect(canvasElement).to.be.accessible();
          document.documentElement.dataset['theme'] = 'dark';
          await expect(canvasElement).to.be.accessible();
        } finally {
          canvasElement.remove();
        }
      });
    }
  });
}
