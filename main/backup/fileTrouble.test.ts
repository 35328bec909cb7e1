import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../vault/testing/vaultFixture';
import { writing } from './fileTrouble';
import { newManifest } from './backupManifest';
import { writeBackup } from './writeBackup';

test.each([
  ['ENOSPC', 'backup/disk-full'],
  ['EDQUOT', 'backup/disk-full'],
  ['EFBIG', 'backup/too-large-for-disk'],
  ['EIO', 'backup/disk-gone'],
  ['ENODEV', 'backup/disk-gone'],
  ['EACCES', 'backup/not-written'],
  ['EROFS', 'backup/not-written'],
])('%s is said as %s', async (code, said) => {
  const failing = writing(() => Promise.reject(Object.assign(new Error(code), { code })));
  await expect(failing).rejects.toMatchObject({ code: said });
});

test('a folder that is gone, and a file that is there already, are said and touched by nothing', async () => {
  const folder = temporaryFolder();
  const key = Buffer.from('{}');
  const manifest = newManifest({
    ...{ appVersion: '0.1.0', createdAt: 1, meetings: 0, recordings: 0, people: 0 },
    files: ['vault.db', 'data-key.json'].map((name) => ({ name, bytes: 2, modifiedAt: 1 })),
  });
  const write = (target: string) =>
    writeBackup(
      { kind: 'write', target, passphrase: 'x', manifest, sources: [key, key], workFactor: 1 },
      () => undefined,
    );
  await expect(write(join(folder, 'gone', 'one.age'))).rejects.toMatchObject({ code: 'backup/disk-gone' });
  writeFileSync(join(folder, 'one.age'), 'mine');
  await expect(write(join(folder, 'one.age'))).rejects.toMatchObject({ code: 'backup/not-written' });
});
