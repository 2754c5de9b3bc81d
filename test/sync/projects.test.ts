/** What the files say of a project’s time. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';

import type { ClientProject, ClientStep } from '../../src/client/types.js';
import { useClock } from '../../src/core/clock.js';
import { projectRecord } from '../../src/sync/records.js';
import { openPartner, read, records, traces } from './support/partner.js';

const step = (more: Partial<ClientStep>): ClientStep => ({
  id: 's',
  kind: 'collect',
  title: 'Étape',
  url: 'https://p.example/s',
  startAt: null,
  endAt: null,
  state: 'closed',
  ...more,
});
const [march, april, may] = ['2027-03-01T00:00:00Z', '2027-04-01T00:00:00Z', '2027-05-01T00:00:00Z'].map(
  Date.parse,
) as [number, number, number];
const origin = { source: 'https://p.example', licence: 'x', timeZone: 'UTC' };
const timeOf = (...steps: readonly ClientStep[]) => {
  const { status, startAt, endAt } = projectRecord({ id: 'p', steps } as unknown as ClientProject, origin);
  return [status, startAt?.toString().slice(0, 10) ?? null, endAt?.toString().slice(0, 10) ?? null];
};

suite('the time of a project', () => {
  const cases: readonly [what: string, steps: readonly ClientStep[], time: readonly (string | null)[]][] = [
    ['without steps is not known', [], [null, null, null]],
    ['with a presentation alone is not known', [step({ kind: 'presentation', state: 'open' })], [null, null, null]],
    [
      'goes from its first start to its last end',
      [step({ startAt: april, endAt: may, state: 'future' }), step({ startAt: march, endAt: april, state: 'open' })],
      ['open', '2027-03-01', '2027-05-01'],
    ],
    [
      'has no end where a step has none',
      [step({ startAt: march, endAt: april, state: 'closed' }), step({ startAt: april, state: 'open' })],
      ['open', '2027-03-01', null],
    ],
    [
      'is over when all steps are',
      [step({ startAt: march, endAt: april, state: 'closed' })],
      ['closed', '2027-03-01', '2027-04-01'],
    ],
    [
      'is to come between two steps',
      [step({ startAt: march, endAt: april, state: 'closed' }), step({ startAt: may, state: 'future' })],
      ['future', '2027-03-01', null],
    ],
    ['is open where a step without dates is', [step({ kind: 'questionnaire', state: 'open' })], ['open', null, null]],
  ];
  for (const [what, steps, time] of cases)
    test(what, () => {
      assert.deepEqual(timeOf(...steps), time);
    });

  test('is as the platform says, whatever our clock does', () => {
    const steps = [step({ startAt: march, endAt: april, state: 'open' })];
    assert.equal(timeOf(...steps)[0], 'open');
    for (const now of [march - 1, may])
      try {
        useClock({ now: () => now, after: () => () => undefined });
        assert.equal(timeOf(...steps)[0], 'open');
      } finally {
        useClock();
      }
  });
});

suite('in the files', () => {
  const partner = openPartner();
  after(async () => (await partner).close());

  test('it is in NDJSON, CSV, JSON Feed and JSON-LD, and changes nothing while the platform stays as it is', async () => {
    const valmont = await partner;
    const out = valmont.folder();
    await valmont.sync(out);
    const id = valmont.town.state.projects['closed'];
    const project = records(out, 'projects').find((record) => record.id === id);
    assert.equal(project?.['status'], 'closed');
    const { startAt, endAt } = project as unknown as Record<'startAt' | 'endAt', string>;
    assert.match(startAt, /^\d{4}-\d\d-\d\dT/);
    assert.ok(Date.parse(startAt) < Date.parse(endAt));

    const [head = '', ...rows] = read(out, 'projects.csv').split('\r\n');
    assert.match(head, /,publishedAt,status,startAt,endAt,/);
    assert.ok(rows.find((row) => row.startsWith(String(id)))?.includes(`,closed,${startAt},${endAt},`));
    const feed = JSON.parse(read(out, 'projects.feed.json')) as { items: { id: string; _project: object }[] };
    assert.deepEqual(feed.items.find((item) => item.id === id)?._project, {
      about: 'https://schema.org/temporalCoverage',
      ...{ status: 'closed', startAt, endAt },
    });
    const linked = JSON.parse(read(out, 'projects.jsonld')) as { dataFeedElement: Record<string, unknown>[] };
    const thing = linked.dataFeedElement.find(({ identifier }) => identifier === id);
    assert.deepEqual([thing?.['creativeWorkStatus'], thing?.['temporalCoverage']], ['closed', `${startAt}/${endAt}`]);

    const before = traces(out);
    assert.equal((await valmont.sync(out, { now: () => Date.parse('2031-01-01') })).changed, false);
    assert.deepEqual(traces(out), before);
  });
});
