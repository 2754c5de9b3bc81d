import { expect } from '@open-wc/testing';
import { setProjectAnnotations, type Meta, type StoryObj } from '@storybook/web-components-vite';
import { composeStory } from 'storybook/preview-api';
import { configure } from 'storybook/test';

import { unreadable } from './colours.js';
import { annotations } from '../../.storybook/annotations.js';

/** Milliseconds that a story may take: longer than a slow and busy machine takes. */
const PATIENCE = 30_000;

configure({ asyncUtilTimeout: PATIENCE });

const project = setProjectAnnotations([annotations]);

/** What a page may have around an element, whatever its `color-scheme`: a colour for words, and one under them. */
const BANDS = [
  ['#ffffff', '#112233'],
  ['#ffd500', '#0a4ea3'],
  ['#222222', '#ffffff'],
] as const;

/**
 * A story is a test: it renders, its play function succeeds, axe finds nothing wrong, in light and in dark colours, and all
 * its words can be read on whatever band of a page it stands.
 */
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
        for (const theme of ['dark', 'light'])
          for (const [color, background] of BANDS) {
            document.documentElement.dataset['theme'] = theme;
            Object.assign(canvasElement.style, { color, background });
            const name = `${color} on ${background}, ${theme}`;
            expect(unreadable(canvasElement), name).to.deep.equal([]);
          }
      } finally {
        canvasElement.remove();
      }
    });
  }
}
