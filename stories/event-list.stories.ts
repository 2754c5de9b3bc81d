import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../src/elements/event-list/define.js';
import type { FakeObject, FakePlatform, Fault } from '../test/support/fake-platform.js';
import { event, lists } from '../test/support/lists.js';
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
  projectId: string;
  when: 'upcoming' | 'past' | 'all';
  first: number;
  headingLevel: number;
  lang: string;
}

const meta: Meta<Args> = {
  title: 'Event list',
  component: 'cap-event-list',
  beforeEach,
  decorators,
  args: { projectId: '', when: 'upcoming', first: 12, headingLevel: 3, lang: '' },
  argTypes: {
    projectId: { control: false },
    when: { control: 'inline-radio', options: ['upcoming', 'past', 'all'] },
    first: { control: { type: 'number', min: 1, max: 100 } },
    headingLevel: { control: { type: 'number', min: 2, max: 6 } },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: ({ projectId, when, first, headingLevel, lang }) =>
    html`<cap-event-list
      project-id=${projectId || nothing}
      when=${when}
      first=${first}
      heading-level=${headingLevel}
      lang=${lang || nothing}
      ><a href="https://participez.valmont.example/events">L’agenda de la participation</a></cap-event-list
    >`,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;

// The platform lists what begins last first.
const agenda: readonly FakeObject[] = [
  event('fair', 'Fête de la ville', '2026-06-20 00:00:00', '2026-06-21 23:59:59'),
  event('walk', 'Balade à vélo des points noirs', '2026-05-13 18:30:00', null, { googleMapsAddress: null }),
  event('workshop', 'Atelier : dessiner la place', '2026-05-13 10:00:00', '2026-05-13 12:00:00'),
  event('desk', 'Permanence du budget participatif', '2026-05-12 17:00:00', '2026-05-12 19:00:00'),
  event('show', 'Exposition des projets lauréats', '2026-05-04 09:00:00', '2026-05-30 18:00:00'),
  event('count', 'Dépouillement', '2026-05-11 18:00:00', '2026-05-11 20:00:00'),
  event('start', 'Lancement', '2026-01-13 18:30:00', '2026-01-13 20:00:00'),
];
const having = (...events: readonly FakeObject[]) => ({
  scene: (platform: FakePlatform) => void lists(platform, 'events', events),
});
const failing = (fault: Fault) => ({
  ...apart(),
  scene: (platform: FakePlatform) => {
    lists(platform, 'events', agenda);
    platform.fail(fault);
  },
});
const foot = (canvas: HTMLElement): HTMLElement | null | undefined =>
  canvas.querySelector('cap-event-list')?.shadowRoot?.querySelector<HTMLElement>('[part=foot] button');

/** What goes on, and what is to come. */
export const Upcoming: Story = { parameters: having(...agenda) };
export const Past: Story = { args: { when: 'past' }, parameters: having(...agenda) };
export const All: Story = { args: { when: 'all' }, parameters: having(...agenda) };

export const Loading: Story = {
  args: { first: 3 },
  parameters: { scene: (platform: FakePlatform) => void platform.hold() },
  play: shows('loading'),
};

export const Empty: Story = { parameters: having(), play: shows('empty') };

/** There are more events than are shown at first. */
export const MoreToCome: Story = { args: { first: 2 }, parameters: having(...agenda) };

/** The next events are on their way. */
export const LoadsMore: Story = {
  args: { first: 2 },
  parameters: having(...agenda),
  play: async (context) => {
    await shows('ready')(context);
    sceneOf(context).platform.hold();
    foot(context.canvasElement)?.click();
    await waitFor(() => expect(foot(context.canvasElement)?.getAttribute('aria-disabled')).toBe('true'), {
      timeout: 10_000,
    });
  },
};

/** The next events do not come. */
export const MoreFailed: Story = {
  args: { first: 2 },
  parameters: { ...apart('620px'), ...having(...agenda) },
  play: async (context) => {
    await shows('ready')(context);
    sceneOf(context).platform.fail({ status: 403 });
    foot(context.canvasElement)?.click();
    await waitFor(() => expect(foot(context.canvasElement)?.textContent).toMatch(/Réessayer|Try again/), {
      timeout: 10_000,
    });
  },
};

/** While the page is open, events come to their end. */
export const LaterThatDay: Story = {
  parameters: { ...apart('620px'), ...having(...agenda) },
  play: async (context) => {
    await shows('ready')(context);
    sceneOf(context).clock.advance(20 * 60_000);
    await waitFor(
      () =>
        expect(context.canvasElement.querySelector('cap-event-list')?.shadowRoot?.textContent).not.toContain(
          'Permanence',
        ),
      { timeout: 10_000 },
    );
  },
};

export const Failed: Story = { parameters: failing({ status: 503 }), play: fails };
export const NotPublic: Story = { parameters: failing({ status: 403 }), play: fails };
export const TriesAgain: Story = { parameters: failing({ status: 503 }), play: retries };

/** It could not be read again: what is shown is older. */
export const Stale: Story = {
  parameters: { ...apart('620px'), ...having(...agenda) },
  play: failsLater({ status: 403 }, 5),
};

export const WithoutPlatform: Story = { parameters: { alone: true }, play: shows('error') };

export const English: Story = { args: { lang: 'en' }, parameters: having(...agenda) };
export const Narrow: Story = { decorators: [within('narrow')], parameters: having(...agenda) };
export const Dark: Story = { decorators: [within('dark')], parameters: having(...agenda) };
export const Themed: Story = { decorators: [within('themed')], parameters: having(...agenda) };
