import { expect } from '@open-wc/testing';

import '../../src/elements/event-list/define.js';
import '../../src/elements/login-prompt/define.js';
import '../../src/elements/project-list/define.js';
import '../../src/elements/proposal-list/define.js';
import { settingsContext, type Settings } from '../../src/state/page-settings.js';
import { runtimeFor } from '../../src/state/runtime.js';
import { fill } from '../support/basket.js';
import type { FakePlatform } from '../support/fake-platform.js';
import { project } from '../support/fixtures.js';
import { event, lists } from '../support/lists.js';
import { inState, nextTask, place, testPage, until } from '../support/page.js';
import { putProposals } from '../support/proposal-fixtures.js';
import { openWays } from '../support/sign-in.js';
import { inSession } from '../support/voting.js';
import { openVote } from '../support/voting-fixtures.js';

/** Chromium has it where it is started so; no other browser has. */
const { gc } = globalThis as { gc?: (options: { type: string; execution: string }) => Promise<void> };

/** Waits until what is weakly held is gone, but for so many. */
async function collected(refs: readonly WeakRef<object>[], rest = 0): Promise<void> {
  const left = (): number => refs.filter((ref) => ref.deref()).length;
  for (let tries = 0; tries < 20 && left() > rest; tries++) {
    await nextTask();
    await gc?.({ type: 'major', execution: 'async' });
  }
  expect(left(), `of ${refs.length}`).to.be.at.most(rest);
}

/** Counts the listeners on the window and the document, until the test is over. */
function listeners(): () => number {
  const all = new Set<string>();
  const names = new WeakMap<object, number>();
  let named = 0;
  const undo = [window, document].map((target) => {
    const [add, remove] = [target.addEventListener.bind(target), target.removeEventListener.bind(target)];
    const keyOf = (type: string, listener: object, options: unknown): string => {
      const name = names.get(listener) ?? named++;
      names.set(listener, name);
      const capture = typeof options === 'object' ? Boolean(Reflect.get(options ?? {}, 'capture')) : Boolean(options);
      return [target === window, type, name, capture].join();
    };
    Object.assign(target, {
      addEventListener(...args: Parameters<typeof add>) {
        const [type, listener, options] = args;
        const key = keyOf(type, listener, options);
        all.add(key);
        if (typeof options === 'object') options.signal?.addEventListener('abort', () => all.delete(key));
        Reflect.apply(add, target, args);
      },
      removeEventListener(...args: Parameters<typeof remove>) {
        const [type, listener, options] = args;
        all.delete(keyOf(type, listener, options));
        Reflect.apply(remove, target, args);
      },
    });
    return () => {
      Reflect.deleteProperty(target, 'addEventListener');
      Reflect.deleteProperty(target, 'removeEventListener');
    };
  });
  after.push(() => undo.forEach((one) => one()));
  return () => all.size;
}
const after: (() => void)[] = [];

const ELEMENTS: readonly [html: string, set: (platform: FakePlatform) => void][] = [
  ['<cap-project-card project-id="x">', (platform) => platform.put(project('x'))],
  ['<cap-participation-counter project-id="x" refresh="30">', (platform) => platform.put(project('x'))],
  ['<cap-project-list structured-data>', (platform) => void lists(platform, 'projects', [project('x')])],
  [
    '<cap-event-list when="all" structured-data>',
    (platform) => void lists(platform, 'events', [event('e', 'Atelier', '2026-06-02 18:00:00', null)]),
  ],
  ['<cap-vote-button proposal-id="guinguette" step-id="vote">', (platform) => openVote(platform)],
  ['<cap-budget-basket step-id="vote">', (platform) => fill(platform)],
  ['<cap-proposal-list step-id="vote">', (platform) => putProposals(platform, 1)],
  ['<cap-login-prompt>', (platform) => void openWays(platform)],
  ['<cap-platform url="https://participez.ville.example">', () => undefined],
];

