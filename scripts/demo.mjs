// npm run demo: two real clients meet, ask, record, play back and export, with or without a display. What happens is in
// tests/demo; this brings what it needs, starts it, and puts what it made into demo-output/.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensure } from './ensure.mjs';
import { run } from './lib/run.mjs';
import { CACHE, ROOT, fromRoot } from './setup/paths.mjs';
import { runMain } from './setup/report.mjs';
import { hasDisplay } from './setup/system-libraries.mjs';

const OUTPUT = fromRoot('demo-output');

/**
 * Puts the folder of this run in the place of the last one, in one step: several demos may finish at the same time, and
 * what stands there is always of one run.
 * @param {string} folder
 */
function publish(folder) {
  for (let attempt = 0; existsSync(folder); attempt += 1) {
    const previous = join(CACHE, `demo-${process.pid}-previous-${attempt}`);
    try {
      if (existsSync(OUTPUT)) renameSync(OUTPUT, previous);
      renameSync(folder, OUTPUT);
    } catch (error) {
      // Another demo was faster between the two steps.
      if (attempt >= 20) throw error;
    }
    rmSync(previous, { recursive: true, force: true });
  }
}

await runMain(async () => {
  console.log('Konklave demo: two real clients meet, ask before recording, record, play back and export.');
  await ensure({ display: true, ffmpeg: true, build: true });
  const where = hasDisplay() ? 'on your display' : 'on a private virtual display';
  console.log(`Two Electron processes with a profile each, ${where}; camera and microphone are synthetic.\n`);

  const folder = join(CACHE, `demo-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const playwright = fromRoot('node_modules', '@playwright', 'test', 'cli.js');
  const args = [playwright, 'test', '--config', fromRoot('tests', 'demo', 'playwright.config.ts')];
  const { code } = await run(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, KONKLAVE_DEMO_OUTPUT: folder },
  });
  if (code === 0) rmSync(join(folder, 'failure'), { recursive: true, force: true });
  publish(folder);
  console.log('Screenshots and the exported film: demo-output/');
  return code;
});
