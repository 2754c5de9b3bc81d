import type { Meta, StoryObj } from '@storybook/web-components-vite';

import type { FakePlatform } from '../test/support/fake-platform.js';
import { recorded, RULES } from './support/ballots.js';
import { basket, comesOnline, goesOffline, press, says, type Args, type Play } from './support/basket.js';
import { apart, fails, retries, sceneOf, shows } from './support/scene.js';

const meta: Meta<Args> = { ...basket, title: 'Budget basket/In a session' };
export default meta;
type Story = StoryObj<Args>;

/** Once the basket is there, something happens to the platform, and then the visitor takes out a choice. */
const removesAfter =
  (happen: (platform: FakePlatform) => unknown): Play =>
  async (context) => {
    await shows('ready')(context);
    happen(sceneOf(context).platform);
    await press(context, '[part=remove][aria-label*="Des frigos"]');
  };

/** Each choice is recorded at once. */
export const Valid: Story = { parameters: recorded(RULES, ['frigos', 'passage']), play: shows('recorded', 'valid') };
export const Empty: Story = { parameters: recorded(RULES, []), play: shows('none') };

/** What is recorded does not count yet. */
export const Incomplete: Story = { parameters: recorded(RULES, ['frigos']), play: shows('recorded', 'incomplete') };
export const OverBudget: Story = {
  parameters: recorded({ budget: 50_000 }, ['frigos', 'verger', 'kiosque']),
  play: shows('recorded', 'over'),
};

/** The visitor's name is shown with the votes. */
export const Named: Story = {
  parameters: recorded({}, ['frigos', 'verger'], ({ votes }) => votes.veil('vote', false)),
  play: shows('recorded'),
};
export const WaitsForEmail: Story = {
  parameters: recorded({}, ['frigos'], (platform) => platform.signIn('Lucie Fontaine', false)),
  play: shows('recorded'),
};

/** No answer has come: it is looked up. */
export const Unsure: Story = {
  parameters: { ...apart('620px'), ...recorded(RULES, ['frigos', 'verger']) },
  play: async (context) => {
    await removesAfter((platform) => platform.fail('network', 1, /mutation/))(context);
    await says(context, 'Nous vérifions');
  },
};
export const SessionExpired: Story = {
  ...Unsure,
  play: async (context) => {
    await removesAfter((platform) => platform.signOut())(context);
    await shows('signed-out')(context);
  },
};
export const Offline: Story = { ...Unsure, beforeEach: comesOnline, play: goesOffline };

/** The ways in. */
export const SigningIn: Story = {
  parameters: { ...apart('720px'), ...recorded(RULES, [], (platform) => platform.signOut()) },
  play: (context) => press(context, '.main'),
};

/** The platform cannot be reached. */
export const Unreachable: Story = {
  parameters: {
    ...apart('240px'),
    ...recorded(RULES, ['frigos'], (platform) => platform.fail('network')),
  },
  play: fails,
};
export const Retrying: Story = { ...Unreachable, play: retries };
export const NoPlatform: Story = { parameters: { alone: true }, play: shows('error') };
