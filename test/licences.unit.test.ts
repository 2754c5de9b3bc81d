import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const NOTICES = 'THIRD-PARTY-LICENSES.txt';

/** The package that a file belongs to, if that is not ours. */
const packageOf = (file: string): string | undefined =>
  /.*(?:node_modules|vendor)\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

/** The packages whose code is in the files of a folder: by their names there, and by what their maps say of where code is from. */
function packagesIn(folder: string): Set<string> {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  const sources = files.flatMap((file) => {
    if (!file.endsWith('.map')) return [file];
    const map = JSON.parse(readFileSync(path.join(root, folder, file), 'utf8')) as { readonly sources: string[] };
    return map.sources;
  });
  return new Set(sources.flatMap((source) => packageOf(source) ?? []));
}

suite('the licences of other people’s code', () => {
  for (const [folder, some] of [
    ['dist/cdn', ['lit-html', '@lit/reactive-element', '@lit/context', 'graphql-request']],
    ['dist/npm', ['graphql-request']],
  ] as const)
    test(`are beside it in ${folder}, each with its whole text`, () => {
      const notices = readFileSync(path.join(root, folder, NOTICES), 'utf8');
      const packages = packagesIn(folder);
      for (const name of some) assert.ok(packages.has(name), `${name} is in no file: is this test still looking?`);
      for (const name of packages) {
        const home = path.join(root, 'node_modules', name);
        const { version, license } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as {
          version: string;
          license: string;
        };
        assert.ok(notices.includes(`${name} ${version} (${license})`), name);
        const text = readdirSync(home).find((file) => /^licen[cs]e/i.test(file));
        assert.ok(text, `${name} has no licence.`);
        const words = (written: string): string => written.replace(/\s+/g, ' ').trim();
        assert.ok(words(notices).includes(words(readFileSync(path.join(home, text), 'utf8'))), `the text of ${name}`);
      }
    });

  test('are named at the head of every file that is put on a page by itself, and of no other', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    const manifests = readdirSync(path.join(root, 'dist/cdn')).filter((name) => /^manifest.*\.json$/.test(name));
    const entries = manifests.flatMap((manifest) => {
      const text = readFileSync(path.join(root, 'dist/cdn', manifest), 'utf8');
      const { files } = JSON.parse(text) as { readonly files: Readonly<Record<string, { readonly entry: boolean }>> };
      return Object.entries(files).flatMap(([file, { entry }]) => (entry ? file : []));
    });
    assert.ok(entries.includes('cap-widgets.js') && entries.includes('cap-widgets.all.js'));
    for (const file of readdirSync(path.join(root, 'dist/cdn')).filter((name) => name.endsWith('.js'))) {
      const code = readFileSync(path.join(root, 'dist/cdn', file), 'utf8');
      const banner = `/*! Cap Widgets ${version} | MIT | ${NOTICES} */`;
      assert.equal(code.startsWith(banner), entries.includes(file), file);
      // Nothing else that says how much of its own a minifier keeps.
      assert.doesNotMatch(code.slice(banner.length), /\/\*!|@license/, file);
    }
  });

  test('are in the package', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
      cwd: root,
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(packed) as [{ readonly files: readonly { readonly path: string }[] }];
    const paths = files.map((file) => file.path);
    for (const file of ['LICENSE', `dist/cdn/${NOTICES}`, `dist/npm/${NOTICES}`]) assert.ok(paths.includes(file), file);
  });
});
