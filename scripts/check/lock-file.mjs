// npm ci refuses a lock file in which an optional package is missing, and npm leaves one out when the registry at hand
// does not have it (binaries for other platforms). It must also name no address: each package comes from the registry that
// whoever installs has set (.npmrc: omit-lockfile-registry-resolved), and an address would be another source.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../setup/paths.mjs';
import { report } from './sources.mjs';

/**
 * @typedef {{ resolved?: string, optionalDependencies?: Record<string, string> }} LockEntry
 */

/**
 * @param {{ packages: Record<string, LockEntry> }} lock
 * @returns {string[]} complaints
 */
export function checkLockFile({ packages }) {
  return Object.entries(packages).flatMap(([path, { resolved, optionalDependencies }]) => {
    const foreign = resolved === undefined ? [] : [`${path} comes from ${resolved}`];
    const missing = Object.keys(optionalDependencies ?? {})
      .filter((name) => !(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages))
      .map((name) => `${path} may need ${name}, which has no entry`);
    return [...foreign, ...missing];
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  report(checkLockFile(JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8'))));
}
