import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyFuses, fuses, readFuses } from '../../scripts/package/fuses.mjs';
import { electronRuntime } from '../../scripts/setup/electron-runtime.mjs';

const run = promisify(execFile);

/** The real runtime, copied, with the fuses a package gets. */
describe('fuses of a packaged app', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'konklave-fuses-'));
  const original = electronRuntime().path;
  const executable = path.join(folder, path.basename(original));
  let applied: Record<string, string> = {};

  beforeAll(async () => {
    cpSync(path.dirname(original), folder, { recursive: true });
    applied = await applyFuses(executable);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are all as stated, read back from the executable', () => {
    for (const fuse of fuses)
      expect([fuse.name, applied[fuse.name]]).toEqual([
        fuse.name,
        expect.stringMatching(fuse.on ? /^(on|absent)$/ : /^(off|absent)$/),
      ]);
    expect(Object.values(applied).filter((state) => state === 'absent').length).toBeLessThanOrEqual(1);
  });

  it('stop ELECTRON_RUN_AS_NODE, which the unfused runtime obeys', async () => {
    expect((await readFuses(original))['RunAsNode']).toBe('on');
    const asNode = async (file: string): Promise<string> => {
      const result = await run(file, ['-e', 'console.log("ran as node")'], {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        timeout: 20_000,
      }).catch((error: unknown) => ({ stdout: (error as { stdout?: string }).stdout ?? '' }));
      return result.stdout;
    };
    expect(await asNode(original)).toContain('ran as node');
    expect(await asNode(executable)).not.toContain('ran as node');
  });
});
