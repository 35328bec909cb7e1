// Makes a fresh clone able to run: npm packages, Electron, system libraries, and the build when asked for. Everything
// up to `npm ci` uses nothing but Node itself.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureElectron } from './setup/electron-runtime.mjs';
import { withLock } from './setup/lock.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { runMain, say } from './setup/report.mjs';
import { ensureSystemLibraries } from './setup/system-libraries.mjs';

/**
 * @typedef {object} Wants
 * @property {boolean} [electron] an Electron to run on (default true)
 * @property {boolean} [systemLibraries] the shared libraries it links to (default true)
 * @property {boolean} [display] Xvfb, when there is no display (default false)
 * @property {boolean} [ffmpeg] ffmpeg and ffprobe (default false)
 * @property {boolean} [extras] programs that some tests are skipped without (default false)
 * @property {boolean | 'force'} [build] an up-to-date `out/`; 'force' builds anew (default false)
 * @property {boolean} [retry] download the official Electron again although it failed today (default false)
 */

/**
 * Brings this checkout to the wanted state; each missing thing is announced in one line, what is there costs nothing.
 * @param {Wants} [wants]
 * @returns {Promise<import('./setup/electron-runtime.mjs').ElectronRuntime | undefined>} undefined without `electron`
 * @throws {import('./setup/report.mjs').SetupError} with the one line that tells what to do
 */
export async function ensure(wants = {}) {
  const {
    electron = true,
    systemLibraries = true,
    display = false,
    ffmpeg = false,
    extras = false,
    build = false,
    retry = false,
  } = wants;
  checkNodeVersion();
  await withLock('npm', ensureDependencies);
  const runtime = electron || build ? await ensureElectron({ retry }) : undefined;
  if (systemLibraries) await ensureSystemLibraries({ electronPath: runtime?.path, display, ffmpeg, extras });
  if (runtime && build) await ensureBuild(runtime, { force: build === 'force' });
  return runtime;
}

async function main() {
  const { values } = parseArgs({
    options: {
      all: { type: 'boolean', default: false },
      build: { type: 'boolean', default: false },
      retry: { type: 'boolean', default: false },
    },
  });
  const everything = { display: values.all, ffmpeg: values.all, extras: values.all };
  const runtime = await ensure({ ...everything, build: values.build || values.all, retry: values.retry });
  say(`Ready: Electron ${runtime?.version}${runtime?.fallback ? ' (fallback for development and tests)' : ''}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await runMain(main);
