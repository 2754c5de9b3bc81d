import assert from 'node:assert/strict';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { suite, test } from 'node:test';

import { readPages, type Page, type PageRequest } from '../../src/platform/paging.js';
import { ApiError } from '../../src/core/errors.js';

interface Item {
  readonly id: string;
}
const items = (...ids: (string | number)[]): Item[] => ids.map((id) => ({ id: String(id) }));
const range = (from: number, to: number): Item[] =>
  items(...Array.from({ length: to - from }, (_, index) => from + index));

/** A list of which each page is what a test says, by its place. */
function listOf(pages: (request: PageRequest, turn: number) => Partial<Page<Item>> | Promise<Partial<Page<Item>>>) {
  const asked: PageRequest[] = [];
  const read = async (request: PageRequest): Promise<Page<Item>> => {
    const page = await pages(request, asked.push(request));
    return { items: [], next: null, total: 0, ...page };
  };
  return { asked, read };
}

async function idsOf(list: AsyncIterable<Item>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

const isBad = (reason: unknown): boolean => reason instanceof ApiError && reason.code === 'bad-response';

/** Numbers from 0, paged by their place, as the platform pages what it holds in memory. */
const counted =
  (list: () => readonly Item[]) =>
  ({ after, first }: PageRequest): Page<Item> => {
    const start = after === null ? 0 : Number(after) + 1;
    const all = list();
    const end = start + first;
    return { items: all.slice(start, end), next: end < all.length ? String(end - 1) : null, total: all.length };
  };

suite('a list read page by page', () => {
  test('is whole and in its order, a hundred objects a page', async () => {
    const { asked, read } = listOf(counted(() => range(0, 250)));
    assert.deepEqual(
      await idsOf(readPages(read, {})),
      range(0, 250).map(({ id }) => id),
    );
    assert.deepEqual(
      asked.map(({ after, first }) => [after, first]),
      [
        [null, 100],
        ['99', 100],
        ['199', 100],
      ],
    );
  });

  test('asks for nothing before somebody reads', async () => {
    const { asked, read } = listOf(counted(() => range(0, 250)));
    readPages(read, {});
    await setImmediate();
    assert.equal(asked.length, 0);
  });

  test('asks for one page ahead while the reader works, and for no more', async () => {
    const { asked, read } = listOf(counted(() => range(0, 1000)));
    let seen = 0;
    for await (const { id } of readPages(read, {})) {
      await setImmediate();
      assert.equal(asked.length, Math.min(Math.floor(Number(id) / 100) + 2, 10), `at ${id}`);
      if (++seen === 350) break;
    }
    assert.equal(seen, 350);
  });

  test('ends the request for the next page when the reader leaves', async () => {
    const { asked, read } = listOf(async (request, turn) => {
      if (turn > 1) await wait(60_000, undefined, { signal: request.signal });
      return counted(() => range(0, 300))(request);
    });
    for await (const { id } of readPages(read, {})) if (id === '5') break;
    assert.equal(asked.length, 2);
    assert.equal(asked[1]?.signal.aborted, true);
  });

  test('throws the reason of an abort in the middle of a page, at once', async () => {
    const abort = new AbortController();
    const { read } = listOf(counted(() => range(0, 100)));
    const seen: string[] = [];
    await assert.rejects(async () => {
      for await (const { id } of readPages(read, { signal: abort.signal })) {
        seen.push(id);
        if (id === '3') abort.abort(new Error('enough'));
      }
    }, /enough/);
    assert.deepEqual(seen, ['0', '1', '2', '3']);
  });

  test('throws the reason of an abort while a page does not come', async () => {
    const abort = new AbortController();
    const { asked, read } = listOf(() => new Promise(() => undefined));
    const reading = idsOf(readPages(read, { signal: abort.signal }));
    abort.abort(new Error('enough'));
    await assert.rejects(reading, /enough/);
    assert.equal(asked[0]?.signal.aborted, true);
  });

  test('sends nothing for a signal that was aborted before', async () => {
    const { asked, read } = listOf(counted(() => range(0, 100)));
    await assert.rejects(idsOf(readPages(read, { signal: AbortSignal.abort(new Error('early')) })), /early/);
    assert.equal(asked.length, 0);
  });

  test('leaves no listener behind on a signal that lives on', async () => {
    const abort = new AbortController();
    let listeners = 0;
    const add = abort.signal.addEventListener.bind(abort.signal);
    const remove = abort.signal.removeEventListener.bind(abort.signal);
    abort.signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
    abort.signal.removeEventListener = (...args: Parameters<typeof add>) => (listeners--, remove(...args));
    const { read } = listOf(counted(() => range(0, 500)));
    await idsOf(readPages(read, { signal: abort.signal }));
    assert.equal(listeners, 0);
  });

  test('fails where its next page fails, after what came before', async () => {
    const { read } = listOf((request, turn) => {
      if (turn === 2) throw new ApiError('server', 'HTTP 500');
      return counted(() => range(0, 200))(request);
    });
    const seen: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { id } of readPages(read, {})) seen.push(id);
      },
      { code: 'server' },
    );
    assert.equal(seen.length, 100);
  });

  for (const [first, pages] of [
    [0, []],
    [1, [1]],
    [100, [100]],
    [130, [100, 30]],
    [1000, [100, 100, 100]],
  ] as const)
    test(`gives the first ${first}, in pages no larger than needed`, async () => {
      const { asked, read } = listOf(counted(() => range(0, 250)));
      assert.equal((await idsOf(readPages(read, { first }))).length, Math.min(first, 250));
      assert.deepEqual(
        asked.map((page) => page.first),
        pages,
      );
    });

  test('reads on where objects are hidden, until it has as many as were asked for', async () => {
    const { read } = listOf(({ after }) =>
      after === null ? { items: items('a'), next: 'x' } : { items: items('b', 'c'), next: 'y' },
    );
    assert.deepEqual(await idsOf(readPages(read, { first: 3 })), ['a', 'b', 'c']);
  });

  for (const first of [-1, NaN])
    test(`refuses to give the first ${first}`, async () => {
      const { read } = listOf(counted(() => []));
      await assert.rejects(idsOf(readPages(read, { first })), TypeError);
    });
});

