import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleTool } from '../lib/tool.mjs';

/** The one file, alone in a folder: nothing of the checkout can help it. */
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'konklave-relay-'));
  copyFileSync(await bundleTool('scripts/tools/rendezvous.ts'), join(folder, 'rendezvous.js'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const env = { PATH: process.env['PATH'] };
  const child = spawn(process.execPath, ['rendezvous.js', ...args], { cwd: folder, env });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  return { child, lines, exit: once(child, 'close').then(([code]) => code as number) };
}

test('runs with Node alone, says that it is well, writes nothing down, and ends when it is told to', async () => {
  const { child, lines, exit } = run('--port', '0', '--host', '127.0.0.1', '--status-port', '0');
  await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(2);
  const [, url] = /(http:\S+)\/health/.exec(lines[1]!) ?? [];
  expect(await (await fetch(`${url}/health`)).text()).toBe('ok\n');
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('konklave_relay_rooms 0');
  expect(lines[0]).toMatch(/port [1-9]\d*\.$/);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(lines).toHaveLength(2);
  expect(readdirSync(folder)).toEqual(['rendezvous.js']);
});

test.each([
  [],
  ['--port'],
  ['--port', '65536'],
  ['--port', '1', '--other', 'x'],
  ['--port', '0', '--status-port', '-1'],
])('is told how to be started: %j %j %j %j', async (...args) => {
  const { lines, exit } = run(...args);
  expect(await exit).toBe(1);
  expect(lines).toEqual([expect.stringMatching(/^Usage: /)]);
});

test('says so when a port is taken, also that of its health', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const taken = String((other.address() as AddressInfo).port);
  const host = ['--host', '127.0.0.1'];
  for (const args of [
    ['--port', taken, ...host],
    ['--port', '0', ...host, '--status-port', taken],
  ]) {
    const { lines, exit } = run(...args);
    expect(await exit).toBe(1);
    expect(lines).toEqual([expect.stringContaining('cannot listen (EADDRINUSE)')]);
  }
  other.close();
});
