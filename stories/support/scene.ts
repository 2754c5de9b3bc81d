/** Where every story takes place: a platform of its own inside the page, with fixed data, on an evening that does not end. */
import type { Decorator, StoryContext } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect, waitFor } from 'storybook/test';

import '../../src/elements/platform/define.js';
import { registry } from '../../src/elements/registry.js';
import { configure } from '../../src/state/page-settings.js';
import { poller } from '../../src/state/poller.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { connect, FakePlatform, isWorking, type Fault } from '../../test/support/fake-platform.js';

export { html };

type Context = Pick<StoryContext, 'id' | 'parameters' | 'canvasElement'>;
type Play = (context: Context) => Promise<void>;
type Widget = HTMLElement & { reload(): Promise<void> };

interface Scene {
  readonly platform: FakePlatform;
  readonly clock: FakeClock;
}

const scenes = new Map<string, Scene>();

/**
 * How a story's page uses the visitor's session, by its parameter `session`: on the platform's own origin, through a gateway
 * on the page's, or on an origin that the platform's CORS names. Without it a page reads as a stranger.
 */
export type SessionMode = 'own' | 'gateway' | 'cors';

const modeOf = ({ parameters }: Pick<Context, 'parameters'>): SessionMode | undefined =>
  parameters['session'] as SessionMode | undefined;

/** Where a story's platform answers. */
function urlOf(context: Pick<Context, 'id' | 'parameters'>): string {
  const name = context.id.replace(/[^a-z\d]+/gi, '-').toLowerCase();
  const mode = modeOf(context);
  return mode && mode !== 'cors' ? `${location.origin}/${name}` : `https://${name}.valmont.example`;
}

/** The platform and the clock of a story. */
export function sceneOf({ id }: Pick<Context, 'id'>): Scene {
  const scene = scenes.get(id);
  if (!scene) throw new Error(`The story ${id} has no scene.`);
  return scene;
}

/** All elements that show something; the hand-over page's has an entry of its own. */
const WIDGETS = [...Object.keys(registry).filter((tag) => tag !== 'cap-platform'), 'cap-handoff'].join();

const widgetsOf = ({ canvasElement }: Context): Widget[] => [...canvasElement.querySelectorAll<Widget>(WIDGETS)];

/** Sets the scene anew each time a story is shown; its parameter `scene` says what the platform has, or how it fails. */
export function beforeEach(context: Context): () => void {
  const scene = { platform: new FakePlatform(urlOf(context)), clock: new FakeClock().install() };
  scenes.set(context.id, scene);
  const shared = context.parameters['device'] === 'shared';
  configure(shared ? { platform: urlOf(context), device: 'shared' } : {});
  // What a visitor stops stays stopped for the page as long as it is open.
  poller.paused = false;
  (context.parameters['scene'] as ((platform: FakePlatform) => void) | undefined)?.(scene.platform);
  return connect(scene.platform);
}

/** Puts a story on its platform, in the language of the toolbar; not where the story is about having no platform. */
const onPlatform: Decorator = (story, context) => {
  if (context.parameters['alone'] === true) return html`${story()}`;
  const url = urlOf(context);
  const mode = modeOf(context);
  const platform = mode === 'gateway' ? 'https://participez.valmont.example' : url;
  return html`<cap-platform
    url=${platform}
    api=${url}
    access=${mode ? 'session' : 'public'}
    rules=${context.parameters['rules'] === false ? 'off' : nothing}
    handoff=${context.parameters['handoff'] === true ? '/widgets/handoff' : ''}
    >${story()}</cap-platform
  >`;
};

/** As wide as a column of cards. */
const inColumn: Decorator = (story) => html`<div class="column">${story()}</div>`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  .column { max-inline-size: 22rem; }
  .wide { inline-size: 44rem; max-inline-size: 100%; }
  .narrow { inline-size: 320px; }
  .themed {
    background: #fffaf2;
    color: #2b1a12;
    --cap-color-primary: #7a1f5c;
    --cap-color-surface: #fffaf2;
    --cap-color-soft: #f6e7d2;
    --cap-color-text: #2b1a12;
    --cap-color-muted: #664d40;
    --cap-color-border: #d8bfa4;
    --cap-radius: 0;
    --cap-space: 1.25em;
    --cap-font-family: Georgia, serif;
    color-scheme: light;
  }
  .dark { padding: 1rem; color-scheme: dark; background: #111318; color: #eff1f5; }
  .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; }
`);
document.adoptedStyleSheets.push(sheet);

export const decorators: Decorator[] = [onPlatform];
export const column: Decorator[] = [inColumn];

/** A box of the class given: `wide`, `narrow`, `themed` or `dark`. */
export const within =
  (box: string): Decorator =>
  (story) =>
    html`<div class=${box}>${story()}</div>`;

/** Stories that let time pass, or fill the window, are shown in a frame of their own among the others. */
export const apart = (height = '420px') => ({ docs: { story: { inline: false, height } } });

/** Milliseconds. Longer than a slow and busy machine takes for anything: only what never comes costs that time. */
const PATIENCE = 30_000;

/** Lets time pass in small steps, for what waits between its tries, until something is so. */
export const inTime = ({ id }: Pick<Context, 'id'>, condition: () => boolean): Promise<void> =>
  waitFor(
    () => {
      // An answer on its way must not time out because the machine is slow.
      if (!condition() && !isWorking()) sceneOf({ id }).clock.advance(1000);
      void expect(condition()).toBe(true);
    },
    { timeout: PATIENCE, interval: 20 },
  );

/** Waits until all the widgets of a story are in all these states. */
export const shows =
  (...states: readonly string[]): Play =>
  (context) =>
    waitFor(
      () => {
        const widgets = widgetsOf(context);
        void expect(widgets.length).toBeGreaterThan(0);
        for (const widget of widgets)
          for (const state of states) void expect(widget.matches(`:state(${state})`), state).toBe(true);
      },
      { timeout: PATIENCE, interval: 10 },
    );

/** Lets time pass until the platform is given up. */
export const fails: Play = async (context) => {
  await inTime(context, () => widgetsOf(context).every((widget) => widget.matches(':state(error)')));
  await shows('error')(context);
};

/** Has a reading fail after a good one, some minutes later. */
export const failsLater =
  (fault: Fault, minutes: number): Play =>
  async (context) => {
    const { platform, clock } = sceneOf(context);
    await shows('ready')(context);
    platform.fail(fault);
    clock.advance(minutes * 60_000);
    await Promise.all(widgetsOf(context).map((widget) => widget.reload()));
    await shows('ready', 'stale')(context);
  };

/** Presses "try again" while the platform takes its time. */
export const retries: Play = async (context) => {
  const { platform } = sceneOf(context);
  await fails(context);
  platform.heal();
  platform.hold();
  const [widget] = widgetsOf(context);
  const button = widget?.shadowRoot?.querySelector('button');
  button?.click();
  await waitFor(() => expect(button?.getAttribute('aria-disabled')).toBe('true'));
};

/** Presses the button of the first widget. */
export const presses: Play = async (context) => {
  await shows('ready')(context);
  const [widget] = widgetsOf(context);
  widget?.shadowRoot?.querySelector<HTMLElement>('button[part=button]')?.click();
};
