// npm run test:network [-- FILTER...]: real desktops in networks of their own, with loss, delay, little bandwidth, cuts and
// changed addresses. Arguments go to Playwright. A part of it belongs to `npm test` (tests/e2e/network.spec.ts).
import { ensure } from './ensure.mjs';
import { openDisplay } from './lib/display.mjs';
import { labCommand, whyNoLab } from './lib/lab.mjs';
import { run } from './lib/run.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { SetupError, runMain } from './setup/report.mjs';

await runMain(async () => {
  await ensure({ display: true, ffmpeg: true, extras: true, build: true });
  const reason = whyNoLab();
  if (reason !== null) throw new SetupError(`There can be no network for the tests here: ${reason}`);
  const display = await openDisplay();
  const playwright = [process.execPath, fromRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test'];
  const config = ['--config', fromRoot('tests', 'network', 'network.config.ts')];
  const [program = '', ...args] = labCommand([...playwright, ...config, ...process.argv.slice(2)]);
  const { code } = await run(program, args, { cwd: ROOT, env: { ...process.env, ...display.env } });
  await display.stop();
  return code;
});