suite('a list that is out of order', () => {
  test('is given up when a page leads back to itself', async () => {
    const { asked, read } = listOf(() => ({ items: items('a'), next: 'x' }));
    await assert.rejects(idsOf(readPages(read, {})), isBad);
    assert.ok(asked.length <= 3, String(asked.length));
  });

  test('is given up when a page leads back to an earlier one', async () => {
    const { asked, read } = listOf((_, turn) => ({ items: items(turn), next: ['a', 'b', 'c'][turn % 3] ?? null }));
    await assert.rejects(idsOf(readPages(read, {})), isBad);
    assert.ok(asked.length <= 5, String(asked.length));
  });

  test('is given up when new places bring nothing new for ever', async () => {
    const { asked, read } = listOf((_, turn) => ({ items: items('a', 'b'), next: String(turn) }));
    await assert.rejects(idsOf(readPages(read, {})), isBad);
    assert.ok(asked.length <= 60, String(asked.length));
  });

  test('gives nothing twice when objects were added in front', async () => {
    let list = range(0, 150);
    const { read } = listOf((request, turn) => {
      if (turn === 2) list = [...items('new1', 'new2'), ...list];
      return counted(() => list)(request);
    });
    const ids = await idsOf(readPages(read, {}));
    assert.deepEqual(
      ids,
      range(0, 150).map(({ id }) => id),
    );
  });

  test('gives nothing twice within a page', async () => {
    const { read } = listOf(() => ({ items: items('a', 'b', 'a') }));
    assert.deepEqual(await idsOf(readPages(read, {})), ['a', 'b']);
  });

  test('is looked through again when it has shrunk in between, for what has moved to a page read before', async () => {
    let list = range(0, 250);
    const { asked, read } = listOf((request, turn) => {
      if (turn === 2) list = list.filter(({ id }) => id !== '7' && id !== '8');
      return counted(() => list)(request);
    });
    const ids = await idsOf(readPages(read, { shifting: true }));
    assert.deepEqual(
      ids.map(Number).sort((a, b) => a - b),
      range(0, 250).map(({ id }) => Number(id)),
    );
    assert.equal(asked.length, 6);
  });

  test('ends although it shrinks all the time', async () => {
    let list = range(0, 1000);
    const { asked, read } = listOf((request) => {
      list = list.slice(1);
      return counted(() => list)(request);
    });
    const ids = await idsOf(readPages(read, { shifting: true }));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(asked.length < 1000, String(asked.length));
  });

  test('remembers no more than the longest list of that kind', async () => {
    const { read } = listOf(({ after, first }) => {
      const start = Number(after ?? 0);
      return { items: range(start, start + first), next: start < 30_000 ? String(start + first) : null };
    });
    assert.equal((await idsOf(readPages(read, {}))).length, 30_100);
  });
});
