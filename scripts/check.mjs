// npm run check: everything that can be said about the code without running it. All checks run, even after a failure.
import { ensure } from './ensure.mjs';
import { run } from './lib/run.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { runMain } from './setup/report.mjs';

const tool = (/** @type {string[]} */ ...path) => fromRoot('node_modules', ...path);

/** @type {{ name: string, args: string[] }[]} each is run with Node */
const CHECKS = [
  { name: 'format', args: [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  {
    name: 'lint',
    args: [tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'layers', args: [tool('oxlint', 'bin', 'oxlint'), '-c', '.oxlintrc.layers.json', '--deny-warnings'] },
  { name: 'types', args: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types of common', args: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'common'] },
  { name: 'types of scripts', args: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'scripts'] },
  { name: 'dead code', args: [tool('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints'] },
  { name: 'lock file', args: ['scripts/check/lock-file.mjs'] },
  { name: 'translations', args: ['scripts/check/translations.mjs'] },
  { name: 'requirements', args: ['scripts/check/requirements.mjs'] },
  { name: 'no tracking', args: ['scripts/check/no-tracking.mjs'] },
  { name: 'network users', args: ['scripts/check/network-users.mjs'] },
];

/**
 * @param {{ name: string, args: string[] }} check
 * @returns {Promise<boolean>} whether it passed
 */
async function runCheck({ name, args }) {
  const started = Date.now();
  const { code, output } = await run(process.execPath, args, { cwd: ROOT, collect: true });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)}  ${seconds.padStart(5)} s`);
  if (code !== 0) console.log(output.replaceAll(/^/gmu, '        '));
  return code === 0;
}

await runMain(async () => {
  const wanted = process.argv.slice(2);
  await ensure({ electron: false, systemLibraries: false });
  let failed = 0;
  for (const check of CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    if (!(await runCheck(check))) failed += 1;
  }
  return failed === 0 ? 0 : 1;
});
