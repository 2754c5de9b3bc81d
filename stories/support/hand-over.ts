/** The platform's window, in stories: it shows nothing, and answers as the story says. */
import type { StoryContext } from '@storybook/web-components-vite';

import type { HandoffResult, HandoffVote } from '../../src/domain/handoff.js';
import { sceneOf } from './scene.js';

interface Opened {
  readonly frame: HTMLIFrameElement;
  readonly state: string | null;
}

let opened: Opened | undefined;

/** Puts a window of the story's own in the place of the one that the hand-over opens. */
export function inWindow(): () => void {
  const open: unknown = Reflect.get(window, 'open');
  window.open = (url) => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    document.body.append(frame);
    opened = { frame, state: new URLSearchParams(new URL(String(url)).hash.slice(1)).get('state') };
    return frame.contentWindow;
  };
  return () => {
    Reflect.set(window, 'open', open);
    closes();
    opened = undefined;
  };
}

/** The visitor closes the window. */
export const closes = (): void => opened?.frame.remove();

/** The hand-over page has done what it was asked for, or some of it. */
export function answers(
  context: Pick<StoryContext, 'id'>,
  votes: readonly Partial<HandoffVote>[],
  status: HandoffResult['status'] = 'done',
): void {
  const { origin } = new URL(sceneOf(context).platform.url);
  const recorded = { voted: true, count: 4, accounted: true, code: null };
  const data = {
    source: 'cap-widgets',
    state: opened?.state,
    status,
    signedIn: true,
    votes: votes.map((vote) => ({ ...recorded, ...vote })),
    results: [],
  };
  dispatchEvent(new MessageEvent('message', { origin, source: opened?.frame.contentWindow ?? null, data }));
}
