import { safeStorage } from 'electron';
import type { KeychainPort } from '../vault/keychainPort';

type SafeStorage = Pick<typeof safeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> & {
  /** Linux only, and not in Electron 25. */
  readonly getSelectedStorageBackend?: () => string;
};

/**
 * The operating system's keychain, by Electron's safeStorage. To be asked only after the app is ready.
 *
 * On Linux the backend `basic_text` "encrypts" with a password that is in Chromium's source: it counts as no keychain.
 * Where Electron cannot name the backend (25) there is no `basic_text` either: `isEncryptionAvailable` is false then.
 * https://www.electronjs.org/docs/latest/api/safe-storage
 */
export function createKeychain(
  storage: SafeStorage = safeStorage,
  platform: NodeJS.Platform = process.platform,
): KeychainPort {
  return {
    isAvailable: () => {
      if (!storage.isEncryptionAvailable()) return false;
      if (platform !== 'linux') return true;
      // 'unknown' means that the app is not ready yet.
      const backend = storage.getSelectedStorageBackend?.();
      return backend !== 'basic_text' && backend !== 'unknown';
    },
    seal: (text) => storage.encryptString(text),
    open: (sealed) => storage.decryptString(sealed),
  };
}
