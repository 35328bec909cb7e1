import { existsSync, readdirSync } from 'node:fs';
import type * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { saveDocument } from '../../main/documents/documents';
import { writeAccessArchive } from '../../main/privacy/access/accessArchive';
import { accessContent } from '../../main/privacy/access/accessDocument';
import { temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { knownPeople } from '../support/knownPeople';

/** Takes nothing and says that there is no room. See full(4). */
const fullDevice = '/dev/full';

// What is being written goes to that device instead: the system's own error, wherever a write meets it.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const open: typeof real.open = (path, flags, mode) =>
    String(path).endsWith('.part') ? real.open(fullDevice, 'w') : real.open(path, flags, mode);
  return { ...real, open };
});

test.skipIf(!existsSync(fullDevice))('R23: a full disk leaves no half answer and no half document', async () => {
  const { vault, ben, now } = await knownPeople();
  const folder = temporaryFolder();
  const content = accessContent(vault, ben.signer.publicKey, now)!;
  const options = { vault, language: 'en', onProgress: () => undefined, signal: new AbortController().signal } as const;
  const noRoom = { code: 'document/not-written', cause: { code: 'ENOSPC' } };
  await expect(writeAccessArchive(join(folder, 'answer.zip'), content, options)).rejects.toMatchObject(noRoom);
  await expect(saveDocument(join(folder, 'record.pdf'), 'text')).rejects.toMatchObject(noRoom);
  expect(readdirSync(folder)).toEqual([]);
});
