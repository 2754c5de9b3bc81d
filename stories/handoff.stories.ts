import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../src/elements/handoff/define.js';
import { hashOf, type HandoffRequest } from '../src/domain/handoff.js';
import { pretendAlone } from '../src/state/request-controller.js';
import { keepWaiting, nameInAddress, type Waiting } from '../src/state/waiting.js';
import type { FakeObject, FakePlatform, Fault } from '../test/support/fake-platform.js';
import { openWays } from '../test/support/sign-in.js';
import { openVote, votable, votingStep } from '../test/support/voting-fixtures.js';
import { apart, beforeEach, decorators, fails, html, inTime, sceneOf, shows, within } from './support/scene.js';

interface Args {
  allow: string;
  lang: string;
}

const CITY = 'https://www.valmont.example';

const meta: Meta<Args> = {
  title: 'Hand-over page',
  component: 'cap-handoff',
  beforeEach,
  decorators,
  args: { allow: CITY, lang: '' },
  argTypes: { lang: { control: 'inline-radio', options: ['', 'fr', 'en'] } },
  render: ({ allow, lang }) =>
    html`<cap-handoff allow=${allow} lang=${lang || nothing}
      ><p><a href="https://participez.valmont.example">La plateforme</a></p></cap-handoff
    >`,
};
export default meta;
type Story = StoryObj<Args>;
type Play = NonNullable<Story['play']>;

let requests = 0;

/** Opens the page with a request, or with none. Who asks is known as it is after a sign-in. */
function ask(fields: Partial<HandoffRequest> | null, proof: Waiting['proof'] = 'asked', opened = false): void {
  pretendAlone();
  const state = (++requests).toString(16).padStart(32, '0');
  const request: HandoffRequest = {
    action: 'vote',
    stepId: 'vote',
    proposalIds: ['guinguette'],
    state,
    origin: CITY,
    returnUrl: `${CITY}/budget`,
    ...fields,
  };
  sessionStorage.removeItem('cap-widgets:handoff');
  if (fields) keepWaiting(state, { hash: hashOf(request), proof, opened });
  history.replaceState(null, '', fields ? `#${nameInAddress(state)}` : location.pathname + location.search);
}

const GARDEN = 'Un jardin partagé au pied des tours, avec un compost et des abris pour les hérissons';

const asks = (
  fields: Partial<HandoffRequest> | null,
  more: (platform: FakePlatform) => void = () => undefined,
  ...who: [proof?: Waiting['proof'], opened?: boolean]
) => ({
  session: 'own',
  scene: (platform: FakePlatform) => {
    openVote(platform);
    platform.put(
      votable('jardin', 12, 0, { title: GARDEN }),
      votable('frigos', 8, 0, { title: 'Des frigos partagés' }),
    );
    more(platform);
    ask(fields, ...who);
  },
});
const inStep = (fields: Partial<FakeObject>) => asks({}, (platform) => platform.put(votingStep('vote', fields)));

/** Presses the main button once it takes clicks. */
const confirms =
  (...states: readonly string[]): Play =>
  async (context) => {
    await shows('ready', 'confirm')(context);
    const button = (): HTMLButtonElement | null | undefined =>
      context.canvasElement
        .querySelector('cap-handoff')
        ?.shadowRoot?.querySelector<HTMLButtonElement>('button.main:not([aria-disabled])');
    await inTime(context, () => Boolean(button()));
    button()?.click();
    await shows('ready', ...states)(context);
  };

/** The request is confirmed, and meets a fault on its way. */
const interrupted =
  (fault: Fault, times: number): Play =>
  async (context) => {
    sceneOf(context).platform.fail(fault, times, /^\s*mutation/);
    await confirms('confirm')(context);
    const text = (): string => context.canvasElement.querySelector('cap-handoff')?.shadowRoot?.textContent ?? '';
    await waitFor(() => expect(text()).toContain('Continue'));
  };

export const Confirm: Story = { parameters: asks({}), play: shows('ready', 'confirm') };

export const ConfirmWithdrawal: Story = {
  parameters: asks({ action: 'unvote' }, ({ votes }) => votes.put('guinguette', 'vote')),
  play: shows('ready', 'confirm'),
};

/** In rank order; what the ballot leaves out is taken back. */
export const ConfirmBallot: Story = {
  parameters: asks({ action: 'ballot', proposalIds: ['jardin', 'guinguette'] }, ({ votes }) =>
    votes.put('frigos', 'vote'),
  ),
  play: shows('ready', 'confirm'),
};

export const NothingToDo: Story = {
  parameters: asks({}, ({ votes }) => votes.put('guinguette', 'vote')),
  play: shows('ready', 'confirm'),
};

/** A page of the site has led here, and cannot say so itself. */
export const LedHere: Story = { parameters: asks({}, undefined, 'led'), play: shows('ready', 'confirm') };

/** A link that anybody may have written. */
export const Claimed: Story = { parameters: asks({}, undefined, 'claimed'), play: shows('ready', 'claimed') };

/** The visitor wants to see what it asks for; nothing is taken back unless he ticks it. */
export const ClaimedAndOpened: Story = {
  parameters: asks({ action: 'ballot' }, ({ votes }) => votes.put('frigos', 'vote'), 'claimed', true),
  play: shows('ready', 'confirm'),
};

/** Somebody else has signed in since the page was last looked at. */
export const OtherAccount: Story = {
  parameters: asks({}),
  play: async (context) => {
    await shows('ready', 'confirm')(context);
    sceneOf(context).platform.signIn('Marc Le Goff');
    await confirms('confirm')(context);
  },
};

