import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const PROGRAMS = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'] as const;

/** Why there is no keychain to test with, in one line; null when there is one. */
export function whyNoKeyring(): string | null {
  if (process.platform !== 'linux') return 'the keychain of this system belongs to whoever is signed in';
  const missing = PROGRAMS.filter((name) => spawnSync(name, ['--version']).error !== undefined);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

/** A keychain of its own: a private session bus with an unlocked GNOME keyring on it. */
export interface Keyring {
  /** What to add to a program's environment so that it uses this keychain. */
  readonly env: Record<string, string>;
  close(): Promise<void>;
}

/** Starts a keychain. Rejects when it is not there after ten seconds. */
export async function openKeyring(): Promise<Keyring> {
  const home = await mkdtemp(join(tmpdir(), 'konklave-keyring-'));
  const runtime = join(home, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const own = { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_RUNTIME_DIR: runtime };
  const children: ChildProcess[] = [];
  const close = async () => {
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  try {
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nosyslog', '--print-address'], {
      env: { ...process.env, ...own },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(bus);
    const [address] = (await once(createInterface({ input: bus.stdout }), 'line')) as [string];
    const env = { ...own, DBUS_SESSION_BUS_ADDRESS: address };

    const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    children.push(daemon);
    daemon.stdin.end('a login passphrase');
    await offersSecrets(env);
    return { env, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function offersSecrets(env: Record<string, string>): Promise<void> {
  const question = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'];
  const args = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', ...question];
  const deadline = Date.now() + 10_000;
  while (!spawnSync('dbus-send', args, { env: { ...process.env, ...env }, encoding: 'utf8' }).stdout.includes('true')) {
    if (Date.now() > deadline) throw new Error('the keyring did not appear on its bus');
    await delay(50);
  }
}
