import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** Debian's `nobody`: owns nothing, may nothing. */
const NOBODY = 65_534;

/** Starts programs as a user who is not root. */
export interface OrdinaryUser {
  /** A program that starts `executable` as this user, with the arguments it is given. */
  readonly launcher: string;
  /** A folder that this user may write to, and that is their home. */
  readonly home: string;
  dispose(): Promise<void>;
}

/** Why nothing can be started as an ordinary user here, in one line; null when it can. */
export function whyNoOrdinaryUser(executable: string): string | null {
  if (process.platform !== 'linux') return 'only Linux shows what sandbox a process is in';
  if (process.getuid?.() !== 0) return null;
  if (spawnSync('setpriv', ['--version']).status !== 0) return 'setpriv (util-linux) is not installed';
  // Whoever has cloned below /root has a checkout that nobody else may read.
  for (const file of [executable, join(ROOT, 'out', 'main', 'index.js')]) {
    const { status } = spawnSync('setpriv', [...asNobody(), 'test', '-r', file]);
    if (status !== 0) return `an ordinary user may not read ${dirname(file)}`;
  }
  // Chromium's sandbox needs user namespaces for everybody, or a helper that is setuid root (packages bring one).
  const { status } = spawnSync('setpriv', [...asNobody(), 'unshare', '--user', 'true']);
  return status === 0 ? null : 'this kernel gives ordinary users no namespaces, and the Electron at hand is no package';
}

function asNobody(): string[] {
  return [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
}

/** Prepares a home and a launcher; for whoever is an ordinary user already, the executable itself. */
export async function openOrdinaryUser(executable: string): Promise<OrdinaryUser> {
  const home = await mkdtemp(join(tmpdir(), 'konklave-user-'));
  const dispose = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
  if (process.getuid?.() !== 0) return { launcher: executable, home, dispose };
  const launcher = join(home, 'launch.sh');
  const lines = [
    '#!/bin/sh',
    '# Playwright, which runs as root, adds --no-sandbox by itself.',
    'for argument; do shift; [ "$argument" = --no-sandbox ] || set -- "$@" "$argument"; done',
    `exec setpriv ${asNobody().join(' ')} "${executable}" "$@"`,
  ];
  await writeFile(launcher, `${lines.join('\n')}\n`);
  await chmod(launcher, 0o755);
  await chmod(home, 0o777);
  return { launcher, home, dispose };
}
