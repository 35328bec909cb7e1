import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CACHE } from './paths.mjs';

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} file */
function tryAcquire(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Removes the lock of a process that died. It is moved away first and looked at again, since another process may have
 * taken over in between.
 * @param {string} file
 * @returns {boolean} whether it was worth a try, so that there is nothing to wait for
 */
function removeAbandoned(file) {
  const aside = `${file}.${process.pid}`;
  try {
    const holder = readFileSync(file, 'utf8');
    if (Number(holder) <= 0 || isAlive(Number(holder))) return false;
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') === holder) rmSync(aside);
    else renameSync(aside, file);
  } catch {
    // released or taken over meanwhile
  }
  return true;
}

/**
 * Runs `work` while no other process in this checkout runs work of the same name; a lock whose owner died is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const file = join(CACHE, `${name}.lock`);
  mkdirSync(dirname(file), { recursive: true });
  while (!tryAcquire(file)) {
    if (!removeAbandoned(file)) await delay(100);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
