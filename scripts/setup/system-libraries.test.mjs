import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromRoot } from './paths.mjs';

/** A PATH of its own: what is not put there is not installed. @type {string} */
let bin;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'konklave-bin-'));
  for (const tool of ['sh', 'touch', 'chmod', 'cat']) symlinkSync(`/bin/${tool}`, join(bin, tool));
  // An Electron that lacks one library, until apt-get has run; an Ubuntu that knows libasound2 by its newer name only.
  program('ldd', `[ -e ${bin}/installed ] || echo "\tlibasound.so.2 => not found"`);
  program('apt-cache', 'echo "Package: libnss3"; echo "Package: libasound2t64"');
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** @param {string} name @param {string} script */
function program(name, script) {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** @param {object} needs @param {number} uid */
function ensureIn(needs, uid) {
  const script = `
    process.getuid = () => ${uid};
    const { ensureSystemLibraries } = await import(${JSON.stringify(fromRoot('scripts/setup/system-libraries.mjs'))});
    await ensureSystemLibraries(${JSON.stringify(needs)}).catch((error) => { console.error(error.message); process.exitCode = 1; });`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { PATH: bin },
  });
  return { code: result.status, output: result.stdout + result.stderr };
}

const ELECTRON = { electronPath: '/opt/electron' };

describe.skipIf(!existsSync('/etc/debian_version'))('system libraries on Debian and its relatives', () => {
  it('says nothing when nothing is missing', () => {
    program('ldd', 'true');
    expect(ensureIn(ELECTRON, 1000)).toEqual({ code: 0, output: '' });
  });
  it('tells a user in one line what to install, by the names of this release', () => {
    program('apt-get', 'true');
    const { code, output } = ensureIn(ELECTRON, 1000);
    expect(code).toBe(1);
    expect(output).toMatch(/^Please run: sudo apt-get install --no-install-recommends libnss3 .*libasound2t64/u);
    expect(output.trim().split('\n')).toHaveLength(1);
  });
  it('installs as root', () => {
    program('apt-get', `echo "$@" >> ${bin}/calls; touch ${bin}/installed`);
    expect(ensureIn(ELECTRON, 0)).toMatchObject({ code: 0 });
    const calls = readFileSync(join(bin, 'calls'), 'utf8');
    expect(calls).toMatch(/ update\n.* install -y --no-install-recommends libnss3 /u);
    expect(calls).not.toContain('xvfb');
  });
  it('brings a display and ffmpeg when asked', () => {
    const bring = (/** @type {string} */ name) => `touch ${bin}/${name}; chmod +x ${bin}/${name};`;
    program('apt-get', `echo "$@" >> ${bin}/calls; ${bring('Xvfb')} ${bring('ffmpeg')} ${bring('ffprobe')}`);
    expect(ensureIn({ display: true, ffmpeg: true }, 0)).toMatchObject({ code: 0 });
    expect(readFileSync(join(bin, 'calls'), 'utf8')).toContain('xvfb xauth ffmpeg');
  });
  it('brings what some tests are skipped without, and goes on where that cannot be had', () => {
    program('ldd', 'true');
    program('apt-get', `echo "$@" >> ${bin}/calls; case "$*" in *install*) exit 100;; esac`);
    expect(ensureIn({ ...ELECTRON, extras: true }, 0)).toMatchObject({ code: 0 });
    expect(readFileSync(join(bin, 'calls'), 'utf8')).toMatch(/ install .* gnome-keyring dbus iproute2/u);
    expect(ensureIn({ ...ELECTRON, extras: true }, 1000)).toEqual({ code: 0, output: '' });
  });
  it('admits that installing did not help', () => {
    program('apt-get', 'exit 100');
    const { code, output } = ensureIn(ELECTRON, 0);
    expect(code).toBe(1);
    expect(output).toContain('still missing: libasound.so.2');
  });
  it('names the missing libraries where there is no apt', () => {
    const { code, output } = ensureIn(ELECTRON, 0);
    expect(code).toBe(1);
    expect(output).toContain("with your system's package manager what provides: libasound.so.2");
  });
});