export const Leave: Story = {
  parameters: asks({ action: 'leave', stepId: '', proposalIds: [] }),
  play: shows('ready', 'confirm'),
};

export const Left: Story = {
  parameters: asks(
    { action: 'leave', stepId: '', proposalIds: [] },
    (platform) => void openWays(platform, { signedIn: true }),
  ),
  play: confirms('done'),
};

export const SignIn: Story = {
  parameters: asks({}, (platform) =>
    openWays(platform, { services: { franceconnect: 'FranceConnect' }, flags: ['login_franceconnect'] }),
  ),
  play: shows('ready'),
};

export const SignInOnly: Story = {
  parameters: asks({ action: 'login', stepId: '', proposalIds: [] }, (platform) => openWays(platform)),
  play: shows('ready'),
};

export const SignedIn: Story = {
  parameters: asks({ action: 'login', stepId: '', proposalIds: [] }),
  play: confirms('done'),
};

export const Loading: Story = {
  parameters: asks({}, (platform) => void platform.hold()),
  play: shows('loading'),
};

export const Sending: Story = {
  parameters: asks({}),
  play: async (context) => {
    await shows('ready', 'confirm')(context);
    sceneOf(context).platform.hold();
    await confirms('sending')(context);
  },
};

/** The answer has got lost: the platform is asked whether it has recorded the vote. */
export const Unsure: Story = {
  parameters: asks({}),
  play: async (context) => {
    const { platform } = sceneOf(context);
    platform.votes.add = () => {
      platform.fail('network');
      throw new Error('The platform breaks down.');
    };
    await confirms('sending')(context);
    const text = (): string => context.canvasElement.querySelector('cap-handoff')?.shadowRoot?.textContent ?? '';
    await inTime(context, () => /Nous vérifions|We are checking/.test(text()));
  },
};

export const Done: Story = { parameters: asks({}), play: confirms('done') };

export const BallotDone: Story = {
  parameters: asks({ action: 'ballot', proposalIds: ['jardin', 'guinguette'] }, ({ votes }) =>
    votes.put('frigos', 'vote'),
  ),
  play: confirms('done'),
};

/** The platform wants to know more before it counts the vote. */
export const RequirementsLeft: Story = {
  parameters: asks({}, ({ votes }) =>
    votes.record({
      isAccounted: false,
      completionStatus: 'MISSING_REQUIREMENTS',
      requirementsUrl: 'https://participez.valmont.example/requirements/step/vote/contribution/1',
    }),
  ),
  play: confirms('done'),
};

export const EmailUnconfirmed: Story = {
  parameters: asks({}, ({ votes }) => votes.record({ isAccounted: false, published: false })),
  play: confirms('done'),
};

export const BelowMinimum: Story = {
  parameters: asks({}, ({ votes }) => votes.record({ isAccounted: false })),
  play: confirms('done'),
};

/** Some of the ballot was refused. */
export const PartlyRefused: Story = {
  parameters: asks({ action: 'ballot', proposalIds: ['jardin', 'nowhere', 'guinguette'] }),
  play: confirms('done'),
};

export const Refused: Story = {
  parameters: asks({}, ({ votes }) => votes.refuse({ errorCode: 'PHONE_ALREADY_USED' })),
  play: confirms('done'),
};

export const SessionExpired: Story = {
  parameters: asks({}),
  play: async (context) => {
    await shows('ready', 'confirm')(context);
    openWays(sceneOf(context).platform);
    await confirms('sign-in')(context);
  },
};

export const Interrupted: Story = { parameters: asks({}), play: interrupted({ status: 410, body: 'nothing' }, 1) };

export const StepClosed: Story = {
  parameters: inStep({ timeRange: { startAt: '2026-04-20 09:00:00', endAt: '2026-05-01 00:00:00' }, state: 'CLOSED' }),
  play: shows('ready', 'blocked'),
};

export const LimitReached: Story = {
  parameters: asks({}, (platform) => {
    platform.put(votingStep('vote', { votesLimit: 1 }));
    platform.votes.put('jardin', 'vote');
  }),
  play: shows('ready', 'blocked'),
};

export const UnknownProposal: Story = {
  parameters: asks({ proposalIds: ['nowhere'] }),
  play: shows('ready', 'blocked'),
};

/** Somebody has opened the page itself. */
export const WithoutRequest: Story = { parameters: asks(null), play: shows('empty') };

export const OtherSite: Story = {
  parameters: asks({ origin: 'https://mechant.example', returnUrl: 'https://mechant.example/' }),
  play: shows('error'),
};

export const OtherReturn: Story = {
  parameters: asks({ returnUrl: 'https://mechant.example/' }),
  play: shows('error'),
};

/** Signing in has taken too long. */
export const Lost: Story = {
  parameters: { ...asks(null), session: 'own', scene: () => history.replaceState(null, '', `#${nameInAddress('0')}`) },
  play: shows('error'),
};

export const Malformed: Story = { parameters: asks({ stepId: '' }), play: shows('error') };

/** The page is not on the platform, or does not use its session. */
export const Misplaced: Story = {
  parameters: { ...asks({}), session: undefined },
  play: shows('error'),
};

export const Failed: Story = {
  parameters: { ...apart(), ...asks({}, (platform) => platform.fail('network')) },
  play: fails,
};

export const InEnglish: Story = { ...ConfirmBallot, args: { lang: 'en' } };

export const Narrow: Story = { ...ConfirmBallot, decorators: [within('narrow')] };
