import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import { expect, test } from '../support/electron';
import { openOrdinaryUser, whyNoOrdinaryUser } from '../support/ordinaryUser';

const ROOT = resolve(__dirname, '..', '..');

interface ProcessFacts {
  /** What Chromium started it as: `renderer`, `utility`, `gpu-process`, `zygote`. */
  readonly type: string;
  /** 2: every system call passes a filter (seccomp(2)). */
  readonly seccomp: number;
  readonly noNewPrivileges: boolean;
}

/** A file of /proc, or nothing when the process has ended meanwhile. */
function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** What the kernel says about the processes that Chromium's main process has started, and those that they have. */
function chromiumProcesses(browser: number): ProcessFacts[] {
  const statuses = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map((name) => [Number(name), readProc(Number(name), 'status')]),
  );
  const parentOf = (pid: number) => Number(/^PPid:\s+(\d+)$/mu.exec(statuses.get(pid) ?? '')?.[1] ?? 0);
  const descends = (pid: number): boolean => pid === browser || (pid > 1 && descends(parentOf(pid)));
  return [...statuses].flatMap(([pid, status]) => {
    const type = /--type=([a-z-]+)/u.exec(readProc(pid, 'cmdline'))?.[1];
    if (type === undefined || !descends(pid)) return [];
    return [
      {
        type,
        seccomp: Number(/^Seccomp:\s+(\d)$/mu.exec(status)?.[1]),
        noNewPrivileges: /^NoNewPrivs:\s+1$/mu.test(status),
      },
    ];
  });
}

test('started as an ordinary user, every page runs in Chromium’s sandbox', async ({ display }) => {
  const { electronRuntime } = await import('../../scripts/setup/electron-runtime.mjs');
  const executable = electronRuntime().path;
  const reason = whyNoOrdinaryUser(executable);
  test.skip(reason !== null, `not tested: ${reason}`);

  const user = await openOrdinaryUser(executable);
  const profileDir = join(user.home, 'profile');
  const app = await _electron.launch({
    executablePath: user.launcher,
    // No --no-sandbox, as on people's desktops.
    args: [`--user-data-dir=${profileDir}`, ROOT],
    env: { ...(process.env as Record<string, string>), ...display.env, HOME: user.home },
    timeout: 60_000,
  });
  const child = app.process();
  try {
    const page = await app.firstWindow({ timeout: 40_000 });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await app.evaluate(({ app: application }) => application.commandLine.hasSwitch('no-sandbox'))).toBe(false);

    const processes = chromiumProcesses(await app.evaluate(() => process.pid));
    const renderers = processes.filter(({ type }) => type === 'renderer');
    expect(renderers.length, JSON.stringify(processes)).toBeGreaterThan(0);
    expect(renderers.filter(({ seccomp, noNewPrivileges }) => seccomp !== 2 || !noNewPrivileges)).toEqual([]);
  } finally {
    // As the other tests' launcher does: a process that does not end is ended.
    await Promise.race([app.close().catch(() => undefined), delay(10_000, undefined, { ref: false })]);
    child.kill('SIGKILL');
    await user.dispose();
  }
});
