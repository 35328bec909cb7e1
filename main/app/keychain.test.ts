import { expect, test, vi } from 'vitest';
import { createKeychain } from './keychain';

vi.mock('electron', () => ({ safeStorage: undefined }));

const storage = (available: boolean, backend?: string) => ({
  isEncryptionAvailable: () => available,
  encryptString: (text: string) => Buffer.from(text).reverse(),
  decryptString: (sealed: Buffer) => Buffer.from(sealed).reverse().toString(),
  ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
});

test.each([
  ['linux', true, 'gnome_libsecret', true],
  ['linux', true, 'kwallet6', true],
  ['linux', true, 'basic_text', false],
  ['linux', true, 'unknown', false],
  ['linux', false, 'gnome_libsecret', false],
  ['linux', true, undefined, true],
  ['linux', false, undefined, false],
  ['darwin', true, undefined, true],
  ['win32', true, undefined, true],
  ['win32', false, undefined, false],
] as const)(
  'on %s with encryption %s and backend %s the keychain counts: %s',
  (platform, available, backend, counts) => {
    expect(createKeychain(storage(available, backend), platform).isAvailable()).toBe(counts);
  },
);

test('what it seals it opens', () => {
  const keychain = createKeychain(storage(true), 'darwin');
  const sealed = keychain.seal('secret');
  expect(sealed.toString()).not.toContain('secret');
  expect(keychain.open(sealed)).toBe('secret');
});