describe('what has gone from a page', () => {
  const page = testPage();
  beforeEach(function () {
    if (!gc) this.skip();
  });
  afterEach(() => {
    for (const undo of after.splice(0)) undo();
  });

  for (const [html, set] of ELEMENTS) {
    const tag = html.slice(1).split(/[ >]/)[0] ?? '';

    it(`leaves nothing of 1000 <${tag}> behind`, async () => {
      set(page.platform);
      inSession(page);
      const refs: WeakRef<object>[] = [];
      const mountSome = async (count: number, awhile = true): Promise<void> => {
        const main = place(`${html}</${tag}>`.repeat(count));
        if (awhile && tag !== 'cap-platform') for (const element of main.children) await inState(element, 'ready');
        refs.push(...[...main.children].map((element) => new WeakRef(element)));
        main.remove();
        await nextTask();
      };
      // What the first one makes for all is none of theirs.
      await mountSome(1);
      const count = listeners();
      // Every other time they are gone before they have begun.
      for (let round = 0; round < 20; round++) await mountSome(50, round % 2 === 0);
      expect(count(), 'listeners').to.equal(0);
      // The engine itself may still be busy with the last ones.
      await collected(refs, 2);
    });
  }

  it('frees what the elements of a <cap-platform> have shared, with their reading and what they listen to', async () => {
    openVote(page.platform);
    const refs: WeakRef<object>[] = [];
    const count = listeners();
    let first: number | undefined;
    for (let round = 0; round < 20; round++) {
      const main = place(
        `<cap-platform url="${page.platform.url}" access="session" lang="fr" time-zone="Etc/GMT+${(round % 10) + 1}">
          <cap-vote-button proposal-id="guinguette" step-id="vote"></cap-vote-button>
          <cap-project-card project-id="nothing"></cap-project-card>
        </cap-platform>`,
      );
      await until(() => main.querySelector('cap-vote-button')?.matches(':state(ready)'), 'the button is not there');
      refs.push(new WeakRef(runtimeFor(settingsIn(main))));
      main.remove();
      await nextTask();
      first ??= count();
    }
    expect(count(), 'listeners').to.equal(first);
    await collected(refs);
  });

  it('closes the channel to other tabs with the last one that has listened to it, and opens it for the next', async () => {
    openVote(page.platform);
    inSession(page);
    let open = 0;
    const { BroadcastChannel: Real } = globalThis;
    globalThis.BroadcastChannel = class extends Real {
      constructor(name: string) {
        super(name);
        open++;
      }
      override close(): void {
        open--;
        super.close();
      }
    };
    after.push(() => (globalThis.BroadcastChannel = Real));
    const html = (zone: string): string =>
      `<cap-platform url="${page.platform.url}" access="session" time-zone="${zone}"><cap-vote-button proposal-id="guinguette" step-id="vote"></cap-vote-button></cap-platform>`;
    for (const zone of ['Etc/GMT+11', 'Etc/GMT+12']) {
      // Those of other tests as well.
      await until(async () => {
        await gc?.({ type: 'major', execution: 'async' });
        return open === 0;
      }, 'the channel stays');
      const main = place(html(zone));
      await until(() => main.querySelector('cap-vote-button')?.matches(':state(ready)'), 'the button is not there');
      main.remove();
    }
  });

  it('is not gone where it was moved: an element that leaves and comes back within a task reads nothing anew', async () => {
    openVote(page.platform);
    const main = place(
      `<cap-platform url="${page.platform.url}" access="session">
        <cap-vote-button proposal-id="guinguette" step-id="vote"></cap-vote-button>
      </cap-platform><aside></aside>`,
    );
    const [platform, aside] = [...main.children];
    const button = main.querySelector('cap-vote-button') as HTMLElement;
    await inState(button, 'ready');
    const { length } = page.platform.requests;
    platform?.remove();
    aside?.append(platform as Element);
    expect(button.matches(':state(ready)')).to.be.true;
    await nextTask();
    await gc?.({ type: 'major', execution: 'async' });
    await nextTask();
    expect(button.matches(':state(ready)')).to.be.true;
    expect(page.platform.requests).to.have.length(length);
  });
});

/** The settings that hold inside the first platform of a part of the page. */
function settingsIn(main: Element): Settings {
  let found: Settings | null = null;
  const asked = new CustomEvent('context-request', { bubbles: true, composed: true });
  Object.assign(asked, {
    context: settingsContext,
    contextTarget: main,
    callback: (settings: Settings) => (found = settings),
  });
  main.querySelector('cap-platform > *')?.dispatchEvent(asked);
  if (!found) throw new Error('No platform answers.');
  return found;
}
