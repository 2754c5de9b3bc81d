import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { after, afterEach, suite, test } from 'node:test';

import { CommandError, EXIT } from '../../src/sync/api.js';
import { openPartner } from './support/partner.js';

const partner = await openPartner();
after(() => partner.close());

const place = (): string => join(partner.folder(), 'site');
const { symlink } = fs;

suite('where links cannot be made, as on Windows', () => {
  afterEach(() => {
    fs.symlink = symlink;
    syncBuiltinESMExports();
  });
  const without = (): void => {
    fs.symlink = () =>
      Promise.reject(
        Object.assign(new Error('EPERM: operation not permitted, symlink'), {
          code: 'EPERM',
          syscall: 'symlink',
          path: 'x',
        }),
      );
    syncBuiltinESMExports();
  };

  test('a run says what to do', async () => {
    without();
    await assert.rejects(
      partner.sync(place()),
      (reason) => reason instanceof CommandError && reason.exitCode === EXIT.files && /Use --copy/.test(reason.message),
    );
  });

  test('copies are made all the same, and two runs do not mix', async () => {
    without();
    const out = place();
    assert.equal((await partner.sync(out, { copy: true })).changed, true);
    const runs = await Promise.allSettled([partner.sync(out, { copy: true }), partner.sync(out, { copy: true })]);
    const [failed] = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason as unknown] : []));
    assert.ok(failed instanceof CommandError && failed.exitCode === EXIT.locked);
    assert.deepEqual(readdirSync(`${out}.cap-widgets`).sort(), ['1', 'current', 'shown.json']);
  });
});
