import fc from 'fast-check';
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DomainError } from '../../common/errors';
import { keyFileNames, readKeyFile, writeKeyFile, type SealedKey } from './keyFile';
import { openWithKeychain, sealWithKeychain, unwrapWithPassphrase, wrapWithPassphrase } from './keyring';
import { deriveKey, recommendedKdf } from './passphrase';
import { memoryKeychain, passphrase, quickKdf, spellings, temporaryFolder } from './testing/vaultFixture';

type WrappedKey = Extract<SealedKey, { protection: 'passphrase' }>;
const key = randomBytes(32);
const wrap = async (words = passphrase) => (await wrapWithPassphrase(key, words, quickKdf, randomBytes)) as WrappedKey;

test('a passphrase opens what it wrapped, however its letters were typed', async () => {
  const wrapped = await wrap('Zürcher Straße ﬁn');
  expect(await unwrapWithPassphrase(wrapped, 'Zu\u0308rcher Straße fin')).toEqual(key);
  await expect(unwrapWithPassphrase(wrapped, 'Zurcher Straße fin')).rejects.toMatchObject({
    code: 'vault/passphrase-wrong',
  });
});

test('ten characters after normalising are enough, nine are not', async () => {
  await expect(wrap('123456789')).rejects.toMatchObject({ code: 'vault/passphrase-weak' });
  // Nine astral characters are eighteen UTF-16 units, and nine letters with combining marks are eighteen as well.
  await expect(wrap('😀'.repeat(9))).rejects.toMatchObject({ code: 'vault/passphrase-weak' });
  await expect(wrap('u\u0308'.repeat(9))).rejects.toMatchObject({ code: 'vault/passphrase-weak' });
  await wrap('1234567890');
});

test('every part of a wrapped key is authenticated', async () => {
  const wrapped = await wrap();
  const other = await wrap();
  const forgeries: WrappedKey[] = [
    { ...wrapped, salt: other.salt },
    { ...wrapped, nonce: other.nonce },
    { ...wrapped, wrapped: other.wrapped },
    { ...wrapped, kdf: { ...quickKdf, iterations: 2 } },
    { ...wrapped, kdf: { ...quickKdf, memoryKiB: 8_193 } },
  ];
  for (const forged of forgeries) {
    await expect(unwrapWithPassphrase(forged, passphrase)).rejects.toMatchObject({ code: 'vault/passphrase-wrong' });
  }
  expect(await unwrapWithPassphrase(wrapped, passphrase)).toEqual(key);
});

test('the work asked of a passphrase is the second recommendation of RFC 9106', async () => {
  expect(recommendedKdf).toEqual({ name: 'argon2id', memoryKiB: 64 * 1024, iterations: 3, parallelism: 4 });
  // From the reference implementation: argon2 -id -t 2 -k 65536 -p 1, password "password", salt "somesalt".
  const kdf = { name: 'argon2id', memoryKiB: 65_536, iterations: 2, parallelism: 1 } as const;
  const hash = await deriveKey('password', Buffer.from('somesalt'), kdf);
  expect(hash.toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
});

test('the wrapping is plain AES-256-GCM, so that a rescue tool can be written from its description', async () => {
  const wrapped = await wrap();
  const wrappingKey = await deriveKey(passphrase, Buffer.from(wrapped.salt, 'base64url'), quickKdf);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, Buffer.from(wrapped.nonce, 'base64url'));
  cipher.setAAD(Buffer.from(`["konklave-key",1,"argon2id",8192,1,1,"${wrapped.salt}","${wrapped.nonce}"]`));
  const expected = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  expect(wrapped.wrapped).toBe(expected.toString('base64url'));
});

test('a keychain that is missing, refuses or answers nonsense is refused', () => {
  const keychain = memoryKeychain();
  const sealed = sealWithKeychain(key, keychain) as Extract<SealedKey, { protection: 'keychain' }>;
  expect(openWithKeychain(sealed, keychain)).toEqual(key);
  const refused = expect.objectContaining({ code: 'vault/keychain-refused' });
  expect(() => openWithKeychain(sealed, memoryKeychain())).toThrow(refused);
  expect(() => openWithKeychain(sealed, { ...keychain, open: () => 'c2hvcnQ' })).toThrow(refused);
  keychain.available = false;
  expect(() => openWithKeychain(sealed, keychain)).toThrow(refused);
  expect(() => sealWithKeychain(key, keychain)).toThrow(refused);
});

