import type { Meta, StoryObj } from '@storybook/web-components-vite';

import '../src/elements/vote-button/define.js';
import { asking, choiceOf, drafted, FUTURE, keepDraft, outcome, RULES, voting } from './support/ballots.js';
import {
  basket,
  comesOnline,
  goesOffline,
  isSaid,
  press,
  rootOf,
  says,
  type Args,
  type Play,
} from './support/basket.js';
import { answers, closes, inWindow } from './support/hand-over.js';
import { apart, html, inTime, shows, within } from './support/scene.js';

const meta: Meta<Args> = { ...basket, title: 'Budget basket/Beside a hand-over page' };
export default meta;
type Story = StoryObj<Args>;

/** Hands the choices over to the platform's window. */
const handsOver: Play = async (context) => {
  await shows('ready', 'draft')(context);
  await press(context, '.row [part=button]');
  await press(context, '[part=review] [part=button]');
  await shows('ready', 'pending')(context);
};

/** Whoever votes is asked for something, and is told so before choosing. */
export const Conditions: Story = {
  parameters: voting({
    ...RULES,
    ...asking(
      'Réservé aux habitants de Valmont de 16 ans et plus.',
      ['PHONE_VERIFIED'],
      ['DATE_OF_BIRTH'],
      ['CHECKBOX', 'J’habite à Valmont'],
    ),
    votesHelpText: '<p>Lisez bien les projets.</p><p>Chaque voix compte.</p>',
  }),
  play: shows('none'),
};
export const BeforeTheStart: Story = {
  parameters: voting({ ...RULES, ...FUTURE, ...asking('Réservé aux habitants de Valmont.', ['PHONE_VERIFIED']) }),
  play: shows('future'),
};
export const NotVotable: Story = { parameters: voting({ votable: false }) };
export const Secret: Story = { parameters: voting({ votesLimit: 3, canDisplayBallot: false }), play: shows('secret') };

/** Choices of an earlier visit. */
export const Valid: Story = { parameters: drafted(RULES, ['frigos', 'passage']), play: shows('draft', 'valid') };
export const ValidWithoutLimit: Story = {
  parameters: drafted({}, ['frigos', 'verger']),
  play: shows('draft', 'valid'),
};

/** All that there is to spend is spent. */
export const ToTheLastEuro: Story = {
  parameters: drafted({ budget: 50_000 }, ['frigos', 'guinguette', 'kiosque']),
  play: shows('draft', 'valid'),
};

/** The budget has become smaller since: each of several projects alone would do. */
export const OverBudget: Story = {
  parameters: drafted({ budget: 60_000 }, ['guinguette', 'frigos', 'verger']),
  play: shows('draft', 'over'),
};

/** No project alone would do. */
export const FarOverBudget: Story = {
  parameters: drafted({ budget: 20_000 }, ['guinguette', 'frigos', 'verger', 'kiosque']),
  play: shows('draft', 'over'),
};

/** One project is archived, and another one has gone. */
export const Lost: Story = {
  parameters: drafted({ votesLimit: 4 }, ['guinguette', 'frigos', 'verger'], {}, (platform) => {
    platform.change('guinguette', { isArchived: true });
    platform.remove('verger');
  }),
  play: shows('draft', 'lost'),
};

/** Another tab has begun it, perhaps somebody else: no more is said than that it is there. */
export const Found: Story = {
  parameters: voting(RULES, (platform) =>
    keepDraft(platform, { chosen: [choiceOf(platform, 'frigos'), choiceOf(platform, 'verger')] }, false),
  ),
  play: shows('found', 'none'),
};
export const ChangedCosts: Story = {
  parameters: voting({ budget: 90_000 }, (platform) =>
    keepDraft(platform, { chosen: [choiceOf(platform, 'frigos', 9500), choiceOf(platform, 'kiosque', 15_000)] }),
  ),
  play: shows('draft', 'valid'),
};
export const Ranking: Story = {
  parameters: drafted({ votesRanking: true, votesLimit: 5, budget: 100_000 }, ['verger', 'passage', 'frigos']),
  play: shows('draft', 'valid'),
};

/** The platform's window is open. */
export const HandedOver: Story = {
  beforeEach: inWindow,
  parameters: { ...apart('620px'), ...drafted(RULES, ['frigos', 'verger']) },
  play: handsOver,
};
export const Recorded: Story = {
  ...HandedOver,
  play: async (context) => {
    await handsOver(context);
    answers(context, [{ proposalId: 'frigos' }, { proposalId: 'verger' }]);
    await shows('recorded')(context);
  },
};

