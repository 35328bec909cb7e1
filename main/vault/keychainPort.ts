/** What the vault asks of the operating system's keychain. Implemented over Electron's safeStorage by main/app/keychain.ts. */
export interface KeychainPort {
  /** False also where the keychain would store what it is given in plain. */
  isAvailable(): boolean;
  /** Throws when the keychain refuses. */
  seal(text: string): Buffer;
  /** Throws when the keychain refuses, or when somebody else sealed it. */
  open(sealed: Buffer): string;
}
