// npm run dev: the app with hot reloading, on the same Electron as npm start.
import { ensure } from './ensure.mjs';
import { startProcess } from './lib/run.mjs';
import { electronEnvironment, electronRuntime } from './setup/electron-runtime.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { runMain } from './setup/report.mjs';

await runMain(async () => {
  await ensure();
  const tool = fromRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const env = { ...process.env, ...electronEnvironment(electronRuntime()) };
  const server = startProcess(process.execPath, [tool, 'dev', ...process.argv.slice(2)], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => resolve(code ?? 1));
  });
});
