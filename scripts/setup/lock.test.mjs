import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withLock } from './lock.mjs';
import { CACHE } from './paths.mjs';

const name = `lock-test-${process.pid}`;

it('lets one in at a time', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (inside += 1));
    await delay(20);
    inside -= 1;
  };
  await Promise.all([withLock(name, work), withLock(name, work), withLock(name, work)]);
  expect(most).toBe(1);
  expect(existsSync(join(CACHE, `${name}.lock`))).toBe(false);
});

it('takes over from a process that died', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, `${name}.lock`), String(pid));
  expect(await withLock(name, () => Promise.resolve('done'))).toBe('done');
});