test('neither key file holds the key or the passphrase', async () => {
  const folder = temporaryFolder();
  writeKeyFile(folder, await wrap());
  for (const name of keyFileNames) {
    const bytes = readFileSync(join(folder, name));
    expect([...spellings(key), Buffer.from(passphrase)].filter((spelling) => bytes.includes(spelling))).toEqual([]);
  }
  expect(readKeyFile(folder)?.complete).toBe(true);
});

test('a key file of a newer program says so', async () => {
  const folder = temporaryFolder();
  expect(readKeyFile(folder)).toBeNull();
  for (const name of keyFileNames) writeFileSync(join(folder, name), '{"format":"konklave-key","version":2,"new":1}');
  expect(() => readKeyFile(folder)).toThrow('vault/newer-version');
});

/** A file with a right checksum around whatever a forger puts in. */
function forge(folder: string, content: object): void {
  const checksum = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
  const file = { format: 'konklave-key', version: 1, key: content, checksum };
  for (const name of keyFileNames) writeFileSync(join(folder, name), JSON.stringify(file));
}

test('a forged file cannot ask for more work than the bounds allow', async () => {
  const folder = temporaryFolder();
  const honest = await wrap();
  forge(folder, honest);
  expect(readKeyFile(folder)?.key).toEqual(honest);
  const demands = [
    { memoryKiB: 100 * 1024 * 1024 },
    { memoryKiB: 1024 },
    { memoryKiB: 8_192.5 },
    { iterations: 1_000_000 },
    { iterations: 0 },
    { parallelism: 4_096 },
    { name: 'pbkdf2' },
    { extra: 1 },
  ];
  for (const demand of demands) {
    forge(folder, { ...honest, kdf: { ...honest.kdf, ...demand } });
    expect({ demand, code: codeOf(() => readKeyFile(folder)) }).toEqual({ demand, code: 'vault/key-missing' });
  }
  for (const part of [{ salt: '' }, { salt: `${honest.salt}A` }, { nonce: honest.salt }, { wrapped: honest.salt }]) {
    forge(folder, { ...honest, ...part });
    expect({ part, code: codeOf(() => readKeyFile(folder)) }).toEqual({ part, code: 'vault/key-missing' });
  }
});

test('whatever bytes stand in the key files, reading them ends in a key or in a domain error', () => {
  const folder = temporaryFolder();
  const json = fc.json().map((text) => Buffer.from(text));
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(fc.oneof(json, bytes), fc.oneof(json, bytes), (one, other) => {
      writeFileSync(join(folder, keyFileNames[0]), one);
      writeFileSync(join(folder, keyFileNames[1]), other);
      expect(codeOf(() => readKeyFile(folder))).toBe('vault/key-missing');
    }),
    { numRuns: 300 },
  );
});

test('whichever byte of a key file is changed, it is noticed', async () => {
  const folder = temporaryFolder();
  const original = await wrap();
  writeKeyFile(folder, original);
  const text = readFileSync(join(folder, keyFileNames[0]));
  fc.assert(
    fc.property(fc.nat(text.byteLength - 1), fc.integer({ min: 1, max: 255 }), (position, mask) => {
      const changed = Buffer.from(text);
      changed.writeUInt8(changed.readUInt8(position) ^ mask, position);
      for (const name of keyFileNames) writeFileSync(join(folder, name), changed);
      const code = codeOf(() => expect(readKeyFile(folder)?.key).toEqual(original));
      // White space may change without meaning anything, and a higher version number is somebody else's file.
      expect(['none', 'vault/key-missing', 'vault/newer-version']).toContain(code);
    }),
    { numRuns: 500 },
  );
});

test('a folder in the place of a key file, or an endless file, is a broken key file', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, keyFileNames[0]));
  writeFileSync(join(folder, keyFileNames[1]), ' '.repeat(100_000));
  expect(() => readKeyFile(folder)).toThrow('vault/key-missing');
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'none';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
