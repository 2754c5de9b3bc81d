import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../src/elements/login-prompt/define.js';
import type { FakePlatform, Fault } from '../test/support/fake-platform.js';
import { EMAIL, openWays, type SignInOptions } from '../test/support/sign-in.js';
import { apart, beforeEach, decorators, fails, html, shows, within, type SessionMode } from './support/scene.js';

interface Args {
  message: string;
  lang: string;
}

const meta: Meta<Args> = {
  title: 'Login prompt',
  component: 'cap-login-prompt',
  beforeEach,
  decorators,
  args: { message: '', lang: '' },
  argTypes: { lang: { control: 'inline-radio', options: ['', 'fr', 'en'] } },
  render: ({ message, lang }) =>
    html`<cap-login-prompt message=${message || nothing} lang=${lang || nothing}
      ><a href="https://participez.valmont.example">Se connecter sur la plateforme</a></cap-login-prompt
    >`,
  play: shows('ready', 'signed-out'),
};
export default meta;
type Story = StoryObj<Args>;
type Play = NonNullable<Story['play']>;

const on = (session: SessionMode, options: SignInOptions = {}, more?: (platform: FakePlatform) => void) => ({
  session,
  scene: (platform: FakePlatform) => {
    openWays(platform, options);
    more?.(platform);
  },
});
const services = { franceconnect: 'FranceConnect', openid: 'Compte Valmont' };
const everything = { services, flags: ['login_franceconnect', 'registration', 'restrict_connection'] };
const failing = (fault: Fault) => ({ ...apart('240px'), ...on('gateway', {}, (platform) => platform.fail(fault)) });

const rootOf = (canvas: Element): ShadowRoot => {
  const root = canvas.querySelector('cap-login-prompt')?.shadowRoot;
  if (!root) throw new Error('There is no prompt.');
  return root;
};

/** Fills in the form and sends it. */
const sends =
  (email: string, password: string): Play =>
  async (context) => {
    await shows('signed-out')(context);
    const root = rootOf(context.canvasElement);
    const fill = (name: string, value: string): void => {
      const field = root.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (field) field.value = value;
    };
    fill('email', email);
    fill('password', password);
    root.querySelector<HTMLButtonElement>('form button')?.click();
  };

/** Fills in the form, and is refused. */
const refused: Play = async (context) => {
  await sends(EMAIL, 'Passerelle-24')(context);
  await waitFor(() => expect(rootOf(context.canvasElement).querySelector('.danger')).not.toBeNull());
};

/** Presses for a window, which is left out of the story: all that shows is that it is open, or was blocked. */
const opensWindow =
  (opened: object | null): Play =>
  async (context) => {
    await shows('signed-out')(context);
    const { open } = globalThis;
    // What a page sees of a window of another site.
    globalThis.open = () => opened as Window | null;
    try {
      rootOf(context.canvasElement).querySelector<HTMLButtonElement>('[part=button]')?.click();
    } finally {
      globalThis.open = open;
    }
    await waitFor(() =>
      expect(rootOf(context.canvasElement).querySelector('#message')?.textContent?.trim()).toBeTruthy(),
    );
  };
const someWindow = { closed: false, close: () => undefined, focus: () => undefined };

/** On the platform’s own pages every way works, and leads back. */
export const OwnPage: Story = { parameters: on('own', everything) };
export const WithReason: Story = {
  args: { message: 'Connectez-vous pour voter pour « Une guinguette au bord de l’eau ».' },
  parameters: on('own', everything),
};
export const OnlyPassword: Story = { parameters: on('own') };

/** The platform leaves all signing in to its identity service. */
export const Bypass: Story = { parameters: on('own', { services, flags: ['sso_by_pass_auth'] }) };

/** Behind a gateway of another host, a session that begins on the platform does not hold. */
export const Gateway: Story = { parameters: on('gateway', everything) };

/** On any other page, signing in takes place in a window of the platform. */
export const OtherOrigin: Story = { parameters: on('cors', everything) };
export const OtherOriginWithoutService: Story = { parameters: on('cors') };

/** Without a session, signing in is a matter of the platform’s own pages. */
export const Public: Story = { args: { message: 'Connectez-vous pour voter.' }, play: shows('empty') };

/** Without a session but with a hand-over page, signing in takes place there, and the visitor comes back. */
export const HandOver: Story = { parameters: { handoff: true }, play: shows('empty') };

export const SignedIn: Story = { parameters: on('gateway', { signedIn: true }), play: shows('ready', 'signed-in') };
export const SigningOut: Story = {
  parameters: on('gateway', { signedIn: true }, (platform) =>
    platform.routes.set('/logout', () => {
      platform.hold();
      return new Response(null, { status: 204 });
    }),
  ),
  play: async (context) => {
    await shows('signed-in')(context);
    rootOf(context.canvasElement).querySelector('button')?.click();
    await shows('signed-in', 'pending')(context);
  },
};
export const SigningIn: Story = {
  parameters: on('gateway', {}, (platform) =>
    platform.routes.set('/login_check', () => {
      platform.hold();
      return Response.json({ success: true });
    }),
  ),
  play: async (context) => {
    await sends(EMAIL, 'Passerelle-42')(context);
    await shows('signed-out', 'pending')(context);
  },
};
export const EmailMissing: Story = { parameters: on('gateway'), play: sends('lucie', '') };
export const WrongPassword: Story = { parameters: on('gateway'), play: refused };
export const CaptchaRequired: Story = {
  parameters: on('gateway', { answer: () => Response.json({ reason: 'Invalid captcha.' }, { status: 401 }) }),
  play: refused,
};
export const EmailUnconfirmed: Story = {
  parameters: on('gateway', {
    answer: () => Response.json({ success: false, reason: 'please-confirm-your-email-address-to-login' }),
  }),
  play: refused,
};
export const TooManyAttempts: Story = {
  parameters: on('gateway', { answer: () => new Response('', { status: 429 }) }),
  play: refused,
};
export const PlatformOutOfOrder: Story = {
  parameters: on('gateway', { answer: () => new Response('', { status: 502 }) }),
  play: refused,
};

/** Everything was right, and the browser has not kept the session: the platform’s page is what is left. */
export const SessionLost: Story = {
  parameters: on('gateway', { answer: () => Response.json({ success: true }) }),
  play: refused,
};
export const WindowOpen: Story = { parameters: on('cors', everything), play: opensWindow(someWindow) };
export const WindowBlocked: Story = { parameters: on('cors', everything), play: opensWindow(null) };

export const Loading: Story = {
  parameters: on('gateway', {}, (platform) => void platform.hold()),
  play: shows('loading'),
};
export const Failed: Story = { parameters: failing({ status: 500 }), play: fails };
export const Forbidden: Story = { parameters: failing({ status: 403 }), play: fails };
export const NoPlatform: Story = { parameters: { alone: true }, play: shows('error') };

export const English: Story = { args: { lang: 'en' }, parameters: on('own', everything) };
export const Narrow: Story = { decorators: [within('narrow')], parameters: on('own', everything) };
export const Dark: Story = { decorators: [within('dark')], parameters: on('own', everything) };
export const Themed: Story = { decorators: [within('themed')], parameters: on('own', everything) };
