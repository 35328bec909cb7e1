import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runNpm } from './command.mjs';
import { ROOT, fromRoot } from './paths.mjs';
import { SetupError, say } from './report.mjs';

const STAMP = fromRoot('node_modules', '.konklave-lock-sha256');

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockEntry
 */

/** @param {string} file @returns {Record<string, LockEntry>} */
const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/**
 * Whether node_modules already holds what the lock file asks for, so that an `npm install` made by hand is not undone.
 * npm keeps its own record of what it installed; optional packages may be missing (other platforms).
 */
function isInstalledAsLocked() {
  const installedFile = fromRoot('node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = readPackages(installedFile);
  return Object.entries(readPackages(fromRoot('package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return Boolean(wanted.optional ?? wanted.devOptional ?? wanted.peer);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Installs the npm packages exactly as locked when they are missing or the lock file changed. */
export async function ensureDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(fromRoot('package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  if (!isInstalledAsLocked()) {
    say('Installing the npm packages exactly as locked (npm ci), about a minute');
    if ((await runNpm(['ci', '--include=dev', '--loglevel=error'], { cwd: ROOT, quiet: true })) !== 0) {
      throw new SetupError('npm ci failed (see above): check the connection to the npm registry and run this again');
    }
  }
  writeFileSync(STAMP, lock);
}
