// npm test: brings everything the tests need, runs the unit tests (Vitest) and the end-to-end tests (Playwright), and ends
// with the line "N passed, N failed, N skipped". Arguments: --unit or --e2e for one kind only; anything else filters by
// file name and goes to both runners.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensure } from './ensure.mjs';
import { run } from './lib/run.mjs';
import { addCounts, exitCodeFor, playwrightCounts, summaryLine, vitestCounts } from './lib/test-counts.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { SetupError, runMain, say } from './setup/report.mjs';

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

/**
 * Brings what the wanted tests need. A failure is told and counted, and does not keep the other tests from running.
 * @param {import('./ensure.mjs').Wants} wants
 * @returns {Promise<boolean>}
 */
async function isPrepared(wants) {
  try {
    await ensure(wants);
    return true;
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error));
    return false;
  }
}

const ONE_FAILURE = { passed: 0, failed: 1, skipped: 0 };

await runMain(async () => {
  const args = process.argv.slice(2);
  const filters = args.filter((argument) => argument !== '--unit' && argument !== '--e2e');
  const wantsAll = args.includes('--unit') === args.includes('--e2e');
  const wantsUnit = wantsAll || args.includes('--unit');
  const wantsEndToEnd = wantsAll || args.includes('--e2e');
  const isReady = await isPrepared(
    wantsEndToEnd ? { display: true, ffmpeg: true, extras: true, build: true } : { electron: false, ffmpeg: true },
  );
  const results = createResultsFolder();
  const counts = [];
  if (wantsUnit) {
    say('Unit tests (Vitest)');
    counts.push(await runUnitTests(results, filters));
    say(`Unit tests: ${summaryLine(addCounts(counts))}`);
  }
  if (wantsEndToEnd && isReady) {
    say('End-to-end tests (Playwright drives the real app)');
    counts.push(await runEndToEndTests(results, filters));
  }
  if (!isReady) {
    say('The set-up failed, see above: this counts as one failure');
    counts.push(ONE_FAILURE);
  }
  const total = addCounts(counts);
  if (total.failed > 0) say(`Traces, screenshots and reports: ${relative(ROOT, results)}`);
  else rmSync(results, { recursive: true, force: true });
  console.log(summaryLine(total));
  return exitCodeFor(total);
});
