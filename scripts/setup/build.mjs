import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVisible } from './command.mjs';
import { electronEnvironment } from './electron-runtime.mjs';
import { withLock } from './lock.mjs';
import { ROOT, fromRoot } from './paths.mjs';
import { SetupError, say } from './report.mjs';

const SOURCES = ['common', 'main', 'preload', 'renderer', 'resources'];
const SOURCE_FILES = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
const STAMP = fromRoot('out', '.build-sha256');
const TEST = /\.test\.tsx?$/u;

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !TEST.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * A hash of everything the build depends on; unlike times it survives checkouts, clock changes and edits made while a
 * build runs.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 */
function sourcesHash(runtime) {
  const files = [...SOURCES.flatMap((name) => filesIn(fromRoot(name))), ...SOURCE_FILES.map((name) => fromRoot(name))];
  const hash = createHash('sha256').update(`electron ${runtime.major}\n`);
  for (const file of files.toSorted()) {
    const content = existsSync(file) ? readFileSync(file) : '';
    hash.update(`${file.slice(ROOT.length)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} hash */
const isBuilt = (hash) => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;

/**
 * Builds `out/` for the given Electron when a source changed since the last build.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 * @param {{ force?: boolean }} [options]
 */
export async function ensureBuild(runtime, { force = false } = {}) {
  if (!force && isBuilt(sourcesHash(runtime))) return;
  await withLock('build', async () => {
    const hash = sourcesHash(runtime);
    if (!force && isBuilt(hash)) return;
    say('Building the app (electron-vite build)');
    const tool = fromRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const args = [tool, 'build', '--logLevel', 'warn'];
    const env = { ...process.env, ...electronEnvironment(runtime) };
    if ((await runVisible(process.execPath, args, { cwd: ROOT, env })) !== 0) {
      throw new SetupError('The build failed, see above');
    }
    writeFileSync(STAMP, hash);
  });
}
