import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';

import { readStretch, search, type Stretch } from '../../src/platform/connection.js';
import { count, Cursor } from '../../src/platform/cursor.js';

interface Connection {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly ({ readonly cursor: string; readonly node: number | null } | null)[] | null;
}
const read = (connection: Connection): Stretch<number> =>
  readStretch(new Cursor<Connection>(connection, 'list'), (node) => count(node));

suite('a stretch of a list', () => {
  test('leaves out the holes, and says where each entry stands', () => {
    assert.deepEqual(
      read({
        totalCount: 9,
        pageInfo: { hasNextPage: true, endCursor: 'c' },
        edges: [{ cursor: 'a', node: 1 }, null, { cursor: 'b', node: null }, { cursor: 'c', node: 3 }],
      }),
      { items: [1, 3], cursors: ['a', 'c'], total: 9, next: 'c' },
    );
  });

  test('is empty where the platform gives no edges, and ends where it says so', () => {
    assert.deepEqual(read({ totalCount: 0, pageInfo: { hasNextPage: false, endCursor: 'x' }, edges: null }), {
      items: [],
      cursors: [],
      total: 0,
      next: null,
    });
  });
});

/** A list of numbers, in stretches of a length. */
const stretches =
  (numbers: readonly number[], length: number) =>
  (after: string | null): Promise<Stretch<number>> => {
    const start = after === null ? 0 : Number(after) + 1;
    const end = start + length;
    return Promise.resolve({
      items: numbers.slice(start, end),
      cursors: numbers.slice(start, end).map((_, index) => String(start + index)),
      total: numbers.length,
      next: end < numbers.length ? String(end - 1) : null,
    });
  };

suite('a search through a list', () => {
  test('finds page by page exactly what fits, in order, wherever the pages of either side end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { maxLength: 60 }),
        fc.integer({ min: 3, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (numbers, length, first) => {
          const fits = (number: number): boolean => number < 3;
          const found: number[] = [];
          let after: string | null = null;
          let pages = 0;
          do {
            const page: Awaited<ReturnType<typeof search<number>>> = await search(
              stretches(numbers, length),
              fits,
              first,
              after,
            );
            assert.ok(page.items.length <= first);
            if (page.next) assert.equal(page.items.length, first);
            found.push(...page.items);
            after = page.next;
          } while (after !== null && ++pages < 100);
          assert.deepEqual(found, numbers.filter(fits));
        },
      ),
    );
  });

  test('gives up after so many stretches, and can go on from there', async () => {
    const endless = Array.from({ length: 5000 }, (_, index) => index);
    let asked = 0;
    const read = (after: string | null): Promise<Stretch<number>> => {
      asked++;
      return stretches(endless, 50)(after);
    };
    const page = await search(read, (number) => number === 1200, 5, null);
    assert.deepEqual(page, { items: [], total: null, next: '999' });
    assert.equal(asked, 20);
    assert.deepEqual((await search(read, (number) => number === 1200, 5, page.next)).items, [1200]);
  });
});
