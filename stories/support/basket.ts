/** What the stories of the basket have in common. */
import type { Meta, StoryContext, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../../src/elements/budget-basket/define.js';
import { beforeEach, decorators, html, shows, within } from './scene.js';

export interface Args {
  stepId: string;
  display: 'panel' | 'bar';
  headingLevel: number;
  lang: string;
}

export type Play = NonNullable<StoryObj<Args>['play']>;
type Canvas = Pick<StoryContext, 'canvasElement'>;

export const basket: Omit<Meta<Args>, 'title'> = {
  component: 'cap-budget-basket',
  beforeEach,
  decorators: [within('wide'), ...decorators],
  parameters: { handoff: true },
  args: { stepId: 'vote', display: 'panel', headingLevel: 3, lang: '' },
  argTypes: {
    stepId: { control: 'text' },
    display: { control: 'inline-radio', options: ['panel', 'bar'] },
    headingLevel: { control: { type: 'number', min: 2, max: 6 } },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: ({ stepId, display, headingLevel, lang }) =>
    html`<cap-budget-basket step-id=${stepId} display=${display} heading-level=${headingLevel} lang=${lang || nothing}
      ><a href="https://participez.valmont.example/vote">Le vote sur la plateforme</a></cap-budget-basket
    >`,
  play: shows('ready'),
};

/** Milliseconds. Longer than a slow and busy machine takes for anything: only what never comes costs that time. */
const timeout = 30_000;

export const rootOf = ({ canvasElement }: Canvas, tag = 'cap-budget-basket'): ShadowRoot | null | undefined =>
  canvasElement.querySelector(tag)?.shadowRoot;

/** Whether the basket, or another element, says this in French. In another language nobody asks what it says. */
export const isSaid = (context: Canvas, words: string, tag?: string): boolean =>
  document.documentElement.lang !== 'fr' || rootOf(context, tag)?.textContent.includes(words) === true;

/** Waits for French words of the basket, or of another element. */
export const says = (context: Canvas, words: string, tag?: string): Promise<void> =>
  waitFor(() => void expect(isSaid(context, words, tag), words).toBe(true), { timeout });

/** Waits for something in the basket. */
export const has = (context: Canvas, selector: string): Promise<void> =>
  waitFor(() => void expect(rootOf(context)?.querySelector(selector), selector).toBeTruthy(), { timeout });

/** Presses a button of the basket, or of another element. */
export async function press(context: Canvas, selector: string, tag?: string): Promise<void> {
  const button = (): HTMLElement | null | undefined =>
    rootOf(context, tag)?.querySelector<HTMLElement>(`${selector}:not([aria-disabled=true])`);
  await waitFor(() => void expect(button(), selector).toBeTruthy(), { timeout });
  button()?.click();
}

/** The network goes once the basket is there. */
export const goesOffline: Play = async (context) => {
  await shows('ready')(context);
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  dispatchEvent(new Event('offline'));
  await shows('ready', 'offline')(context);
};

/** Gives the network back after a story. */
export const comesOnline = () => (): void => void Reflect.deleteProperty(navigator, 'onLine');
