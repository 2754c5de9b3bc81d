/**
 * All the tests, stage by stage. A stage that fails does not stop those after it, unless there is no build to test.
 *
 *   node test/run.mjs [stage…] [--browsers chromium,firefox,webkit] [--long] [--seed N]
 *
 * With `--long` also the whole of what is many, of which a sample is played otherwise. The last line is the sum over all
 * stages: `N passed, N failed`; before it stands what each has taken.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'cap-widgets-test-'));
const countsFile = path.join(scratch, 'counts.json');
const countsReporter = fileURLToPath(new URL('support/counts.mjs', import.meta.url));

/** Runs a program in the project and resolves to whether it ended well. */
const run = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, CAP_TEST_LONG: options.long ? '1' : '', CAP_TEST_SEED: seed, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: (options.long ? 180 : 40) * 60_000,
    });
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });

const tool = (name, ...args) => run(path.join(root, 'node_modules/.bin', name), args);
const script = (name) => run('npm', ['run', '--silent', name]);

/** A stage whose success is one test. All its steps run, so that one run shows everything there is to repair. */
const check =
  (...steps) =>
  async () => {
    let failed = 0;
    for (const step of steps) failed += Number(!(await step()));
    return { passed: failed === 0 ? 1 : 0, failed: failed === 0 ? 0 : 1, skipped: 0 };
  };

/** A stage that other stages need and that proves nothing by itself: it counts only when it fails. */
const preparation = (step) => async () => ({ passed: 0, failed: Number(!(await step())), skipped: 0 });

/** A stage that counts its own tests. One that crashes, or runs nothing, is one failure. */
const counted = (step) => async () => {
  rmSync(countsFile, { force: true });
  const succeeded = await step({ CAP_TEST_COUNTS: countsFile });
  let counts;
  try {
    counts = JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch (error) {
    console.error(`The stage left no result: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (counts.passed + counts.failed + counts.skipped === 0) console.error('The stage ran no test.');
  const wentWrong = !succeeded || counts.passed + counts.skipped === 0;
  return { ...counts, failed: Math.max(counts.failed, Number(wentWrong)) };
};

function filesIn(folder, suffix) {
  if (!existsSync(path.join(root, folder))) return [];
  const files = readdirSync(path.join(root, folder), { recursive: true }).filter((file) => file.endsWith(suffix));
  return files.map((file) => path.join(folder, file)).sort();
}

const nodeTests = (files, more = [], ownEnv = {}) =>
  counted((env) => {
    const paths = files();
    // Without a file node would run every test of the project.
    if (paths.length === 0) throw new Error('There is no test file.');
    const reporters = { spec: 'stdout', [pathToFileURL(countsReporter)]: path.join(scratch, 'reporter.txt') };
    const reporting = Object.entries(reporters).flatMap(([name, destination]) => [
      `--test-reporter=${name}`,
      `--test-reporter-destination=${destination}`,
    ]);
    return run(
      process.execPath,
      [
        '--import',
        'tsx',
        '--test',
        `--test-timeout=${(options.long ? 60 : 15) * 60_000}`,
        ...reporting,
        ...more,
        ...paths,
      ],
      { ...env, ...ownEnv },
    );
  });

/** Several ways to run the tests of one stage, as many as there are browsers for. */
const each = (ways) => async () => {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [browser, way] of Object.entries(ways)) {
    if (!options.browsers.split(',').includes(browser)) continue;
    const counts = await way();
    for (const key of Object.keys(sum)) sum[key] += counts[key];
  }
  if (sum.passed + sum.failed + sum.skipped === 0) throw new Error(`There are no such tests for ${options.browsers}.`);
  return sum;
};

/** Tests of what depends on how a browser keeps its tabs and windows. */
const IN_WINDOWS = /(two-people|handoff-attacks)\.test\.ts$/;

const browserTests = (env) =>
  counted((countsEnv) =>
    run(path.join(root, 'node_modules/.bin/wtr'), [], { ...env, ...countsEnv, BROWSERS: options.browsers }),
  );

const formatted = ['src', 'sandbox', 'test', 'stories', 'tools', 'bench', '.storybook', '*.mjs'];

const stages = {
  generate: { title: 'Types of GraphQL results', run: preparation(() => script('generate')) },
  build: { title: 'Build', run: preparation(() => script('build')), required: true },
  types: {
    title: 'Types',
    run: check(
      () => tool('tsc', '--noEmit'),
      () => tool('tsc', '--noEmit', '-p', 'test/tsconfig.json'),
    ),
  },
  lint: {
    title: 'Lint',
    run: check(
      () => tool('eslint', '.'),
      () => tool('prettier', '--check', '--no-error-on-unmatched-pattern', '--log-level=warn', ...formatted),
    ),
  },
  unit: {
    title: 'Unit tests',
    run: nodeTests(
      () => [
        ...filesIn('test', '.unit.test.ts'),
        ...['test/sandbox', 'test/client', 'test/sync']
          .flatMap((folder) => filesIn(folder, '.test.ts'))
          .filter((file) => !file.endsWith('.unit.test.ts')),
        'test/layers.test.ts',
      ],
      // By itself node leaves one core to itself.
      [`--test-concurrency=${availableParallelism()}`],
    ),
  },
  elements: { title: 'Element tests', run: browserTests({}) },
  stories: { title: 'Stories as tests', run: browserTests({ STORIES: '1' }) },
  e2e: {
    title: 'End-to-end tests',
    // What drives them knows no WebKit.
    run: each({
      chromium: nodeTests(() => filesIn('test/e2e', '.test.ts'), ['--test-concurrency=1']),
      firefox: nodeTests(
        () => filesIn('test/e2e', '.test.ts').filter((file) => IN_WINDOWS.test(file)),
        ['--test-concurrency=1'],
        { CAP_E2E_BROWSER: 'firefox' },
      ),
    }),
  },
  package: { title: 'Package', run: nodeTests(() => filesIn('test/package', '.test.ts'), ['--test-concurrency=2']) },
  size: { title: 'Size budgets', run: check(() => script('size')) },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browsers: { type: 'string', default: 'chromium' },
    long: { type: 'boolean', default: false },
    seed: { type: 'string', default: process.env.CAP_TEST_SEED ?? String(Date.now() % 1_000_000) },
  },
});
const { seed } = options;
const unknown = positionals.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`Unknown stage: ${unknown.join(', ')}. There are: ${Object.keys(stages).join(', ')}.`);
  process.exit(2);
}

console.log(
  `${options.long ? 'The whole' : 'A sample'} of what is many, with seed ${seed}: --seed ${seed} repeats it.`,
);
const total = { passed: 0, failed: 0 };
const taken = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(stages)) {
  const { title, run: runStage, required } = stages[name];
  console.log(`\n━━━ ${title} ━━━\n`);
  const started = performance.now();
  const counts = await runStage().catch((error) => {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  taken.push(`${title.toLowerCase()} ${(seconds / 60).toFixed(1)}`);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`\n${title}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds} s)`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  if (required && counts.failed > 0) break;
}
rmSync(scratch, { recursive: true, force: true });
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\nMinutes: ${taken.join(', ')}.`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
