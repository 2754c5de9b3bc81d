/** What moderators have hidden: no file says anything of it but that it was moderated, and why. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';

import { globalId, rawId } from '../../sandbox/platform/ids.js';
import { contents, openPartner, read, records } from './support/partner.js';
import { checkFormat } from './killed.formats.js';

const partner = await openPartner();
const { town } = partner;
const { sql } = town.sandbox.store;
const out = partner.folder();
after(() => partner.close());

const SECRET = 'monsieur-untel-est-un-voleur';
const SHOWN = 'une-proposition-maladroite';
const consultation = town.state.consultations['main'] ?? '';
/** An opinion that has versions and arguments, one of whose versions is hidden alone, and one that may still be read. */
const [opinion = '', other = '', shown = ''] = sql
  .all<{ id: string }>(
    `SELECT o.id FROM opinion o JOIN section s ON s.id = o.section_id
      WHERE s.consultation_id = ? AND o.trashed_at IS NULL
      ORDER BY EXISTS (SELECT 1 FROM version v WHERE v.opinion_id = o.id) DESC, o.created_at`,
    rawId(consultation),
  )
  .map(({ id }) => id);

const titled = (slug: string): string => slug.replace(/-/g, ' ');

before(async () => {
  const trash = 'trashed_at = created_at, trashed_status = ?, trashed_reason = ?, slug = ?, title = ?';
  sql.run(`UPDATE opinion SET ${trash} WHERE id = ?`, 'INVISIBLE', 'Diffamation', SECRET, titled(SECRET), opinion);
  sql.run(`UPDATE opinion SET ${trash} WHERE id = ?`, 'VISIBLE', 'Doublon', SHOWN, titled(SHOWN), shown);
  const version = sql.get<{ id: string }>('SELECT id FROM version WHERE opinion_id = ?', other)?.id ?? '';
  const slug = `${SECRET}-version`;
  sql.run(`UPDATE version SET ${trash} WHERE id = ?`, 'INVISIBLE', 'Diffamation', slug, titled(slug), version);
  // Something that answers to what is hidden, and may itself be read.
  const argument =
    sql.all<{ id: string }>('SELECT id FROM argument WHERE trashed_at IS NULL ORDER BY id').at(0)?.id ?? '';
  sql.run('UPDATE argument SET opinion_id = ?, version_id = ? WHERE id = ?', other, version, argument);
  await partner.sync(out, { contributions: [`${consultation}=avis`] });
});

suite('the address of a contribution', () => {
  const by = (id: string) => records(out, 'avis').find((record) => record.id === id);
  const answers = (id: string) => records(out, 'avis').filter(({ parentId }) => parentId === id);

  test('is left out where its content is hidden, and so is that of all that answers to it', () => {
    const id = globalId('Opinion', opinion);
    const found = by(id);
    assert.deepEqual([found?.['url'], found?.['title'], found?.['html']], [null, null, null]);
    assert.equal((found?.['moderation'] as { reason: string }).reason, 'Diffamation');
    assert.ok(answers(id).length > 0);
    for (const { url, parentId } of answers(id)) assert.deepEqual([url, parentId], [null, id]);
  });

  test('is left out of what answers to a hidden version, whose own parent may be read', () => {
    const hidden = records(out, 'avis').find(
      ({ kind, url, parentId }) => kind === 'version' && url === null && parentId === globalId('Opinion', other),
    );
    assert.ok(hidden);
    assert.equal(typeof by(globalId('Opinion', other))?.['url'], 'string');
    const [argument] = answers(hidden.id);
    assert.equal(argument?.['url'], null);
    assert.ok(argument['html'], 'its text may be read');
  });

  test('stays where the text may still be read', () => {
    const found = by(globalId('Opinion', shown));
    assert.ok(String(found?.['url']).endsWith(SHOWN));
    assert.equal(found?.['title'], titled(SHOWN));
  });

  test('and its title are in no file of any format', async () => {
    for (const [name, content] of Object.entries(contents(out))) {
      assert.ok(!content.includes(SECRET) && !content.includes(titled(SECRET)), name);
      await checkFormat(name, content);
    }
    for (const format of ['csv', 'feed.json', 'rss', 'jsonld', 'ndjson'])
      assert.ok(read(out, `avis.${format}`).includes(SHOWN), format);
  });

  test('that is left out is no empty one in feeds', () => {
    const { items } = JSON.parse(read(out, 'avis.feed.json')) as { items: Record<string, unknown>[] };
    const item = items.find(({ id }) => id === globalId('Opinion', opinion));
    assert.ok(item && !('url' in item));
    const entry = read(out, 'avis.rss')
      .split('<item>')
      .find((part) => part.includes(globalId('Opinion', opinion)));
    assert.ok(entry && !entry.includes('<link') && entry.includes('isPermaLink="false"'));
    assert.doesNotMatch(read(out, 'avis.jsonld'), /"(url|@id)":""/);
  });
});
