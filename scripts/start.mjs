// npm start: opens the app, building it first when a source changed. Further arguments (a konklave:// link, Chromium
// switches) are passed on: npm start -- konklave://...
import { ensure } from './ensure.mjs';
import { startProcess } from './lib/run.mjs';
import { electronFlags, electronRuntime } from './setup/electron-runtime.mjs';
import { ROOT } from './setup/paths.mjs';
import { SetupError, runMain } from './setup/report.mjs';
import { hasDisplay } from './setup/system-libraries.mjs';

await runMain(async () => {
  if (!hasDisplay()) {
    throw new SetupError(
      'There is no display here to open a window on. "npm run demo" shows the app at work without one.',
    );
  }
  await ensure({ build: true });
  const args = [...electronFlags(), ROOT, ...process.argv.slice(2)];
  const app = startProcess(electronRuntime().path, args, { cwd: ROOT, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', (code) => resolve(code ?? 1));
  });
});
