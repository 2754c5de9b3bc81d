import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';

import '../src/elements/budget-basket/define.js';
import '../src/elements/participation-counter/define.js';
import '../src/elements/vote-button/define.js';
import { clock } from '../src/core/clock.js';
import type { FakePlatform, Fault } from '../test/support/fake-platform.js';
import { openVote, votable, votingStep, votingStepBetween } from '../test/support/voting-fixtures.js';
import { drafted, voting } from './support/ballots.js';
import { press, rootOf, says } from './support/basket.js';
import { answers, inWindow } from './support/hand-over.js';
import {
  apart,
  beforeEach,
  decorators,
  fails,
  html,
  inTime,
  presses,
  retries,
  shows,
  sceneOf,
  within,
} from './support/scene.js';

interface Args {
  proposalId: string;
  stepId: string;
  variant: 'full' | 'compact';
  publicVote: boolean;
  lang: string;
}

const meta: Meta<Args> = {
  title: 'Vote button',
  component: 'cap-vote-button',
  beforeEach,
  decorators,
  parameters: { session: 'cors' },
  args: { proposalId: 'guinguette', stepId: 'vote', variant: 'full', publicVote: false, lang: '' },
  argTypes: {
    proposalId: { control: 'text' },
    stepId: { control: 'text' },
    variant: { control: 'inline-radio', options: ['full', 'compact'] },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: (args) =>
    html`<cap-vote-button
      proposal-id=${args.proposalId || nothing}
      step-id=${args.stepId || nothing}
      variant=${args.variant}
      ?public-vote=${args.publicVote}
      lang=${args.lang || nothing}
      ><a href="https://participez.valmont.example/guinguette">La guinguette sur la plateforme</a>
    </cap-vote-button>`,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;

type Fields = Readonly<Record<string, unknown>>;

type Play = NonNullable<Story['play']>;

/** Presses the button once something has happened to the platform. */
const pressesAfter =
  (happen: (platform: FakePlatform) => unknown): Play =>
  async (context) => {
    await shows('ready')(context);
    happen(sceneOf(context).platform);
    await presses(context);
  };

/** A visitor who is signed in, in a step that is open, with whatever else the story needs. */
const open = (step: Fields = {}, more: (platform: FakePlatform) => void = () => undefined) => ({
  scene: (platform: FakePlatform): void => {
    openVote(platform, step);
    more(platform);
  },
});
const voted = (fields?: Fields, step?: Fields) => open(step, ({ votes }) => votes.put('guinguette', 'vote', fields));
const between = (startAt: string | null, endAt: string | null) =>
  open({}, (platform) => platform.put(votingStepBetween(startAt, endAt)));
const failing = (fault: Fault) => ({ ...apart('240px'), scene: (platform: FakePlatform) => platform.fail(fault) });
/** A page without the platform’s session. */
const anonymous = { session: '' };
const other = (platform: FakePlatform, fields: Fields = {}): void => {
  platform.put(votable('frigos', 12, 0, { title: 'Des frigos partagés', ...fields }));
  platform.votes.put('frigos', 'vote');
};

export const Ready: Story = { parameters: open() };
export const Loading: Story = {
  parameters: { scene: (platform: FakePlatform) => void platform.hold() },
  play: shows('loading'),
};
export const Voted: Story = { parameters: voted(), play: shows('voted') };
export const Support: Story = { parameters: open({ actionButtonLabel: 'SUPPORT' }) };
export const Compact: Story = { args: { variant: 'compact' }, parameters: open() };

/** Votes on paper are counted in, and split on request. */
export const Paper: Story = {
  parameters: open({}, (platform) => platform.put(votable('guinguette', 1_284, 96))),
};

/** A vote is on its way: nothing is shown as recorded. */
export const Saving: Story = {
  parameters: { ...apart('240px'), ...open() },
  play: async (context) => {
    await pressesAfter((platform) => platform.hold())(context);
    await shows('pending')(context);
  },
};

/** No answer has come: it is looked up. */
export const Unsure: Story = {
  parameters: { ...apart('240px'), ...open() },
  play: async (context) => {
    await pressesAfter((platform) => platform.fail('network', 1, /mutation/))(context);
    await shows('pending', 'blocked')(context);
  },
};
export const Recorded: Story = {
  parameters: { ...apart('240px'), ...open() },
  play: async (context) => {
    await presses(context);
    await shows('voted')(context);
  },
};
export const Refused: Story = {
  parameters: { ...apart('240px'), ...open({}, ({ votes }) => votes.refuse({ errorCode: 'PHONE_ALREADY_USED' })) },
  play: presses,
};

/** Not enough votes yet for any of them to count. */
export const MinimumNotReached: Story = {
  parameters: voted({ isAccounted: false }, { votesMin: 3 }),
  play: shows('voted', 'not-counted'),
};
export const RequirementsMissing: Story = {
  parameters: voted({
    isAccounted: false,
    completionStatus: 'MISSING_REQUIREMENTS',
    requirementsUrl: 'https://participez.valmont.example/requirements',
  }),
  play: shows('voted', 'not-counted'),
};
export const EmailUnconfirmed: Story = {
  parameters: voted({ published: false }),
  play: shows('voted', 'not-counted'),
};
export const LimitReached: Story = { parameters: open({ votesLimit: 1 }, other), play: shows('blocked') };
export const NotEnoughBudget: Story = {
  parameters: open({ budget: 100_000 }, (platform) => {
    platform.change('guinguette', { estimation: 40_000 });
    other(platform, { estimation: 75_000 });
  }),
  play: shows('blocked'),
};
export const BeforeTheStep: Story = {
  parameters: between('2026-06-01 09:00:00', '2026-06-15 00:00:00'),
  play: shows('blocked'),
};
export const AfterTheStep: Story = {
  parameters: between('2026-04-01 09:00:00', '2026-05-01 00:00:00'),
  play: shows('blocked', 'closed'),
};
export const VotedAfterTheStep: Story = {
  parameters: open({}, (platform) => {
    platform.put(votingStepBetween('2026-04-01 09:00:00', '2026-05-01 00:00:00'));
    platform.votes.put('guinguette', 'vote');
  }),
  play: shows('voted', 'closed'),
};
export const NotVotable: Story = { parameters: open({ votable: false }), play: shows('blocked') };
export const Archived: Story = {
  parameters: open({}, (platform) => platform.change('guinguette', { isArchived: true })),
  play: shows('blocked'),
};
export const Secret: Story = { parameters: open({ canDisplayBallot: false }), play: shows('secret') };
export const SecretUntil: Story = {
  parameters: open({ canDisplayBallot: false, publishedVoteDate: '2026-07-01 18:00:00' }),
  play: shows('secret'),
};
export const Threshold: Story = { parameters: open({ voteThreshold: 100 }) };
export const ThresholdReached: Story = { parameters: open({ voteThreshold: 40 }) };

/** A visitor who has not signed in. */
export const SignedOut: Story = {
  parameters: open({}, (platform) => platform.signOut()),
  play: shows('signed-out'),
};

/** Pressed without a session: the ways in. */
export const SigningIn: Story = {
  parameters: { ...apart('420px'), ...open({}, (platform) => platform.signOut()) },
  play: presses,
};
export const SessionExpired: Story = {
  parameters: { ...apart('420px'), ...open() },
  play: async (context) => {
    await pressesAfter((platform) => platform.signOut())(context);
    await shows('signed-out')(context);
  },
};

/** Pressed before somebody was signed in, whoever that was. */
export const Asking: Story = {
  parameters: open({}, ({ url }) => {
    const wish = { kind: 'proposal', id: 'guinguette', step: 'vote', value: true };
    sessionStorage.setItem('cap-widgets:wish', JSON.stringify({ platform: url, wish, by: null, at: clock.now() }));
  }),
  play: shows('ready', 'asking'),
};

/** In a library or a town hall. */
export const SharedDevice: Story = {
  parameters: { device: 'shared', ...open({}, (platform) => platform.signOut()) },
  play: (context) => says(context, 'J’ai terminé', 'cap-vote-button'),
};

/** Without a session: a link to the platform’s own page. */
export const Link: Story = { parameters: { ...anonymous, ...open() } };
export const LinkAfterTheStep: Story = {
  parameters: { ...anonymous, ...between('2026-04-01 09:00:00', '2026-05-01 00:00:00') },
  play: shows('closed'),
};

/** Without a session, with the platform’s hand-over page. */
export const HandOver: Story = {
  parameters: { ...anonymous, handoff: true, ...open() },
  play: (context) => says(context, 'dans une fenêtre de la plateforme', 'cap-vote-button'),
};

/** A basket is on the same page: what is chosen is kept until all of it is sent. */
export const Choose: Story = {
  args: { proposalId: 'frigos' },
  parameters: { ...anonymous, handoff: true, ...voting({ votesLimit: 2 }) },
  render: (args, context) => html`
    ${meta.render?.(args, context)}
    <cap-budget-basket step-id="vote" display="bar" lang=${args.lang || nothing}></cap-budget-basket>
  `,
};
export const Chosen: Story = {
  ...Choose,
  parameters: { ...anonymous, handoff: true, ...drafted({ votesLimit: 2 }, ['frigos']) },
  play: async (context) => {
    await shows('ready')(context);
    await says(context, 'Choisi, mais pas encore envoyé.', 'cap-vote-button');
  },
};

/** Nothing more can be chosen. */
export const ChosenElsewhere: Story = {
  ...Choose,
  parameters: { ...anonymous, handoff: true, ...drafted({ votesLimit: 1 }, ['verger']) },
  play: async (context) => {
    await shows('ready')(context);
    await says(context, 'Vous avez utilisé votre vote.', 'cap-vote-button');
  },
};

/** All that was chosen is sent. */
export const ChosenAndRecorded: Story = {
  ...Chosen,
  beforeEach: inWindow,
  parameters: { ...apart('620px'), ...Chosen.parameters },
  play: async (context) => {
    await shows('ready')(context);
    for (const button of ['[part=bar] button', '.row [part=button]', '[part=review] [part=button]'])
      await press(context, button);
    await inTime(context, () => rootOf(context)?.host.matches(':state(pending)') === true);
    await says(context, 'Terminez votre vote');
    answers(context, [{ proposalId: 'frigos' }]);
    await says(context, 'Votre vote est enregistré.', 'cap-vote-button');
  },
};
export const Missing: Story = { args: { proposalId: 'inconnu' }, parameters: open(), play: shows('empty') };
export const Failed: Story = { parameters: failing({ status: 500 }), play: fails };
export const Offline: Story = { parameters: failing('network'), play: fails };
export const Forbidden: Story = { parameters: failing({ status: 403 }), play: fails };
export const Retrying: Story = { parameters: failing({ status: 500 }), play: retries };
export const English: Story = { args: { lang: 'en' }, parameters: voted(), play: shows('voted') };
export const Narrow: Story = { decorators: [within('narrow')], parameters: voted(), play: shows('voted') };
export const Dark: Story = { decorators: [within('dark')], parameters: voted(), play: shows('voted') };
export const Themed: Story = { decorators: [within('themed')], parameters: voted(), play: shows('voted') };

/** Everything that shows the same vote agrees. */
export const Together: Story = {
  parameters: { ...apart('420px'), ...open({ voteThreshold: 100 }, (platform) => platform.put(votingStep())) },
  render: () => html`
    <div class="tiles">
      <cap-vote-button proposal-id="guinguette" step-id="vote"></cap-vote-button>
      <cap-vote-button proposal-id="guinguette" step-id="vote" variant="compact"></cap-vote-button>
      <cap-participation-counter proposal-id="guinguette" display="tile"></cap-participation-counter>
    </div>
  `,
  play: presses,
};
export const NoPlatform: Story = { parameters: { alone: true }, play: shows('error') };
