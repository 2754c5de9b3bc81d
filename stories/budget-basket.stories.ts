import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';
import { waitFor } from 'storybook/test';

import '../src/elements/budget-basket/define.js';
import '../src/elements/vote-button/define.js';
import type { FakePlatform, Fault } from '../test/support/fake-platform.js';
import { votable, votingStep, votingStepBetween } from '../test/support/voting-fixtures.js';
import { keepDraft } from './support/ballots.js';
import { apart, beforeEach, decorators, fails, html, sceneOf, shows, within } from './support/scene.js';

interface Args {
  display: 'panel' | 'bar';
  headingLevel: number;
  lang: string;
}

const PROJECTS = {
  guinguette: ['Une guinguette au bord de l’eau', 30_000],
  frigos: ['Des frigos partagés', 12_000],
  verger: ['Un verger pour le quartier des Tanneries', 45_000],
  kiosque: ['Le kiosque rénové', 8000],
} as const;
type Project = keyof typeof PROJECTS;
type Fields = Readonly<Record<string, unknown>>;

const meta: Meta<Args> = {
  title: 'Budget basket',
  component: 'cap-budget-basket',
  beforeEach,
  decorators,
  parameters: { handoff: true },
  args: { display: 'panel', headingLevel: 3, lang: '' },
  argTypes: {
    display: { control: 'inline-radio', options: ['panel', 'bar'] },
    headingLevel: { control: { type: 'number', min: 2, max: 6 } },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: ({ display, headingLevel, lang }) =>
    html`<div lang=${lang || nothing}>
      <cap-budget-basket step-id="vote" display=${display} heading-level=${headingLevel}
        ><a href="https://participez.valmont.example/vote">Voter sur la plateforme</a></cap-budget-basket
      >
      ${Object.keys(PROJECTS).map(
        (id) => html`<cap-vote-button proposal-id=${id} step-id="vote" variant="compact">${nothing}</cap-vote-button>`,
      )}
    </div>`,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;
type Play = NonNullable<Story['play']>;

/** A step with its proposals, and whatever else the story needs. */
const step = (fields: Fields = {}, more: (platform: FakePlatform) => void = () => undefined) => ({
  scene: (platform: FakePlatform): void => {
    platform.put(
      votingStep('vote', { votesHelpText: null, requirements: { reason: null, edges: [] }, ...fields }),
      ...Object.entries(PROJECTS).map(([id, [title, estimation]]) => votable(id, 3, 0, { title, estimation })),
    );
    keepDraft(platform, {});
    more(platform);
  },
});

/** The same for a visitor who is signed in, and has voted for these. */
const inSession = (fields: Fields, ...voted: readonly Project[]) => ({
  session: 'cors',
  handoff: false,
  ...step(fields, (platform) => {
    platform.signIn();
    for (const id of voted) platform.votes.put(id, 'vote');
  }),
});

const between = (startAt: string | null, endAt: string | null, fields: Fields = {}): Fields => {
  const { state, timeRange, timeless } = votingStepBetween(startAt, endAt);
  return { state, timeRange, timeless, ...fields };
};

const basketIn = (canvas: HTMLElement): HTMLElement => {
  const basket = canvas.querySelector<HTMLElement>('cap-budget-basket');
  if (!basket) throw new Error('The story shows no basket.');
  return basket;
};

/** Waits until the basket is in all these states. */
const basketShows =
  (...states: readonly string[]): Play =>
  ({ canvasElement }) =>
    waitFor(
      () => {
        for (const state of states)
          if (!basketIn(canvasElement).matches(`:state(${state})`)) throw new Error(`The basket is not ${state}.`);
      },
      { timeout: 30_000, interval: 10 },
    );

/** Presses the buttons of these projects. */
const chooses =
  (...ids: readonly Project[]): Play =>
  async ({ canvasElement }) => {
    for (const id of ids)
      await waitFor(
        () => {
          const element = canvasElement.querySelector(`cap-vote-button[proposal-id=${id}]`);
          const button = element?.shadowRoot?.querySelector('button');
          if (!/^(Choisir|Choose) /.test(button?.ariaLabel ?? '')) throw new Error(`${id} cannot be chosen.`);
          if (button?.ariaPressed !== 'true') button?.click();
        },
        { timeout: 30_000, interval: 10 },
      );
  };

/** Presses the first button of the basket that is a part of this name. */
const presses =
  (selector: string): Play =>
  ({ canvasElement }) =>
    waitFor(
      () => {
        const button = basketIn(canvasElement).shadowRoot?.querySelector<HTMLElement>(selector);
        if (!button) throw new Error(`There is no ${selector}.`);
        button.click();
      },
      { timeout: 30_000, interval: 10 },
    );

const plays =
  (...parts: readonly Play[]): Play =>
  async (context) => {
    for (const part of parts) await part(context);
  };

/** Changes the platform, and has the basket read it. */
const changes =
  (change: (platform: FakePlatform) => void): Play =>
  async (context) => {
    change(sceneOf(context).platform);
    await context.canvasElement.querySelector('cap-budget-basket')?.reload();
  };

const failing = (fault: Fault) => ({ ...apart('300px'), scene: (platform: FakePlatform) => platform.fail(fault) });

export const Loading: Story = {
  parameters: { scene: (platform: FakePlatform) => void platform.hold() },
  play: shows('loading'),
};
export const Missing: Story = { parameters: { scene: () => undefined }, play: basketShows('empty') };
export const Failed: Story = { parameters: failing({ status: 503, headers: { 'Retry-After': '600' } }), play: fails };

export const Empty: Story = { parameters: step(), play: basketShows('none') };
export const Limited: Story = { parameters: step({ votesLimit: 3 }), play: basketShows('none') };
export const Minimum: Story = { parameters: step({ votesMin: 2, votesLimit: 3 }), play: basketShows('none') };
export const Budget: Story = { parameters: step({ budget: 80_000 }), play: basketShows('none') };
export const Threshold: Story = { parameters: step({ voteThreshold: 100 }), play: basketShows('none') };
/** What the platform will ask is said before anything is chosen. */
export const Requirements: Story = {
  parameters: step({
    votesHelpText: '<p>Un vote par habitant.</p>',
    requirements: {
      reason: 'Nous vérifions que chacun vote une fois.',
      edges: [
        { node: { __typename: 'PhoneVerifiedRequirement', type: 'PHONE_VERIFIED' } },
        { node: { __typename: 'CheckboxRequirement', type: 'CHECKBOX', label: 'J’habite Valmont' } },
      ],
    },
  }),
  play: basketShows('none'),
};

export const Draft: Story = {
  parameters: step({ votesLimit: 3 }),
  play: plays(chooses('frigos'), basketShows('draft')),
};
export const Incomplete: Story = {
  parameters: step({ votesMin: 3 }),
  play: plays(chooses('frigos'), basketShows('incomplete')),
};
export const Full: Story = {
  parameters: step({ votesLimit: 2 }),
  play: plays(chooses('frigos', 'verger'), basketShows('full', 'valid')),
};
export const OverBudget: Story = {
  parameters: step({ budget: 90_000 }),
  play: plays(
    chooses('guinguette', 'verger'),
    changes((platform) => platform.change('vote', { budget: 60_000 })),
    basketShows('over'),
  ),
};
export const OverLimit: Story = {
  parameters: step({ votesLimit: 3 }),
  play: plays(
    chooses('guinguette', 'verger'),
    changes((platform) => platform.change('vote', { votesLimit: 1 })),
    basketShows('over'),
  ),
};
/** Archived since it was chosen, and dearer. */
export const ChangedSince: Story = {
  parameters: step({ budget: 90_000 }),
  play: plays(
    chooses('guinguette', 'frigos'),
    changes((platform) => {
      platform.change('guinguette', { isArchived: true });
      platform.change('frigos', { estimation: 15_000 });
    }),
    basketShows('lost'),
  ),
};
export const Review: Story = {
  parameters: step({ votesRanking: true, votesLimit: 3, budget: 90_000 }),
  play: plays(chooses('frigos', 'verger'), presses('.row [part=button]'), basketShows('review')),
};
export const SignedOut: Story = {
  parameters: { session: 'cors', handoff: false, ...step({ votesLimit: 3 }) },
  play: basketShows('signed-out'),
};
export const Recorded: Story = {
  parameters: inSession({ votesLimit: 3 }, 'frigos', 'verger'),
  play: basketShows('recorded'),
};
export const RecordedFull: Story = {
  parameters: inSession({ votesLimit: 2 }, 'frigos', 'verger'),
  play: basketShows('recorded', 'full'),
};
export const RecordedRanking: Story = {
  parameters: inSession({ votesRanking: true, votesLimit: 4 }, 'frigos', 'verger', 'kiosque'),
  play: basketShows('recorded'),
};
export const Saving: Story = {
  parameters: { ...apart('480px'), ...inSession({}, 'frigos') },
  play: plays(
    basketShows('recorded'),
    (context) => {
      sceneOf(context).platform.hold();
      return Promise.resolve();
    },
    presses('[part=remove]'),
    basketShows('pending'),
  ),
};
export const Refused: Story = {
  parameters: {
    ...apart('480px'),
    ...inSession({}, 'frigos'),
  },
  play: plays(
    basketShows('recorded'),
    (context) => {
      sceneOf(context).platform.votes.refuse({ message: 'This step is no longer contributable.' });
      return Promise.resolve();
    },
    presses('[part=remove]'),
    ({ canvasElement }) =>
      waitFor(() => {
        if (!basketIn(canvasElement).shadowRoot?.querySelector('[part=message]')) throw new Error('It is not said.');
      }),
  ),
};

/** Nothing can be done on this page: a link leads to where it can. */
export const Link: Story = { parameters: { handoff: false, ...step({ votesLimit: 3 }) }, play: basketShows('none') };
export const Future: Story = {
  parameters: step(between('2026-05-20 09:00:00', '2026-06-01 00:00:00', { votesLimit: 3 })),
  play: basketShows('future'),
};
export const ClosedAndSecret: Story = {
  parameters: step(
    between('2026-04-01 00:00:00', '2026-05-01 00:00:00', {
      canDisplayBallot: false,
      publishedVoteDate: '2026-06-02 12:00:00',
    }),
  ),
  play: basketShows('closed', 'secret'),
};

export const Bar: Story = {
  args: { display: 'bar' },
  parameters: { ...apart('480px'), ...step({ votesLimit: 3, budget: 90_000 }) },
  play: plays(chooses('frigos'), basketShows('draft')),
};
export const BarOpen: Story = {
  args: { display: 'bar' },
  parameters: { ...apart('640px'), ...step({ votesLimit: 3, budget: 90_000 }) },
  play: plays(chooses('frigos'), basketShows('draft'), presses('[part=bar] button')),
};
export const English: Story = { args: { lang: 'en' }, parameters: inSession({ votesLimit: 3 }, 'frigos') };
export const Themed: Story = { ...OverBudget, decorators: [within('themed')] };
