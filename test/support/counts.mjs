/** The number of passed, failed and skipped tests of a run, written where test/run.mjs asks for it. */
import { writeFileSync } from 'node:fs';

/** Writes the counts to the file that the environment names, if any. */
function write(counts) {
  if (process.env.CAP_TEST_COUNTS) writeFileSync(process.env.CAP_TEST_COUNTS, JSON.stringify(counts));
}

/** Reporter for Web Test Runner: a session that failed outside of its tests counts as one failure. */
export const browserCounts = () => ({
  onTestRunFinished({ sessions }) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const add = (suite) => {
      for (const test of suite?.tests ?? []) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
      for (const inner of suite?.suites ?? []) add(inner);
    };
    for (const session of sessions) {
      const failedBefore = counts.failed;
      add(session.testResults);
      if (!session.passed && counts.failed === failedBefore) counts.failed++;
    }
    write(counts);
  },
});

/** Reporter for `node --test`. Suites are not tests; a todo counts as skipped. */
export default async function* nodeCounts(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details.type === 'suite') continue;
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
    else counts[type === 'test:pass' ? 'passed' : 'failed']++;
  }
  write(counts);
  yield '';
}
