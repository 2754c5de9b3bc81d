import type { Meta, StoryObj } from '@storybook/web-components-vite';

import { between, CLOSED, drafted, recorded, results, voting } from './support/ballots.js';
import { basket, has, type Args, type Play } from './support/basket.js';
import { apart, sceneOf, shows, within } from './support/scene.js';

const meta: Meta<Args> = { ...basket, title: 'Budget basket/After the vote' };
export default meta;
type Story = StoryObj<Args>;

/** Waits for something in the results. */
const shown =
  (selector: string): Play =>
  async (context) => {
    await shows('ready', 'closed')(context);
    await has(context, `[part=results] ${selector}`);
  };
const table = shown('tbody');

/** What asks for results. */
const RESULTS = /totalPointsCount/;
const WON = { status: { id: 'won', name: 'Lauréat', color: 'SUCCESS' } };
const LOST = { status: { id: 'lost', name: 'Non retenu', color: 'DANGER' } };
const nowhere = { district: null };

/** The budget goes as far as it reaches: the town has not said yet what it pays for. */
export const Computed: Story = {
  parameters: results(
    { guinguette: [412, 96], frigos: [388, 0], verger: [240, 31], kiosque: [118, 12], passage: [0, 0] },
    { budget: 80_000 },
  ),
  play: table,
};

/** The town says which projects it pays for. */
export const Decided: Story = {
  parameters: results(
    { guinguette: [412, 96, WON], frigos: [388, 0, LOST], verger: [240, 31, WON], kiosque: [118, 12, LOST] },
    { budget: 80_000 },
  ),
  play: table,
};

/** No money is at stake, and no district is named. */
export const VotesAlone: Story = {
  parameters: results({
    guinguette: [412, 0, { ...nowhere, estimation: null }],
    frigos: [412, 0, { ...nowhere, estimation: null }],
    kiosque: [1, 0, { ...nowhere, estimation: null }],
  }),
  play: table,
};
export const Points: Story = {
  parameters: results(
    { guinguette: [412, 96], frigos: [388, 12], passage: [120, 4] },
    { votesRanking: true, votesLimit: 3 },
  ),
  play: table,
};
export const OneProject: Story = { parameters: results({ verger: [1, 0] }, { budget: 45_000 }), play: table };

/** Equal results, and a project without a cost. */
export const Equal: Story = {
  parameters: results(
    { guinguette: [80, 0], frigos: [60, 20, { estimation: null }], kiosque: [80, 0] },
    { budget: 30_000 },
  ),
  play: table,
};
export const NoProject: Story = { parameters: results({}), play: shown('p') };

/** The visitor's own votes, beside what the vote has come to. */
export const WithOwnVotes: Story = {
  parameters: {
    session: 'cors',
    handoff: false,
    ...results({ guinguette: [412, 96], frigos: [388, 0] }, { budget: 40_000 }, (platform) => {
      platform.signIn();
      platform.votes.put('guinguette', 'vote');
    }),
  },
  play: table,
};

/** The step came to its end before the choices were sent. */
export const NotSent: Story = {
  parameters: {
    ...apart('620px'),
    ...drafted({ votesLimit: 3, canDisplayBallot: false, ...between('2026-04-01 00:00:00', '2026-05-13 00:00:00') }, [
      'frigos',
      'verger',
    ]),
  },
  play: async (context) => {
    await shows('ready', 'draft')(context);
    sceneOf(context).clock.advance(24 * 3_600_000);
    await shows('closed')(context);
  },
};

/** Secret, and not published yet. */
export const Secret: Story = {
  parameters: voting({ ...CLOSED, canDisplayBallot: false }),
  play: shows('closed', 'secret'),
};
export const SecretUntil: Story = {
  parameters: recorded({ ...CLOSED, canDisplayBallot: false, publishedVoteDate: '2026-07-01 18:00:00' }, ['frigos']),
  play: shows('closed', 'secret'),
};

/** The platform does not tell this page. */
export const Unavailable: Story = {
  parameters: voting(CLOSED, (platform) => platform.fail({ status: 403 }, Infinity, RESULTS)),
  play: shown('a'),
};
export const Loading: Story = {
  parameters: { ...apart('620px'), ...voting(CLOSED, (platform) => platform.fail('silent', Infinity, RESULTS)) },
  play: shown('.skeleton'),
};
export const Failed: Story = {
  parameters: {
    ...apart('420px'),
    ...voting(CLOSED, (platform) => platform.fail({ status: 410, body: 'nothing' }, Infinity, RESULTS)),
  },
  play: shown('[part=message]'),
};

const several = results(
  { guinguette: [1_412, 96, WON], frigos: [388, 0, LOST], verger: [240, 31, WON], passage: [118, 12, LOST] },
  { budget: 80_000 },
);
export const English: Story = { args: { lang: 'en' }, parameters: several, play: table };
export const Narrow: Story = { decorators: [within('narrow')], parameters: several, play: table };
export const Dark: Story = { decorators: [within('dark')], parameters: several, play: table };
export const Themed: Story = { decorators: [within('themed')], parameters: several, play: table };
