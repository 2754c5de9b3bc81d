import assert from 'node:assert/strict';
import { beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import { Act, type ActStatus, type Ports } from '../../src/state/act.js';
import type { Runtime } from '../../src/state/runtime.js';
import { AnotherAccount, wiped, type Viewer } from '../../src/state/viewer.js';
import { beginSignIn, dropWish, endSignIn, heldWish } from '../../src/state/wish.js';

const runtime = { settings: { platform: 'https://participez.valmont.example' } } as Runtime;
const account = (id: string | null): Viewer => ({
  ...{ signedIn: id !== null, id, displayName: id, email: null, emailConfirmed: true },
});

let now = 0;
useClock({ now: () => now, after: () => () => undefined });

/** Votes of any kind: here a stance on something, by words. */
type Stance = 'for' | 'against' | null;

/** A control, its platform, and what has happened between them. */
class Scene {
  viewer: Viewer | undefined = account('lucie');
  standing: ReturnType<Ports<Stance, string>['standing']> = 'able';
  way: 'session' | 'hand-over' = 'session';
  asksFirst = false;
  maySignIn = true;
  look: () => Promise<void> = () => Promise.resolve();
  /** What was sent, and how it is answered. */
  readonly sent: {
    readonly value: Stance;
    readonly answer: (result: string | ApiError | null) => Promise<void>;
    readonly doubt: () => void;
  }[] = [];
  readonly recorded: string[] = [];
  readonly looked: (string | null)[] = [];
  readonly act: Act<Stance, string>;

  constructor(kind = 'debate', fields: Partial<Pick<Scene, 'viewer' | 'way' | 'asksFirst' | 'maySignIn'>> = {}) {
    Object.assign(this, fields);
    this.act = new Act<Stance, string>(this.#ports(kind), () => undefined);
  }

  #ports(kind: string): Ports<Stance, string> {
    const send = (value: Stance, doubt: () => void): Promise<string | null> =>
      new Promise((resolve, reject) => {
        const answer = async (result: string | ApiError | null): Promise<void> => {
          if (result instanceof ApiError) reject(result);
          else resolve(result);
          await settled();
        };
        this.sent.push({ value, answer, doubt });
      });
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- The ports are read anew each time.
    const scene = this;
    return {
      runtime,
      subject: { kind, id: 'd1', step: 's1' },
      get way() {
        return scene.way;
      },
      get asksFirst() {
        return scene.asksFirst;
      },
      viewer: () => this.viewer,
      look: (id) => {
        this.looked.push(id);
        return this.look();
      },
      standing: () => this.standing,
      maySignIn: () => this.maySignIn,
      cast: (value, onUnsure) => send(value, onUnsure) as Promise<string>,
      handOver: send,
      recorded: (result) => void this.recorded.push(result),
    };
  }

  get status(): ActStatus<Stance, string> {
    return this.act.status;
  }

  get at(): string {
    return this.status.at;
  }

  /** Presses, as whoever is shown. */
  async press(value: Stance = 'for'): Promise<void> {
    this.act.press(value, this.viewer?.id ?? null);
    await settled();
  }

  /** Somebody is signed in now, or nobody. */
  async is(id: string | null): Promise<void> {
    this.viewer = account(id);
    this.act.settle();
    await settled();
  }

  async answer(result: string | ApiError | null, which = this.sent.length - 1): Promise<void> {
    await this.sent[which]?.answer(result);
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** This page's own prompt signs somebody in. */
async function signsIn(scene: Scene, id: string): Promise<void> {
  beginSignIn(runtime);
  await scene.is(id);
  endSignIn(runtime, id);
}

beforeEach(() => {
  now = 1_000_000;
  dropWish(runtime);
  endSignIn(runtime, null);
});

for (const kind of ['proposal', 'opinion', 'debate'])
  suite(`an act on a ${kind}`, () => {
    test('is sent once, for the account that was shown, and told when it is recorded', async () => {
      const scene = new Scene(kind);
      await scene.press('against');
      await scene.press('for');
      assert.deepEqual([scene.at, scene.looked, scene.sent.length], ['sending', ['lucie'], 1]);
      assert.deepEqual([scene.sent[0]?.value, scene.recorded], ['against', []]);
      await scene.answer('recorded');
      assert.deepEqual([scene.at, scene.recorded], ['done', ['recorded']]);
    });

    test('that is refused is told with its reason, and can be tried again', async () => {
      const scene = new Scene(kind);
      await scene.press();
      await scene.answer(new ApiError('step-closed', 'planned'));
      assert.ok(scene.status.at === 'failed' && scene.status.error.code === 'step-closed' && !scene.status.another);
      await scene.press();
      assert.equal(scene.sent.length, 2);
    });

    test('is unsure while nobody knows', async () => {
      const scene = new Scene(kind);
      await scene.press();
      scene.sent[0]?.doubt();
      assert.ok(scene.status.at === 'sending' && scene.status.unsure);
      await scene.answer('recorded');
      assert.equal(scene.at, 'done');
    });

    test('is stopped when somebody else is signed in by then', async () => {
      const scene = new Scene(kind);
      scene.look = () => Promise.reject(new AnotherAccount());
      await scene.press();
      assert.ok(scene.status.at === 'failed' && scene.status.another);
      assert.equal(scene.sent.length, 0);
    });

    test('of somebody who is not signed in waits, and is carried out once this page has signed him in', async () => {
      const scene = new Scene(kind, { viewer: account(null) });
      await scene.press();
      assert.deepEqual([scene.at, scene.sent.length], ['signing-in', 0]);
      await signsIn(scene, 'lucie');
      assert.deepEqual([scene.at, scene.sent.length, heldWish(runtime)], ['sending', 1, undefined]);
      await scene.answer('recorded');
      scene.act.settle();
      await settled();
      assert.equal(scene.sent.length, 1);
    });

    test('asks nothing of a page that takes signing in over', async () => {
      const scene = new Scene(kind, { viewer: account(null), maySignIn: false });
      await scene.press();
      assert.deepEqual([scene.at, heldWish(runtime)], ['rest', undefined]);
    });

    for (const [who, signIn] of [
      ['in another tab', (scene: Scene) => scene.is('lucie')],
      [
        'by this page, but an hour ago',
        async (scene: Scene) => {
          now += 3_600_000;
          await signsIn(scene, 'lucie');
        },
      ],
      [
        'after the page was in the browser’s cache',
        async (scene: Scene) => {
          wiped.emit({ runtime, done: false });
          await signsIn(scene, 'lucie');
        },
      ],
    ] as const)
      test(`is a question to whoever is signed in ${who}`, async () => {
        const scene = new Scene(kind, { viewer: account(null) });
        await scene.press();
        await signIn(scene);
        assert.ok(scene.status.at === 'asking' && scene.status.why === 'session', scene.at);
        assert.equal(scene.sent.length, 0);
        scene.act.confirm('lucie');
        await settled();
        assert.equal(scene.sent.length, 1);
      });

    test('is forgotten when its visitor leaves, in whichever tab', async () => {
      const scene = new Scene(kind, { viewer: account(null) });
      await scene.press();
      wiped.emit({ runtime, done: true });
      await signsIn(scene, 'karim');
      assert.deepEqual([scene.at, scene.sent.length, heldWish(runtime)], ['rest', 0, undefined]);
    });

    test('of a session that has ended is for its account alone: another one is told nothing of it', async () => {
      const scene = new Scene(kind);
      await scene.press();
      await scene.answer(new ApiError('unauthorized', 'planned'));
      assert.ok(scene.status.at === 'signing-in' && scene.status.error?.code === 'unauthorized');
      await scene.is(null);
      await signsIn(scene, 'karim');
      assert.deepEqual([scene.at, scene.sent.length], ['rest', 1]);
      assert.ok(heldWish(runtime), 'It is lost.');
      await scene.is(null);
      await scene.is('lucie');
      assert.equal(scene.at, 'asking');
      // While she is asked, he is back.
      await scene.is('karim');
      assert.deepEqual([scene.at, scene.sent.length], ['rest', 1]);
    });

    test('is not begun again by a session that has refused it and is not known to have ended', async () => {
      const scene = new Scene(kind);
      await scene.press();
      await scene.answer(new ApiError('unauthorized', 'planned'));
      for (let times = 0; times < 3; times++) await scene.is('lucie');
      assert.deepEqual([scene.at, scene.sent.length], ['signing-in', 1]);
    });

    for (const standing of ['met', 'blocked'] as const)
      test(`is dropped where it turns out to be ${standing}`, async () => {
        const scene = new Scene(kind, { viewer: account(null) });
        await scene.press();
        scene.standing = 'unknown';
        await signsIn(scene, 'lucie');
        assert.equal(scene.at, 'signing-in', 'It does not wait until that is known.');
        scene.standing = standing;
        scene.act.settle();
        assert.deepEqual([scene.at, scene.sent.length, heldWish(runtime)], ['rest', 0, undefined]);
      });

    test('made from a link asks first, each time, and does nothing on « no »', async () => {
      const scene = new Scene(kind, { asksFirst: true });
      await scene.press();
      assert.ok(scene.status.at === 'asking' && scene.status.why === 'link');
      scene.act.dismiss();
      assert.deepEqual([scene.at, scene.sent.length], ['rest', 0]);
      await scene.press();
      scene.act.confirm('lucie');
      await settled();
      assert.equal(scene.sent.length, 1);
    });

    test('made from a link asks also when this page has just signed its visitor in', async () => {
      const scene = new Scene(kind, { asksFirst: true, viewer: account(null) });
      await scene.press();
      scene.act.confirm(null);
      await signsIn(scene, 'lucie');
      assert.deepEqual([scene.at, scene.sent.length], ['asking', 0]);
    });

    test('that is handed over is unknown while the window does not answer; a second press asks first', async () => {
      const scene = new Scene(kind, { way: 'hand-over', viewer: account(null) });
      await scene.press();
      assert.deepEqual([scene.at, scene.looked], ['handed-over', []]);
      scene.sent[0]?.doubt();
      assert.equal(scene.at, 'unknown');
      await scene.press();
      assert.ok(scene.status.at === 'asking' && scene.status.why === 'unknown');
      scene.act.dismiss();
      assert.deepEqual([scene.at, scene.sent.length], ['unknown', 1]);
      // The answer comes after all.
      await scene.answer('recorded');
      assert.deepEqual([scene.at, scene.recorded], ['done', ['recorded']]);
    });

    test('that is handed over again is followed by its latest window, and what the first one has recorded is told', async () => {
      const scene = new Scene(kind, { way: 'hand-over', viewer: account(null) });
      await scene.press();
      scene.sent[0]?.doubt();
      await scene.press();
      scene.act.confirm(null);
      await settled();
      assert.deepEqual([scene.at, scene.sent.length], ['handed-over', 2]);
      await scene.answer(null, 0);
      assert.equal(scene.at, 'handed-over');
      await scene.answer(new ApiError('cancelled', 'planned'));
      assert.ok(scene.status.at === 'failed' && scene.status.error.code === 'cancelled');
    });

    test('that comes back after its page was left is unknown, recorded or refused, as is said', () => {
      const scene = new Scene(kind, { way: 'hand-over', viewer: account(null) });
      scene.act.comeBack('for', null);
      assert.equal(scene.at, 'unknown');
      scene.act.comeBack('for', 'recorded');
      assert.equal(scene.at, 'done');
      scene.act.comeBack('for', new ApiError('cancelled', 'planned'));
      assert.equal(scene.at, 'failed');
    });
  });
