import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { openPartner, records } from './support/partner.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const site = mkdtempSync(path.join(tmpdir(), 'cap-package-'));
const partner = await openPartner();
after(async () => {
  await partner.close();
  rmSync(site, { recursive: true, force: true });
});

const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Installs the packed package as npm does, with what it says that it needs and nothing else, and without a network. */
async function install(): Promise<Manifest> {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', site], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const home = path.join(site, 'node_modules/cap-widgets');
  mkdirSync(home, { recursive: true });
  await run('tar', ['-xzf', path.join(site, filename), '-C', home, '--strip-components=1']);
  const manifest = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys(manifest.dependencies)) {
    const place = path.join(site, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), place);
  }
  mkdirSync(path.join(site, 'node_modules/.bin'));
  for (const [name, file] of Object.entries(manifest.bin)) {
    await run('chmod', ['+x', path.join(home, file)]);
    symlinkSync(path.join('../cap-widgets', file), path.join(site, 'node_modules/.bin', name));
  }
  writeFileSync(path.join(site, 'package.json'), '{ "private": true, "type": "module" }');
  return manifest;
}

test('the packed package brings its command line and its functions', async () => {
  const { version } = await install();
  const command = path.join(site, 'node_modules/.bin/cap-widgets');
  assert.equal((await run(command, ['--version'], { cwd: site })).stdout.trim(), version);
  assert.match((await run(command, ['--help'], { cwd: site })).stdout, /sync[^]*events[^]*Exit codes/);
  const options = ['--platform', partner.town.url, '--out', 'files', '--format', 'ndjson,csv,jsonfeed,rss,ical,jsonld'];
  const { stdout } = await run(command, ['sync', ...options], { cwd: site, maxBuffer: 100_000_000 });
  const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
    collections: Record<string, { records: number }>;
  };
  assert.equal(last.collections['projects']?.records, records(path.join(site, 'files'), 'projects').length);

  const script = `
    import { sync, CommandError } from 'cap-widgets/sync';
    const report = await sync({ platform: ${JSON.stringify(partner.town.url)}, out: 'files' });
    console.log(report.changed, typeof CommandError);`;
  writeFileSync(path.join(site, 'script.mjs'), script);
  assert.equal((await run(process.execPath, ['script.mjs'], { cwd: site })).stdout, 'false function\n');
});
