import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';
import { describe, expect, it, vi } from 'vitest';
import { fromRoot } from '../setup/paths.mjs';
import { isInLab, labCommand, whyNoLab } from './lab.mjs';

const lab = pathToFileURL(fromRoot('scripts', 'lib', 'lab.mjs')).href;

/**
 * Runs a script in a Node of its own that has what this file has.
 * @param {string} script
 */
function node(script) {
  const code = `import { spawn } from 'node:child_process'; import { isInLab, labCommand } from '${lab}'; ${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, line: async () => String((await lines.next()).value) };
}

it('is not entered by itself', () => {
  expect(isInLab()).toBe(false);
});

it('says that a program is missing, and its package', () => {
  vi.stubEnv('PATH', '/nowhere');
  const reason = whyNoLab();
  vi.unstubAllEnvs();
  if (process.platform === 'linux') expect(reason).toMatch(/not installed: .*socat.* \(Debian: .*socat/u);
  else expect(reason).not.toBeNull();
});

describe.skipIf(whyNoLab() !== null)('a command in the lab', () => {
  it('has a network of its own, and knows it', async () => {
    const inside = `import { readlinkSync } from 'node:fs'; import { isInLab } from '${lab}'; console.log(isInLab(), readlinkSync('/proc/self/ns/net'))`;
    const [program = '', ...args] = labCommand([process.execPath, '--input-type=module', '-e', inside]);
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const [knows, network] = String(line).split(' ');
    expect(knows).toBe('true');
    expect(network).not.toBe(readlinkSync('/proc/self/ns/net'));
  });

  it('is gone, with what it started, when who started it is killed', async () => {
    // Three generations: the one that is killed, the command in the lab, and what that has put into the background.
    const { child, line } = node(`
      const [program, ...args] = labCommand(['sh', '-c', 'sleep 1000 & echo started; wait']);
      const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      started.stdout.once('data', () => console.log(started.pid));
    `);
    const unshare = await line();
    const [first = ''] = readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8').split(' ');
    expect(existsSync(`/proc/${first}`)).toBe(true);
    child.kill('SIGKILL');
    await expect
      .poll(() => [unshare, first].filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 20_000 })
      .toEqual([]);
  });
});
