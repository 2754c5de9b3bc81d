/** The package as it is published: packed, installed and used by programs that have nothing but what it says it needs. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = path.join(import.meta.dirname, '../..');
const apps = path.join(import.meta.dirname, 'apps');
const modules = path.join(root, 'node_modules');
const run = promisify(execFile);

interface Outcome {
  readonly failed: boolean;
  readonly output: string;
}

/** Runs a program of the project's, wherever that is; what it says comes with how it ended. */
async function outcomeOf(cwd: string, program: string, ...args: readonly string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(path.join(modules, '.bin', program), args, { cwd });
    return { failed: false, output: stdout + stderr };
  } catch (reason) {
    const { stdout, stderr } = reason as { stdout: string; stderr: string };
    return { failed: true, output: stdout + stderr };
  }
}

type Lock = { readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>> };
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
  exports: Readonly<Record<string, string | { readonly types: string; readonly default?: string }>>;
  dependencies: Readonly<Record<string, string>>;
};

let folder: string;
/** A program that has installed the package. */
let app: string;
let tarball: string;
let packed: readonly string[];

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cap-widgets-package-'));
  app = path.join(folder, 'app');
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [pack] = Object.values(JSON.parse(stdout) as Record<string, { filename: string; files: { path: string }[] }>);
  assert.ok(pack);
  packed = pack.files.map((file) => file.path);
  tarball = path.join(folder, path.basename(pack.filename));
  mkdirSync(app);
  await install();
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Installs the package with what it depends on, in the versions of our own lock: nothing has to be looked for. */
async function install(): Promise<void> {
  const { name, version, dependencies } = manifest;
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock;
  const needed = Object.entries(packages).filter(([place, { dev, devOptional }]) => place && !dev && !devOptional);
  const resolved = `file:${path.relative(app, tarball)}`;
  const about = { name: 'app', version: '1.0.0', private: true, type: 'module', dependencies: { [name]: resolved } };
  const integrity = `sha512-${hash('sha512', readFileSync(tarball), 'base64')}`;
  const own = { version, resolved, integrity, dependencies, bin: { [name]: 'dist/npm/sync/bin.js' } };
  const lock = { '': about, [`node_modules/${name}`]: own, ...Object.fromEntries(needed) };
  writeFileSync(path.join(app, 'package.json'), JSON.stringify(about));
  writeFileSync(
    path.join(app, 'package-lock.json'),
    JSON.stringify({ name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages: lock }),
  );
  await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: app });
}

/** What else a program has; its own dependencies come along. */
function alsoHas(...names: readonly string[]): void {
  for (const name of names) {
    const place = path.join(app, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(modules, name), place);
  }
}

const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** Compiles files of a program, with all types that they lead to. */
async function compile(
  program: string,
  files: readonly string[],
  resolution: keyof typeof RESOLUTIONS,
  { vueCompilerOptions, ...more }: Readonly<Record<string, unknown>> = {},
  ...args: readonly string[]
): Promise<Outcome> {
  for (const file of files) cpSync(path.join(apps, file), path.join(app, file));
  const options = {
    ...RESOLUTIONS[resolution],
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    noEmit: true,
    ...more,
  };
  writeFileSync(
    path.join(app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, vueCompilerOptions, files }),
  );
  return outcomeOf(app, program, ...args);
}

async function compiles(...args: Parameters<typeof compile>): Promise<void> {
  const { output } = await compile(...args);
  assert.equal(output, '');
}

for (const resolution of Object.keys(RESOLUTIONS) as (keyof typeof RESOLUTIONS)[])
  test(`every export compiles with its types, all of them checked (${resolution})`, () =>
    compiles('tsc', ['exports.ts'], resolution));

test('the types of the package lead to nothing but the package and what it depends on', () => {
  const found = new Set<string>();
  for (const file of packed.filter((name) => name.endsWith('.d.ts') && !name.includes('/frameworks/'))) {
    const text = readFileSync(path.join(app, 'node_modules', manifest.name, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport\(|^import) ?['"]([^'"]+)['"]/gm)) {
      if (!name.startsWith('.')) found.add(name);
      else
        assert.ok(
          packed.includes(path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, '.d.ts')),
          `${file} names ${name}, which is not in the package`,
        );
    }
  }
  assert.deepEqual([...found], ['lit']);
});

test('every export runs where there is no page, but for what is a page’s script', async () => {
  const names = Object.entries(manifest.exports)
    .filter(([, to]) => typeof to !== 'string' && to.default?.startsWith('./dist/npm/'))
    .map(([name]) => name);
  const elements = readdirSync(path.join(app, 'node_modules', manifest.name, 'dist/types/elements'));
  const specifiers = names.flatMap((name) =>
    name.includes('*') ? elements.map((file) => name.replace('*', file.replace('.d.ts', ''))) : [name],
  );
  assert.ok(specifiers.length >= 13);
  const program = specifiers
    .map((name) => `console.log(typeof await import(${JSON.stringify(name.replace('.', manifest.name))}));`)
    .join('\n');
  writeFileSync(path.join(app, 'run.mjs'), program);
  const { stdout } = await run(process.execPath, ['run.mjs'], { cwd: app });
  assert.deepEqual(new Set(stdout.trim().split('\n')), new Set(['object']));
});

test('the command is there', async () => {
  const { stdout } = await run(path.join(app, 'node_modules/.bin', manifest.name), ['--version'], { cwd: app });
  assert.equal(stdout.trim(), manifest.version);
});

test('React, Preact and Solid know the tags, their attributes and their events', async () => {
  alsoHas('@types/react', 'csstype', 'preact', 'solid-js');
  const jsx = (jsxImportSource: string) => ({ jsx: 'react-jsx', jsxImportSource });
  await compiles('tsc', ['react.tsx'], 'bundler', jsx('react'));
  await compiles('tsc', ['react.tsx'], 'nodenext', jsx('react'));
  await compiles('tsc', ['preact.tsx'], 'bundler', jsx('preact'));
  await compiles('tsc', ['solid.tsx'], 'bundler', { jsx: 'preserve', jsxImportSource: 'solid-js' });
});

test('Vue knows the tags, their attributes and their events', async () => {
  alsoHas('vue', '@vue');
  const vue = { vueCompilerOptions: { strictTemplates: true } };
  await compiles('vue-tsc', ['Right.vue'], 'bundler', vue);
  const { output } = await compile('vue-tsc', ['Wrong.vue'], 'bundler', vue);
  assert.match(output, /diagonal/);
  assert.match(output, /'votes' does not exist/);
});

test('Svelte knows the tags, their attributes and their events', async () => {
  alsoHas('svelte');
  const check = ['--output', 'machine', '--fail-on-warnings', '--tsconfig', 'tsconfig.json'];
  const right = await compile('svelte-check', ['Right.svelte'], 'bundler', {}, ...check);
  assert.equal(right.failed, false, right.output);
  const { output } = await compile('svelte-check', ['Wrong.svelte'], 'bundler', {}, ...check);
  assert.match(output, /diagonal/);
  assert.match(output, /'votes' does not exist/);
});

test('publint has nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: path.join(app, 'node_modules', manifest.name), pack: false });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

test('are the types wrong? No, for modules as they are today', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  assert.ok(analysis.types);
  // There is no other form of it: `require` of a module is Node's affair.
  const problems = analysis.problems.filter(
    (problem) => !('resolutionKind' in problem && /node10|node16-cjs/.test(problem.resolutionKind)),
  );
  assert.deepEqual(problems, []);
});
