import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Display } from '../../scripts/lib/display.mjs';

const ROOT = resolve(__dirname, '..', '..');

/**
 * Starts the app on a profile on which it is running already, as a click on an invite link does. Resolves with the exit
 * code when that second process has ended, which it should do by itself.
 */
export async function startAgain(profileDir: string, display: Display, args: readonly string[] = []): Promise<number> {
  const { electronFlags, electronRuntime } = await import('../../scripts/setup/electron-runtime.mjs');
  const child = spawn(electronRuntime().path, [...electronFlags(), `--user-data-dir=${profileDir}`, ROOT, ...args], {
    env: { ...process.env, ...display.env },
    stdio: 'ignore',
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? -1;
}