/** The platform wants to know more before it counts the votes. */
export const WaitsForRequirements: Story = {
  ...HandedOver,
  play: async (context) => {
    await handsOver(context);
    answers(context, [
      { proposalId: 'frigos', accounted: false },
      { proposalId: 'verger', accounted: false },
    ]);
    await shows('recorded')(context);
    await says(context, 'ne comptent pas encore');
  },
};

/** Some of the ballot was refused: it can be sent again. */
export const PartlyRefused: Story = {
  parameters: drafted({ votesLimit: 4 }, ['frigos', 'verger', 'kiosque'], {
    outcomes: [outcome('frigos'), outcome('verger', 'phone-already-used')],
  }),
  play: shows('draft'),
};

/** The window seems to be gone, which proves nothing: its page may have cut itself off, and go on. */
export const WindowGone: Story = {
  ...HandedOver,
  play: async (context) => {
    await handsOver(context);
    closes();
    await inTime(context, () => rootOf(context)?.host.matches(':state(away)') === true);
  },
};

/** The visitor has said no on the platform's page. */
export const Cancelled: Story = {
  ...HandedOver,
  play: async (context) => {
    await handsOver(context);
    answers(context, [], 'cancelled');
    await inTime(context, () => isSaid(context, 'À la connaissance de cette page'));
  },
};

/** The visitor has been to the platform in this very tab, and is back. */
export const Away: Story = {
  parameters: drafted(RULES, ['frigos', 'verger'], { away: true }),
  play: shows('away'),
};

/** All recorded votes were taken out of the list. */
export const TakenBack: Story = {
  ...HandedOver,
  play: async (context) => {
    await handsOver(context);
    answers(context, [{ proposalId: 'frigos' }, { proposalId: 'verger' }]);
    await press(context, '[part=remove][aria-label*="Des frigos"]');
    await press(context, '[part=remove][aria-label*="Un verger"]');
    await says(context, 'Vous avez tout retiré');
  },
};
export const Offline: Story = {
  beforeEach: comesOnline,
  parameters: { ...apart('620px'), ...drafted(RULES, ['frigos', 'verger']) },
  play: goesOffline,
};

/** Nothing can be kept on this device. */
export const StorageDenied: Story = {
  beforeEach: () => {
    const storage = Object.getOwnPropertyDescriptor(window, 'localStorage') ?? {};
    const deny = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: deny, configurable: true });
    return () => void Object.defineProperty(window, 'localStorage', storage);
  },
  parameters: { ...apart('720px'), ...voting(RULES) },
  render: () => html`
    <p><cap-vote-button proposal-id="frigos" step-id="vote"></cap-vote-button></p>
    <cap-budget-basket step-id="vote"></cap-budget-basket>
  `,
  play: async (context) => {
    await shows('ready')(context);
    await press(context, '[part=button]', 'cap-vote-button');
    await says(context, 'Ce navigateur ne garde rien');
  },
};

/** The platform does not tell this page its rules. */
export const WithoutRules: Story = {
  parameters: { rules: false, ...drafted({}, ['frigos', 'verger']) },
  play: shows('ruleless', 'draft'),
};
export const EmptyWithoutRules: Story = { parameters: { rules: false, ...voting() }, play: shows('ruleless', 'none') };

/** There is no hand-over page, and no rules either. */
export const LinkWithoutRules: Story = {
  parameters: { handoff: false, rules: false, ...voting() },
  play: shows('ruleless'),
};

/** A summary at the bottom of the window. */
export const Bar: Story = {
  args: { display: 'bar' },
  parameters: { ...apart('480px'), ...drafted(RULES, ['frigos', 'verger']) },
};
export const BarOpen: Story = {
  ...Bar,
  play: (context) => press(context, '[part=bar] button'),
};
export const BarOpenNarrow: Story = { ...BarOpen, decorators: [within('narrow')] };

const ranked = {
  parameters: drafted({ votesRanking: true, votesLimit: 4, budget: 70_000 }, ['verger', 'passage', 'frigos']),
  play: shows('draft', 'over'),
};
export const English: Story = { args: { lang: 'en' }, ...ranked };
export const Narrow: Story = { decorators: [within('narrow')], ...ranked };
export const Dark: Story = { decorators: [within('dark')], ...ranked };
export const Themed: Story = { decorators: [within('themed')], ...ranked };
