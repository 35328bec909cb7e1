// npm run test:network [-- --write] [FILTER...]: real desktops in networks of their own, with loss, delay, little bandwidth,
// cuts and changed addresses; prints what was measured, and --write puts it into docs/benchmarks.md. All other arguments go
// to Playwright. A part of it belongs to `npm test` (tests/e2e/network.spec.ts).
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { ensure } from './ensure.mjs';
import { labCommand, whyNoLab } from './lib/lab.mjs';
import { run } from './lib/run.mjs';
import { machine, markdown, plain, writeBetweenMarks } from './lib/tables.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { SetupError, runMain, say } from './setup/report.mjs';

const DOCUMENT = fromRoot('docs', 'benchmarks.md');

/**
 * @param {unknown} report what Playwright's JSON reporter wrote, or a part of it
 * @returns {Record<string, string>[]} the rows that tests noted, in their order; their results repeat them
 */
function rowsOf(report) {
  if (typeof report !== 'object' || report === null) return [];
  if ('type' in report && report.type === 'row' && 'description' in report) {
    return [JSON.parse(String(report.description))];
  }
  return Object.entries(report).flatMap(([key, value]) => (key === 'results' ? [] : rowsOf(value)));
}

/**
 * @param {Record<string, string>[]} rows
 * @returns {import('./lib/tables.mjs').Table}
 */
function tableOf(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? '')) };
}

await runMain(async () => {
  const wantsWrite = process.argv.includes('--write');
  const filters = process.argv.slice(2).filter((argument) => argument !== '--write');
  await ensure({ display: true, ffmpeg: true, extras: true, build: true });
  const reason = whyNoLab();
  if (reason !== null) throw new SetupError(`There can be no network for the tests here: ${reason}`);

  const results = fromRoot('test-results', `run-${process.pid}`);
  mkdirSync(results, { recursive: true });
  const playwright = [process.execPath, fromRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test'];
  const config = ['--config', fromRoot('tests', 'network', 'network.config.ts')];
  const [program = '', ...args] = labCommand([...playwright, ...config, ...filters]);
  const { code } = await run(program, args, { cwd: ROOT, env: { ...process.env, KONKLAVE_TEST_RESULTS: results } });

  const table = tableOf(rowsOf(JSON.parse(readFileSync(join(results, 'network.json'), 'utf8'))));
  if (table.rows.length > 0) console.log(`\n${plain(table)}\n`);
  if (wantsWrite) {
    const command = ['npm run test:network --', ...filters, '--write'].join(' ');
    const busy = `a load average of ${loadavg()[1]?.toFixed(0)} at the end`;
    writeBetweenMarks(DOCUMENT, 'network', `\`${command}\` on ${machine()}, ${busy}:\n\n${markdown(table)}`);
    await run(process.execPath, [fromRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--write', DOCUMENT]);
  }
  if (code === 0) rmSync(results, { recursive: true, force: true });
  else say(`Traces, screenshots and reports: ${relative(ROOT, results)}`);
  return code;
});
