import { existsSync } from 'node:fs';
import { capture, isOnPath, runVisible } from './command.mjs';
import { withLock } from './lock.mjs';
import { SetupError, say } from './report.mjs';

/** Debian's names of what Electron links to; newer releases append `t64` to some of them. */
const ELECTRON_PACKAGES = [
  'libnss3',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0',
  'libasound2',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxfixes3',
  'libxrandr2',
  'libpango-1.0-0',
  'libxss1',
  'libxtst6',
  'libnotify4',
];
const DISPLAY_PACKAGES = ['xvfb', 'xauth'];
const MEDIA_PACKAGES = ['ffmpeg'];
/** What some tests use and are skipped without: a keychain, networks of their own, another user. Program: package. */
const EXTRA_PROGRAMS = {
  'gnome-keyring-daemon': 'gnome-keyring',
  'dbus-daemon': 'dbus',
  'dbus-send': 'dbus',
  ip: 'iproute2',
  nft: 'nftables',
  socat: 'socat',
  setpriv: 'util-linux',
  tcpdump: 'tcpdump',
  turnserver: 'coturn',
};

/** Whether windows can be shown here without a virtual display. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/**
 * @param {string} executable
 * @returns {string[]} the shared libraries it needs that are not installed
 */
function missingLibraries(executable) {
  const { stdout } = capture('ldd', [executable]);
  return [...stdout.matchAll(/^\s*(\S+) => not found/gmu)].map((match) => match[1] ?? '');
}

/**
 * @param {SystemNeeds} needs
 * @returns {{ missing: string[], packages: string[] }} what is missing, and the Debian packages that bring it
 */
function survey({ electronPath, display, ffmpeg }) {
  const libraries = electronPath ? missingLibraries(electronPath) : [];
  const xvfb = display && !hasDisplay() && !isOnPath('Xvfb') ? ['Xvfb'] : [];
  const media = ffmpeg ? ['ffmpeg', 'ffprobe'].filter((program) => !isOnPath(program)) : [];
  return {
    missing: [...libraries, ...xvfb, ...media],
    packages: [
      ...(libraries.length > 0 ? ELECTRON_PACKAGES : []),
      ...(xvfb.length > 0 ? DISPLAY_PACKAGES : []),
      ...(media.length > 0 ? MEDIA_PACKAGES : []),
    ],
  };
}

/** @returns {string[]} the Debian packages of the extras that are not there and that we could install */
function missingExtras() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !isOnPath('apt-get')) return [];
  // Where systemd is at work, the package would start a TURN server for everybody, which nobody has asked for.
  const isUnwanted = (/** @type {string} */ program) => program === 'turnserver' && existsSync('/run/systemd/system');
  const missing = Object.entries(EXTRA_PROGRAMS).filter(([program]) => !isOnPath(program) && !isUnwanted(program));
  return [...new Set(missing.map(([, name]) => name))];
}

/**
 * Ubuntu 24.04 and Debian 13 renamed libraries with 64-bit time (libasound2 became libasound2t64).
 * @param {string[]} packages
 * @returns {string[]} the names under which this system's apt knows them
 */
function namesHere(packages) {
  const candidates = packages.flatMap((name) => [name, `${name}t64`]);
  const { stdout } = capture('apt-cache', ['show', '--no-all-versions', ...candidates]);
  const real = new Set([...stdout.matchAll(/^Package: (\S+)$/gmu)].map((match) => match[1]));
  return packages.map((name) => (real.has(name) || !real.has(`${name}t64`) ? name : `${name}t64`));
}

/** @param {string[]} args */
const apt = (args) =>
  runVisible('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    quiet: true,
  });

/** @param {string[]} packages @returns {Promise<boolean>} */
const install = async (packages) =>
  packages.length === 0 || (await apt(['install', '-y', '--no-install-recommends', ...namesHere(packages)])) === 0;

/** @param {SystemNeeds} needs */
async function installOnDebian(needs) {
  const { packages } = survey(needs);
  const extras = needs.extras ? missingExtras() : [];
  if (packages.length + extras.length === 0) return;
  say(`Installing system packages with apt-get: ${[...packages, ...extras].join(' ')}`);
  const failed = (await apt(['update'])) !== 0 || !(await install(packages));
  // By themselves, so that one that cannot be had does not keep anything else away.
  if (!failed) await install(extras);
  const { missing } = survey(needs);
  if (missing.length === 0) return;
  throw new SetupError(`apt-get ${failed ? 'failed' : 'finished'} (see above), still missing: ${missing.join(' ')}`);
}

/**
 * @typedef {object} SystemNeeds
 * @property {string} [electronPath] the Electron whose shared libraries must be there
 * @property {boolean} [display] Xvfb, when there is no display
 * @property {boolean} [ffmpeg] ffmpeg and ffprobe
 * @property {boolean} [extras] what some tests are skipped without; nothing is said when it cannot be installed
 */

/**
 * Makes sure that system libraries and programs are there: installs them on Debian and its relatives as root, otherwise
 * throws a SetupError that says exactly what to install. Does nothing outside Linux, except looking for ffmpeg.
 * @param {SystemNeeds} needs
 */
export async function ensureSystemLibraries(needs) {
  const wanted = process.platform === 'linux' ? needs : { ffmpeg: needs.ffmpeg };
  const { missing, packages } = survey(wanted);
  if (missing.length === 0 && (!wanted.extras || missingExtras().length === 0)) return;
  if (!existsSync('/etc/debian_version') || !isOnPath('apt-get')) {
    throw new SetupError(`Please install with your system's package manager what provides: ${missing.join(' ')}`);
  }
  if (process.getuid?.() !== 0) {
    throw new SetupError(`Please run: sudo apt-get install --no-install-recommends ${namesHere(packages).join(' ')}`);
  }
  await withLock('apt', () => installOnDebian(wanted));
}

/**
 * Installs a program from the Debian package of the same name, where that is possible.
 * @param {string} program
 * @returns {Promise<boolean>} whether it is there now
 */
export async function ensureOptionalProgram(program) {
  if (isOnPath(program)) return true;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !isOnPath('apt-get')) return false;
  say(`Installing a system package with apt-get: ${program}`);
  await withLock('apt', async () => {
    await apt(['update']);
    await install([program]);
  });
  return isOnPath(program);
}
