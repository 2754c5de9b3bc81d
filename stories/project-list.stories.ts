import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../src/elements/project-list/define.js';
import { project, projectBetween } from '../test/support/fixtures.js';
import type { FakeObject, FakePlatform, Fault } from '../test/support/fake-platform.js';
import { lists } from '../test/support/lists.js';
import { covers } from './support/covers.js';
import {
  apart,
  beforeEach,
  decorators,
  fails,
  failsLater,
  html,
  retries,
  sceneOf,
  shows,
  within,
} from './support/scene.js';

interface Args {
  theme: string;
  district: string;
  status: string;
  order: string;
  first: number;
  layout: 'grid' | 'list';
  headingLevel: number;
  lang: string;
}

const meta: Meta<Args> = {
  title: 'Project list',
  component: 'cap-project-list',
  beforeEach,
  decorators,
  args: {
    theme: '',
    district: '',
    status: 'all',
    order: 'newest',
    first: 3,
    layout: 'grid',
    headingLevel: 3,
    lang: '',
  },
  argTypes: {
    status: { control: 'inline-radio', options: ['all', 'open', 'future', 'closed'] },
    order: { control: 'inline-radio', options: ['newest', 'popular'] },
    first: { control: { type: 'number', min: 1, max: 100 } },
    layout: { control: 'inline-radio', options: ['grid', 'list'] },
    headingLevel: { control: { type: 'number', min: 2, max: 6 } },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: ({ theme, district, status, order, first, layout, headingLevel, lang }) =>
    html`<cap-project-list
      theme=${theme || nothing}
      district=${district || nothing}
      status=${status}
      order=${order}
      first=${first}
      layout=${layout}
      heading-level=${headingLevel}
      lang=${lang || nothing}
      ><a href="https://participez.valmont.example/projects">Tous les projets de Valmont</a></cap-project-list
    >`,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;

const town: readonly FakeObject[] = [
  project('budget', { cover: { url: covers.riverside } }),
  projectBetween('gardens', '2026-05-01 09:00:00', '2026-05-18 00:00:00', {
    cover: { url: covers.garden },
    title: 'Les jardins partagés des Tanneries',
  }),
  projectBetween('square', '2026-06-02 09:00:00', '2026-07-01 00:00:00', {
    cover: { url: covers.square },
    title: 'Repenser la place du marché',
  }),
  projectBetween('school', '2026-01-12 09:00:00', '2026-03-01 00:00:00', { title: 'La cour d’école de demain' }),
  projectBetween('bikes', '2026-05-01 09:00:00', '2026-06-30 00:00:00', { title: 'Un plan pour le vélo' }),
];
const having = (...projects: readonly FakeObject[]) => ({
  scene: (platform: FakePlatform) => void lists(platform, 'projects', projects),
});
const failing = (fault: Fault) => ({
  ...apart(),
  scene: (platform: FakePlatform) => {
    lists(platform, 'projects', town);
    platform.fail(fault);
  },
});
const button = (canvas: HTMLElement): HTMLElement | null | undefined =>
  canvas.querySelector('cap-project-list')?.shadowRoot?.querySelector<HTMLElement>('button');
const shown = (canvas: HTMLElement): number =>
  canvas.querySelector('cap-project-list')?.shadowRoot?.querySelectorAll('cap-project-card').length ?? 0;

/** There are more projects than are shown at first. */
export const Ready: Story = { parameters: having(...town) };

/** All there is. */
export const Whole: Story = { args: { first: 12 }, parameters: having(...town) };

export const One: Story = { parameters: having(...town.slice(0, 1)) };

export const BelowEachOther: Story = { args: { layout: 'list' }, parameters: having(...town) };

export const Open: Story = { args: { status: 'open' }, parameters: having(...town) };

export const Loading: Story = {
  parameters: { scene: (platform: FakePlatform) => void platform.hold() },
  play: shows('loading'),
};

export const Empty: Story = { parameters: having(), play: shows('empty') };

/** The visitor has asked for more, and gets it. */
export const ShowsMore: Story = {
  parameters: having(...town),
  play: async (context) => {
    await shows('ready')(context);
    button(context.canvasElement)?.click();
    await waitFor(() => expect(shown(context.canvasElement)).toBe(5), { timeout: 10_000 });
  },
};

/** The next projects are on their way. */
export const LoadsMore: Story = {
  parameters: having(...town),
  play: async (context) => {
    await shows('ready')(context);
    sceneOf(context).platform.hold();
    button(context.canvasElement)?.click();
    await waitFor(() => expect(button(context.canvasElement)?.getAttribute('aria-disabled')).toBe('true'), {
      timeout: 10_000,
    });
  },
};

/** The next projects do not come. */
export const MoreFailed: Story = {
  parameters: { ...apart('620px'), ...having(...town) },
  play: async (context) => {
    await shows('ready')(context);
    sceneOf(context).platform.fail({ status: 403 });
    button(context.canvasElement)?.click();
    await waitFor(() => expect(button(context.canvasElement)?.textContent).toMatch(/Réessayer|Try again/), {
      timeout: 10_000,
    });
  },
};

export const Failed: Story = { parameters: failing({ status: 503 }), play: fails };
export const NotPublic: Story = { parameters: failing({ status: 403 }), play: fails };
export const TriesAgain: Story = { parameters: failing({ status: 503 }), play: retries };

/** It could not be read again: what is shown is older. */
export const Stale: Story = {
  parameters: { ...apart('620px'), ...having(...town) },
  play: failsLater({ status: 403 }, 5),
};

export const WithoutPlatform: Story = { parameters: { alone: true }, play: shows('error') };

export const English: Story = { args: { lang: 'en' }, parameters: having(...town) };
export const Narrow: Story = { decorators: [within('narrow')], parameters: having(...town) };
export const Dark: Story = { decorators: [within('dark')], parameters: having(...town) };
export const Themed: Story = { decorators: [within('themed')], parameters: having(...town) };
