/** What files are called. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';

import { collectionsOf } from '../../src/sync/collections.js';
import { CommandError, EXIT } from '../../src/sync/report.js';
import { names, openPartner, read } from './support/partner.js';

const partner = await openPartner();
const { town } = partner;
after(() => partner.close());

const STEP = 'U2VsZWN0aW9uU3RlcDpzZWxlY3Rpb25zdGVwMQ==';
const ONE = 'Q29sbGVjdFN0ZXA6Y29sbGVjdDEy';
const PADDED = 'Q29sbGVjdFN0ZXA6Y29sbGVjdDE=';

/** The ID and the name that some text asks for. */
const parts = (text: string): readonly [id: string, name: string] => {
  const { id, name } = collectionsOf({ proposals: [text], contributions: [] }).at(-1) ?? { id: '', name: '' };
  return [id, name];
};

suite('--proposals ID=NAME', () => {
  const cases: readonly [text: string, id: string, name: string][] = [
    [STEP, STEP, `proposals-${STEP.slice(0, -2)}`],
    [ONE, ONE, `proposals-${ONE}`],
    [`${STEP}=vote-2026`, STEP, 'vote-2026'],
    [`${PADDED}=vote-2026`, PADDED, 'vote-2026'],
    [`${ONE}=vote-2026`, ONE, 'vote-2026'],
    // The last sign of the ID was taken for the one in front of the name.
    [`${PADDED.slice(0, -1)}=vote-2026`, PADDED, 'vote-2026'],
    [`${STEP.slice(0, -1)}=vote-2026`, STEP, 'vote-2026'],
    ['pstep1=vote-2026', 'pstep1', 'vote-2026'],
    ['66b317a7-e6a2-5ff7-953e-5fc73e4303d6=2026', '66b317a7-e6a2-5ff7-953e-5fc73e4303d6', '2026'],
  ];
  for (const [text, id, name] of cases)
    test(`${text} is the step ${id}, in files called ${name}`, () => {
      assert.deepEqual(parts(text), [id, name]);
    });

  const wrong: readonly [what: string, asked: Parameters<typeof collectionsOf>[0], hint: RegExp][] = [
    [
      'a name with signs that not all disks have',
      { proposals: [`${STEP}=Vote/2026`], contributions: [] },
      /small letters/,
    ],
    ['a name that is a path', { proposals: [`${STEP}=../x`], contributions: [] }, /small letters/],
    ['a name that is a device on Windows', { proposals: [`${STEP}=nul`], contributions: [] }, /no name for files/],
    ['a hidden name', { proposals: [`${STEP}=.x`], contributions: [] }, /small letters/],
    ['a name that is too long', { proposals: [`${STEP}=${'x'.repeat(61)}`], contributions: [] }, /60 at most/],
    ['the name of other files', { proposals: [`${STEP}=projects`], contributions: [] }, /“projects” is the name/],
    ['the name of the list of all files', { proposals: [`${STEP}=datapackage`], contributions: [] }, /“datapackage”/],
    ['one name twice', { proposals: [`${STEP}=vote`], contributions: [`${ONE}=vote`] }, /“vote” is the name.*=NAME/],
    ['a name without an ID', { proposals: ['=vote'], contributions: [] }, /ID is empty/],
    ['an ID of nothing but signs', { proposals: ['=='], contributions: [] }, /ID is empty/],
  ];
  for (const [what, asked, hint] of wrong)
    test(`refuses ${what}`, () => {
      assert.throws(
        () => collectionsOf(asked),
        (reason) => reason instanceof CommandError && reason.exitCode === EXIT.usage && hint.test(reason.message),
      );
    });

  test('names all files of the proposals, and of contributions likewise', async () => {
    const out = partner.folder();
    const { collections } = await partner.sync(out, {
      proposals: [`${town.state.steps['budget']}=vote-2026`],
      contributions: [`${town.state.consultations['main']}=avis`],
      formats: ['ndjson', 'csv', 'jsonfeed'],
    });
    assert.deepEqual(Object.keys(collections), ['projects', 'steps', 'events', 'vote-2026', 'avis']);
    const all = ['csv', 'feed.json', 'ndjson'];
    for (const extension of all) for (const name of ['vote-2026', 'avis']) assert.ok(read(out, `${name}.${extension}`));
    assert.equal(names(out).length, 5 * all.length + 2);
  });

  test('begins new files under a new name, and takes the old ones away', async () => {
    const out = partner.folder();
    const step = town.state.steps['budget'];
    await partner.sync(out, { proposals: [`${step}=vote`], formats: ['csv'] });
    const { collections } = await partner.sync(out, { proposals: [`${step}=vote-2026`], formats: ['csv'] });
    assert.equal(collections['vote-2026']?.added, collections['vote-2026']?.records);
    assert.ok(!existsSync(join(out, 'vote.csv')));
  });
});

test('a feed has a name of its own, so that site generators find the data of the same name, and the old one goes', async () => {
  const out = partner.folder();
  await partner.sync(out, { formats: ['csv', 'jsonfeed'] });
  const stems = (pattern: RegExp): string[] => names(out).flatMap((name) => pattern.exec(name)?.[1] ?? []);
  // Hugo, Eleventy and Jekyll name data after its file without the last ending.
  assert.deepEqual(stems(/^(.+)\.csv$/), ['events', 'projects', 'steps']);
  assert.deepEqual(stems(/^(.+)\.json$/), ['changes', 'datapackage', 'events.feed', 'projects.feed', 'steps.feed']);
  const { resources } = JSON.parse(read(out, 'datapackage.json')) as { resources: Record<string, string>[] };
  const feed = resources.find(({ path }) => path === 'events.feed.json');
  assert.deepEqual([feed?.['format'], feed?.['mediatype']], ['json', 'application/feed+json']);
});
