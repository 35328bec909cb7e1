// The Electron fuses of a packaged Konklave, stated one by one. Applied to the executable before it is signed.
// https://www.electronjs.org/docs/latest/tutorial/fuses
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

// The bytes of a fuse wire: ASCII 1 and 0. @electron/fuses does not export its names for them.
const enabled = 0x31;
const disabled = 0x30;

/** Each fuse with the state we ship and why. */
export const fuses = [
  {
    name: 'RunAsNode',
    option: FuseV1Options.RunAsNode,
    on: false,
    why: 'the signed app is no general Node interpreter',
  },
  { name: 'EnableCookieEncryption', option: FuseV1Options.EnableCookieEncryption, on: true, why: 'no cookie in plain' },
  {
    name: 'EnableNodeOptionsEnvironmentVariable',
    option: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    on: false,
    why: 'NODE_OPTIONS cannot load code into main',
  },
  {
    name: 'EnableNodeCliInspectArguments',
    option: FuseV1Options.EnableNodeCliInspectArguments,
    on: false,
    why: '--inspect cannot attach a debugger to main',
  },
  {
    name: 'EnableEmbeddedAsarIntegrityValidation',
    option: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    on: true,
    why: 'a changed app.asar does not start (macOS, Windows)',
  },
  {
    name: 'OnlyLoadAppFromAsar',
    option: FuseV1Options.OnlyLoadAppFromAsar,
    on: true,
    why: 'no app folder beside the archive',
  },
  {
    name: 'LoadBrowserProcessSpecificV8Snapshot',
    option: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    on: false,
    why: 'we ship no snapshot of our own',
  },
  {
    name: 'GrantFileProtocolExtraPrivileges',
    option: FuseV1Options.GrantFileProtocolExtraPrivileges,
    on: false,
    why: 'pages come from app://, never from file://',
  },
];

/**
 * Sets every fuse the executable has and returns what is then in it, read back: `{ name: 'on' | 'off' | 'absent' }`.
 * An older runtime lacks the newest fuses; those are `absent`.
 *
 * @param {string} executable
 * @returns {Promise<Record<string, 'on' | 'off' | 'absent'>>}
 */
export async function applyFuses(executable) {
  const present = await getCurrentFuseWire(executable);
  const known = fuses.filter((fuse) => present[fuse.option] !== undefined);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    ...Object.fromEntries(known.map((fuse) => [fuse.option, fuse.on])),
  });
  return readFuses(executable);
}

/**
 * @param {string} executable
 * @returns {Promise<Record<string, 'on' | 'off' | 'absent'>>}
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  return Object.fromEntries(
    fuses.map((fuse) => {
      const state = wire[fuse.option];
      if (Number(state) === enabled) return [fuse.name, 'on'];
      return [fuse.name, Number(state) === disabled ? 'off' : 'absent'];
    }),
  );
}
