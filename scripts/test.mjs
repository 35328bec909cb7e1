// npm test: brings everything the tests need, runs the unit tests (Vitest) and the end-to-end tests (Playwright), and ends
// with the line "N passed, N failed, N skipped". Arguments: --unit or --e2e for one kind only; anything else filters by
// file name and goes to both runners.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensure } from './ensure.mjs';
import { run } from './lib/run.mjs';
import { addCounts, exitCodeFor, playwrightCounts, summaryLine, vitestCounts } from './lib/test-counts.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { runMain, say } from './setup/report.mjs';

const RESULTS = fromRoot('test-results');

/** @param {string} file @returns {unknown} undefined when the runner wrote no report */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** @param {string} pid */
function isAlive(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * A folder for this run's reports and artifacts, so that several runs do not disturb each other; those of earlier runs go.
 * @returns {string}
 */
function createResultsFolder() {
  mkdirSync(RESULTS, { recursive: true });
  for (const name of readdirSync(RESULTS)) {
    const pid = /^run-(\d+)$/u.exec(name)?.[1];
    if (pid !== undefined && !isAlive(pid)) rmSync(join(RESULTS, name), { recursive: true, force: true });
  }
  const folder = join(RESULTS, `run-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * @param {string} results
 * @param {string[]} filters
 */
async function runUnitTests(results, filters) {
  const report = join(results, 'unit.json');
  const tool = fromRoot('node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };
  const args = [tool, 'run', '--passWithNoTests', ...reporters, ...filters];
  const { code } = await run(process.execPath, args, { cwd: ROOT, env });
  return vitestCounts(readReport(report), code);
}

/**
 * @param {string} results
 * @param {string[]} filters
 */
async function runEndToEndTests(results, filters) {
  const tool = fromRoot('node_modules', '@playwright', 'test', 'cli.js');
  const env = { ...process.env, KONKLAVE_TEST_RESULTS: results };
  const { code } = await run(process.execPath, [tool, 'test', '--pass-with-no-tests', ...filters], { cwd: ROOT, env });
  return playwrightCounts(readReport(join(results, 'e2e.json')), code);
}

await runMain(async () => {
  const args = process.argv.slice(2);
  const filters = args.filter((argument) => argument !== '--unit' && argument !== '--e2e');
  const isOnly = (/** @type {string} */ kind) => args.includes(kind);
  const counts = [];
  if (isOnly('--unit') && !isOnly('--e2e')) await ensure({ electron: false, ffmpeg: true });
  else await ensure({ display: true, ffmpeg: true, build: true });
  const results = createResultsFolder();
  if (!isOnly('--e2e') || isOnly('--unit')) {
    say('Unit tests (Vitest)');
    counts.push(await runUnitTests(results, filters));
    say(`Unit tests: ${summaryLine(addCounts(counts))}`);
  }
  if (!isOnly('--unit') || isOnly('--e2e')) {
    say('End-to-end tests (Playwright drives the real app)');
    counts.push(await runEndToEndTests(results, filters));
  }
  const total = addCounts(counts);
  if (total.failed > 0) say(`Traces, screenshots and reports: ${relative(ROOT, results)}`);
  else rmSync(results, { recursive: true, force: true });
  console.log(summaryLine(total));
  return exitCodeFor(total);
});
