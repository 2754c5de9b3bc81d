import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../src/elements/proposal-list/define.js';
import type { FakePlatform, Fault } from '../test/support/fake-platform.js';
import { listed, putProposals } from '../test/support/proposal-fixtures.js';
import { votingStepBetween } from '../test/support/voting-fixtures.js';
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
import { covers } from './support/covers.js';

interface Args {
  stepId: string;
  order: string;
  category: string;
  term: string;
  first: number;
  layout: 'grid' | 'list';
  lang: string;
}

const meta: Meta<Args> = {
  title: 'Proposal list',
  component: 'cap-proposal-list',
  beforeEach,
  decorators,
  args: { stepId: 'vote', order: 'random', category: '', term: '', first: 24, layout: 'grid', lang: '' },
  argTypes: {
    order: { control: 'select', options: ['random', 'newest', 'oldest', 'votes', 'cost'] },
    category: { control: 'text' },
    term: { control: 'text' },
    first: { control: { type: 'number', min: 1, max: 100 } },
    layout: { control: 'inline-radio', options: ['grid', 'list'] },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: (args) =>
    html`<cap-proposal-list
      step-id=${args.stepId || nothing}
      order=${args.order}
      category=${args.category || nothing}
      term=${args.term || nothing}
      first=${args.first}
      layout=${args.layout}
      lang=${args.lang || nothing}
      ><a href="https://participez.valmont.example/vote">Le vote sur la plateforme</a>
    </cap-proposal-list>`,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;
type Fields = Readonly<Record<string, unknown>>;

const step = (fields: Fields = {}, count = 5) => ({
  scene: (platform: FakePlatform): void => putProposals(platform, count, fields),
});
const between = (startAt: string | null, endAt: string | null) => {
  const { state, timeRange, timeless } = votingStepBetween(startAt, endAt);
  return step({ state, timeRange, timeless });
};
const failing = (fault: Fault) => ({ ...apart(), scene: (platform: FakePlatform) => platform.fail(fault) });
const { garden: cover } = covers;

export const Ready: Story = { parameters: step() };
export const Loading: Story = {
  args: { first: 3 },
  parameters: { scene: (platform: FakePlatform) => void platform.hold() },
  play: shows('loading'),
};

/** With pictures, a status, and all there is to say. */
export const Whole: Story = {
  parameters: {
    scene: (platform: FakePlatform) =>
      putProposals(platform, [
        listed(1, { media: { url: cover }, status: { id: 's', name: 'Lauréate', color: 'SUCCESS' } }),
        listed(2, { media: { url: cover }, status: { id: 't', name: 'Non retenue', color: 'DANGER' } }),
        listed(3, { status: { id: 'u', name: 'À l’étude', color: 'WARNING' }, estimation: null, district: null }),
        listed(4, { media: { url: cover }, status: { id: 'v', name: 'Soumise au vote', color: 'INFO' } }),
      ]),
  },
};

/** What people write is as long as they like. */
export const LongTitles: Story = {
  parameters: {
    scene: (platform: FakePlatform) =>
      putProposals(platform, [
        listed(1, {
          title:
            'Un passage piéton protégé, éclairé la nuit et bordé d’arbres fruitiers, entre l’école et la bibliothèque',
          summaryOrBodyExcerpt:
            'Chaque matin, plus de deux cents enfants traversent ici une route à grande vitesse. '.repeat(3),
          author: { __typename: 'User', displayName: 'Association des parents et des riverains des Tanneries' },
        }),
        listed(2, { title: 'Anticonstitutionnellement-intergouvernementalisation' }),
        listed(3),
      ]),
  },
};
export const AsList: Story = { args: { layout: 'list' }, parameters: Whole.parameters ?? {} };
export const More: Story = { args: { first: 4 }, parameters: step({}, 10) };

/** More could not be read: what is there stays. */
export const MoreFailed: Story = {
  args: { first: 4 },
  parameters: { ...apart('900px'), ...step({}, 10) },
  play: async (context) => {
    await shows('ready')(context);
    sceneOf(context).platform.fail({ status: 403 });
    const list = context.canvasElement.querySelector('cap-proposal-list');
    list?.shadowRoot?.querySelector<HTMLElement>('.more button')?.click();
    await waitFor(() => void expect(list?.shadowRoot?.querySelector('.more [part=message]')).toBeTruthy(), {
      timeout: 30_000,
    });
  },
};

/** Other filters are set, and what fits them is being read. */
export const Pending: Story = {
  parameters: { ...apart('900px'), ...step() },
  play: async (context) => {
    await shows('ready')(context);
    sceneOf(context).platform.hold();
    context.canvasElement.querySelector('cap-proposal-list')?.setAttribute('order', 'oldest');
    await shows('ready', 'pending')(context);
  },
};
export const Filtered: Story = { args: { category: 'category-1' }, parameters: step() };
export const NothingFits: Story = { args: { term: 'licorne' }, parameters: step(), play: shows('empty') };
export const NothingYet: Story = { parameters: step({}, 0), play: shows('empty') };
export const BeforeTheVote: Story = {
  parameters: between('2026-06-01 09:00:00', '2026-06-15 00:00:00'),
  play: shows('ready', 'future'),
};
export const AfterTheVote: Story = {
  parameters: between('2026-04-01 09:00:00', '2026-05-01 00:00:00'),
  play: shows('ready', 'closed'),
};
export const NoVote: Story = { parameters: step({ votable: false }), play: shows('ready', 'not-votable') };
export const Secret: Story = { parameters: step({ canDisplayBallot: false }), play: shows('ready', 'secret') };
export const SecretUntil: Story = {
  parameters: step({ canDisplayBallot: false, publishedVoteDate: '2026-07-01 18:00:00' }),
  play: shows('ready', 'secret'),
};

/** What is chosen leaves too little for some of the others. */
export const Budget: Story = {
  parameters: {
    session: 'cors',
    scene: (platform: FakePlatform) => {
      step({ budget: 6000 }).scene(platform);
      platform.signIn();
      platform.votes.put('p3', 'vote');
    },
  },
};
export const Threshold: Story = { parameters: step({ voteThreshold: 4 }) };

/** The rules are closed to this page: what the public API has. */
export const WithoutRules: Story = {
  args: { term: 'rue' },
  parameters: {
    ...apart('900px'),
    scene: (platform: FakePlatform): void => {
      putProposals(platform, 5);
      platform.fail({ status: 403 }, Infinity, /isArchived/);
    },
  },
};

/** In the visitor’s session, with a vote. */
export const SignedIn: Story = {
  parameters: {
    session: 'cors',
    scene: (platform: FakePlatform): void => {
      putProposals(platform, 5);
      platform.signIn();
      platform.votes.put('p3', 'vote');
    },
  },
};
export const SignedOut: Story = { parameters: { session: 'cors', ...step() } };
export const HandOver: Story = { parameters: { handoff: true, ...step() } };
export const Missing: Story = {
  parameters: { scene: (platform: FakePlatform) => void (platform.root['themes'] = []) },
  play: shows('empty'),
};
export const Failed: Story = { parameters: failing({ status: 500 }), play: fails };
export const Offline: Story = { parameters: failing('network'), play: fails };
export const Retrying: Story = { parameters: failing({ status: 500 }), play: retries };
export const Stale: Story = { parameters: step(), play: failsLater({ status: 403 }, 10) };
export const English: Story = { args: { lang: 'en' }, parameters: step() };
export const Narrow: Story = { decorators: [within('narrow')], parameters: step() };
export const NarrowList: Story = { ...AsList, decorators: [within('narrow')] };
export const Dark: Story = { decorators: [within('dark')], parameters: step() };
export const Themed: Story = { decorators: [within('themed')], parameters: step() };
export const NoPlatform: Story = { parameters: { alone: true }, play: shows('error') };
