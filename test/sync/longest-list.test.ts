import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { openPartner, records } from './support/partner.js';

// More projects than the platform's list reaches.
const partner = await openPartner({ bulk: { projects: 1050 } });
after(() => partner.close());
const { sql } = partner.town.sandbox.store;

test('what drops out of the platform’s list at its end is not taken for gone', async () => {
  const out = partner.folder();
  assert.equal((await partner.sync(out)).collections['projects']?.records, 1000);
  const first = records(out, 'projects');

  // The newest project is hidden, so that an older one comes in; then it is back, and pushes that one out again.
  const newest = rawId(first[0]?.id ?? '');
  const show = (visibility: string): void =>
    void sql.run('UPDATE project SET visibility = ? WHERE id = ?', visibility, newest);
  show('ADMIN');
  assert.equal((await partner.sync(out)).collections['projects']?.added, 1);
  show('PUBLIC');
  const { collections } = await partner.sync(out);
  assert.equal(collections['projects']?.removed, 0);

  const last = records(out, 'projects');
  assert.equal(last.length, 1001);
  assert.deepEqual(
    last.filter(({ deleted }) => deleted),
    [],
  );
  assert.equal((await partner.sync(out)).changed, false);
});
