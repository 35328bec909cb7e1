import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CACHE, fromRoot } from './paths.mjs';
import { say } from './report.mjs';

const PACKAGE = fromRoot('node_modules', 'electron');
const FAILURE = join(CACHE, 'electron-download-failed.json');
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;
const PATIENCE_MS = 20_000;
const POLL_MS = 500;

/** @param {string} file */
const readText = (file) => readFileSync(file, 'utf8').trim();

/** @returns {string} the version of Electron that package-lock.json asks for */
export const wantedElectronVersion = () => JSON.parse(readText(join(PACKAGE, 'package.json'))).version;

/**
 * The official binary of the `electron` package, when it has been downloaded completely.
 * @returns {{ path: string, version: string } | undefined}
 */
export function findOfficialElectron() {
  try {
    const version = readText(join(PACKAGE, 'dist', 'version')).replace(/^v/u, '');
    const path = join(PACKAGE, 'dist', readText(join(PACKAGE, 'path.txt')));
    return version === wantedElectronVersion() && existsSync(path) ? { path, version } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} folder @returns {number} bytes in it, 0 when it does not exist */
function sizeOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  } catch {
    return 0; // a file vanished while counting: the next poll sees the change
  }
}

/** Whether the download of this version failed less than a day ago. */
function failedRecently() {
  try {
    const failure = JSON.parse(readText(FAILURE));
    return failure.version === wantedElectronVersion() && Date.now() - failure.at < RETRY_AFTER_MS;
  } catch {
    return false;
  }
}

/**
 * Runs the electron package's own installer, and gives up after PATIENCE_MS in which no byte arrived.
 * @returns {Promise<boolean>}
 */
async function runInstaller() {
  const scratch = mkdtempSync(join(CACHE, 'electron-download-'));
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch };
  delete env.ELECTRON_OVERRIDE_DIST_PATH;
  const installer = spawn(process.execPath, [join(PACKAGE, 'install.js')], { env, stdio: 'ignore' });
  let running = true;
  const ended = new Promise((resolve) => {
    installer.once('error', resolve);
    installer.once('exit', resolve);
  }).then(() => (running = false));
  let bytes = 0;
  let lastProgress = Date.now();
  while (running && Date.now() - lastProgress < PATIENCE_MS) {
    await Promise.race([ended, delay(POLL_MS)]);
    const now = sizeOf(scratch) + sizeOf(join(PACKAGE, 'dist'));
    if (now !== bytes) lastProgress = Date.now();
    bytes = now;
  }
  installer.kill('SIGKILL');
  await ended;
  rmSync(scratch, { recursive: true, force: true });
  return findOfficialElectron() !== undefined;
}

/**
 * Downloads the official binary. A failure is remembered for a day, so that later runs go straight to the fallback.
 * @param {{ retry: boolean }} options retry tries again although the last attempt failed
 * @returns {Promise<boolean>} whether the official binary is there now
 */
export async function downloadOfficialElectron({ retry }) {
  if (!retry && failedRecently()) return false;
  mkdirSync(CACHE, { recursive: true });
  say(`Downloading Electron ${wantedElectronVersion()} from its official release`);
  const done = await runInstaller();
  if (done) rmSync(FAILURE, { force: true });
  else writeFileSync(FAILURE, JSON.stringify({ version: wantedElectronVersion(), at: Date.now() }));
  return done;
}
