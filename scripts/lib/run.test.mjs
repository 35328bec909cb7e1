import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, vi } from 'vitest';
import { fromRoot } from '../setup/paths.mjs';
import { run } from './run.mjs';

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('run', () => {
  it('tells the exit code and collects both outputs', async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 3;";
    const { code, output } = await run(process.execPath, ['-e', script], { collect: true });
    expect(code).toBe(3);
    expect(output.split('\n').toSorted()).toEqual(['err', 'out']);
  });
  it('is a failure when the command does not exist', async () => {
    expect(await run('/nowhere/at/all', [], { collect: true })).toMatchObject({ code: 1 });
  });
  it.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT', 'SIGHUP'])(
    'takes grandchildren along when %s ends us',
    async (signal) => {
      const grandchild = 'console.log(process.pid); setInterval(() => {}, 1000);';
      const child = `const { spawn } = require('node:child_process'); spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' });`;
      const parent = `
        const { run } = await import(${JSON.stringify(fromRoot('scripts/lib/run.mjs'))});
        await run(process.execPath, ['-e', ${JSON.stringify(child)}]);`;
      const started = spawn(process.execPath, ['--input-type=module', '-e', parent], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(createInterface({ input: started.stdout }), 'line');
      const pid = Number(line);
      expect(isAlive(pid)).toBe(true);
      started.kill(/** @type {NodeJS.Signals} */ (signal));
      const [code] = await once(started, 'exit');
      expect(code).toBeGreaterThan(128);
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5000);
    },
  );
});
