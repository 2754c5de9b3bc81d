import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, afterEach, suite, test } from 'node:test';

import { CommandError, EXIT } from '../../src/sync/report.js';
import { icsOf, openDesk, type Meeting } from './support/agenda.js';

const desk = await openDesk();
after(() => desk.close());
afterEach(() => desk.clear());

const meeting = (i: number, more: Partial<Meeting> = {}): Meeting => ({
  ...{ uid: `${i}@valmont`, title: `Réunion ${i}`, start: `202706${10 + i}T180000`, ...more },
});
const four = [1, 2, 3, 4].map((i) => meeting(i));

const asks = (message: RegExp) => (error: unknown) =>
  error instanceof CommandError && error.exitCode === EXIT.usage && message.test(error.message);

suite('a run asks before it takes away', () => {
  test('everything, as the agenda is empty', async () => {
    desk.write(four);
    await desk.push();
    const [stored, state] = [desk.stored(), desk.state()];
    await desk.mutations();
    desk.write([]);
    const question = asks(
      /^There is no event in the agenda, and all 4 .* say --allow-empty; if not, get the agenda anew\./,
    );
    await assert.rejects(desk.push(), question);
    await assert.rejects(desk.push({ allowShrink: true }), question);
    assert.deepEqual(await desk.mutations(), []);
    assert.deepEqual([desk.stored(), desk.state()], [stored, state]);
    assert.equal((await desk.push({ allowEmpty: true })).deleted, 4);
    assert.deepEqual(desk.stored(), []);
  });

  test('also where nothing was pushed before', async () => {
    desk.write([]);
    await assert.rejects(desk.push(), asks(/^There is no event in the agenda\. If that is right, say --allow-empty/));
    assert.equal((await desk.push({ allowEmpty: true })).deleted, 0);
  });

  test('more than half of what is there', async () => {
    desk.write(four);
    await desk.push();
    const stored = desk.stored();
    desk.write(four.slice(0, 1));
    await assert.rejects(
      desk.push({ allowEmpty: true }),
      asks(/^This would delete 3 of the 4 events that are there, more than half\..* say --allow-shrink; if not, look/),
    );
    assert.deepEqual(desk.stored(), stored);
    desk.write([meeting(1), meeting(2, { lines: ['STATUS:CANCELLED'] }), meeting(3, { lines: ['CLASS:PRIVATE'] })]);
    await assert.rejects(desk.push(), asks(/delete 3 of the 4/));
    assert.equal((await desk.push({ allowShrink: true })).deleted, 3);
  });

  test('but not before half of it goes, nor for what is past', async () => {
    desk.write(four);
    await desk.push();
    desk.write(four.slice(0, 2));
    assert.equal((await desk.push()).deleted, 2);
    desk.write([meeting(1, { lines: ['RRULE:FREQ=DAILY;COUNT=8'] }), meeting(2)]);
    await desk.push({ since: Date.UTC(2027, 0, 1), until: Date.UTC(2028, 0, 1) });
    assert.equal(desk.stored().length, 9);
    const late = { since: Date.UTC(2027, 5, 17), until: Date.UTC(2028, 0, 1) };
    assert.equal((await desk.push(late)).deleted, 0);
    assert.equal(desk.stored().length, 9);
  });

  test('on a dry run, behind what there would be to do', async () => {
    desk.write(four);
    await desk.push();
    desk.write([]);
    await assert.rejects(desk.push({ dryRun: true }), asks(/--allow-empty/));
    assert.deepEqual(
      desk.told.map(({ act, outcome }) => `${act} ${outcome}`),
      Array.from({ length: 4 }, () => 'delete planned'),
    );
    assert.equal(desk.stored().length, 4);
  });
});

suite('what is broken in the agenda stays on the platform', () => {
  for (const [name, mend] of [
    ['a line break in a text', (text: string) => text.replace('SUMMARY:Réunion 2', 'SUMMARY:Réunion 2\r\npublique')],
    ['an end that is missing', (text: string) => text.replace(/END:VEVENT(?=\r\nEND:VCALENDAR)/, '')],
    ['a beginning that is missing', (text: string) => text.replace(/BEGIN:VEVENT\r\nUID:2/, 'UID:2')],
    ['a UID that is broken', (text: string) => text.replace('UID:2@valmont', 'UID 2@valmont')],
    ['a zone that nobody knows', (text: string) => text.replace('TZID=Europe/Paris:20270612', 'TZID=Mars:20270612')],
  ] as const)
    test(name, async () => {
      desk.write(four);
      await desk.push();
      const stored = desk.stored();
      writeFileSync(desk.file, mend(icsOf(four)));
      const { deleted, unchanged, failed } = await desk.push();
      assert.deepEqual([deleted, unchanged, failed.length], [0, 3, 1]);
      assert.deepEqual(desk.stored(), stored);
    });
});

suite('an event stays the same on the platform', () => {
  const ids = (): Map<string, string> =>
    new Map(
      Object.values(
        (JSON.parse(desk.state()) as { events: Record<string, { id: string; startAt: string }> }).events,
      ).map(({ id, startAt }) => [startAt.slice(8, 10), id]),
    );
  const shared = (i: number, more: Partial<Meeting> = {}): Meeting => ({
    ...meeting(i, { uid: 'a', ...more }),
    title: 'Séance',
  });

  test('while others come to have its UID, and have it no more', async () => {
    desk.write([shared(1), meeting(9)]);
    await desk.push();
    const first = ids().get('11');
    desk.write([shared(1), shared(2), shared(3), meeting(9)]);
    const { added, changed, unchanged } = await desk.push();
    assert.deepEqual([added, changed, unchanged], [2, 0, 2]);
    assert.equal(ids().get('11'), first);
    const third = ids().get('13');
    desk.write([shared(3), meeting(9)]);
    const report = await desk.push();
    assert.deepEqual([report.added, report.changed, report.deleted, report.unchanged], [0, 0, 2, 2]);
    assert.equal(ids().get('13'), third);
    assert.equal((await desk.push()).unchanged, 2);
  });

  test('when it is one of several with its UID, and is moved', async () => {
    desk.write([shared(1), shared(2), shared(3)]);
    await desk.push();
    const second = ids().get('12');
    desk.write([shared(1), shared(7), shared(3)]);
    const { added, changed, deleted, unchanged } = await desk.push();
    assert.deepEqual([added, changed, deleted, unchanged], [0, 1, 0, 2]);
    assert.equal(ids().get('17'), second);
  });

  test('when its program makes up a new UID each time', async () => {
    desk.write(four);
    await desk.push();
    const before = [...ids().values()];
    desk.write(four.map((each) => ({ ...each, uid: `${each.uid}-2` })));
    const { added, deleted, unchanged } = await desk.push();
    assert.deepEqual([added, deleted, unchanged], [0, 0, 4]);
    assert.deepEqual([...ids().values()], before);
  });
});
