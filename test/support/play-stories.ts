import { expect } from '@open-wc/testing';
import { setProjectAnnotations, type Meta, type StoryObj } from '@storybook/web-components-vite';
import { composeStory } from 'storybook/preview-api';
import { configure } from 'storybook/test';

import { annotations } from '../../.storybook/annotations.js';

/** Milliseconds that a story may take: longer than a slow and busy machine takes. */
const PATIENCE = 30_000;

configure({ asyncUtilTimeout: PATIENCE });

const project = setProjectAnnotations([annotations]);

/** A story is a test: it renders, its play function succeeds, and axe finds nothing wrong, in light and in dark colours. */
export function play({ default: meta, ...stories }: { default: Meta; [story: string]: Meta | StoryObj }): void {
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
}
