import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KeychainPort } from '../keychainPort';
import type { KdfParameters } from '../passphrase';
import type { StoredRecording, StoredTrack, Vault } from '../repositories';
import { createVaultManager, type VaultManager, type VaultManagerOptions } from '../vaultManager';

export { decryptedLog, decryptedPages } from './decryptedPages';

/** The cheapest work the bounds allow: tests open many vaults. */
export const quickKdf: KdfParameters = { name: 'argon2id', memoryKiB: 8_192, iterations: 1, parallelism: 1 };

export const passphrase = 'correct horse battery';

/** An empty folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vault-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A keychain in memory. It hands out tokens, so that nothing of what it keeps is in what it returns. */
export function memoryKeychain(): KeychainPort & { available: boolean; refusing: boolean } {
  const kept = new Map<string, string>();
  return {
    available: true,
    refusing: false,
    isAvailable() {
      return this.available;
    },
    seal(text) {
      if (this.refusing) throw new Error('The keychain is locked');
      const token = randomBytes(16);
      kept.set(token.toString('hex'), text);
      return token;
    },
    open(sealed) {
      const text = kept.get(sealed.toString('hex'));
      if (this.refusing || text === undefined) throw new Error('The keychain is locked');
      return text;
    },
  };
}

export interface Fixture {
  readonly folder: string;
  readonly keychain: ReturnType<typeof memoryKeychain>;
  /** Settable clock. */
  readonly clock: { now: number };
  /** Every random value handed out: the first one of a creation is the database key. */
  readonly drawn: Buffer[];
  /** A new manager over the same folder, as after a restart. It is closed when the test is over. */
  manager(): VaultManager;
}

/** A folder with all that a manager needs. */
export function vaultFixture(overrides: Partial<VaultManagerOptions> = {}): Fixture {
  const folder = overrides.folder ?? temporaryFolder();
  const keychain = memoryKeychain();
  const clock = { now: Date.UTC(2026, 0, 5, 9) };
  const drawn: Buffer[] = [];
  return {
    folder,
    keychain,
    clock,
    drawn,
    manager: () => {
      const manager = createVaultManager({
        folder,
        keychain,
        now: () => clock.now,
        randomBytes: (count) => {
          const bytes = randomBytes(count);
          // A copy, for the vault zeroes its own.
          drawn.push(Buffer.from(bytes));
          return bytes;
        },
        kdf: quickKdf,
        ...overrides,
      });
      onTestFinished(() => manager.close());
      return manager;
    },
  };
}

/** A manager with a new, open vault under the keychain. */
export async function openFixture(fixture: Fixture): Promise<{ manager: VaultManager; vault: Vault }> {
  const manager = fixture.manager();
  await manager.start();
  if (manager.state().phase === 'new') {
    await manager.create({ name: 'Ada Lovelace', contact: 'ada@example.org', passphrase: null });
  }
  return { manager, vault: manager.vault() };
}

/** Every file below a folder, with its bytes. */
export function allFiles(folder: string): readonly { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? allFiles(path) : [{ path, bytes: readFileSync(path) }];
  });
}

/** The ways in which 32 bytes could stand in a file. */
export function spellings(key: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(key);
  const hex = bytes.toString('hex');
  return [
    bytes,
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
    Buffer.from(bytes.toString('base64').slice(0, 42)),
    Buffer.from(bytes.toString('base64url').slice(0, 42)),
  ];
}

/** 16 random bytes as base64url: an id. */
export function newId(): string {
  return randomBytes(16).toString('base64url');
}

/** Adds a recording with tracks of the given number; returns ids and keys. */
export function addRecording(vault: Vault, trackCount: number, changes: Partial<StoredRecording> = {}) {
  const recording: StoredRecording = {
    id: newId(),
    meetingId: newId(),
    title: 'Weekly',
    purpose: 'Minutes of the works council',
    retentionDays: 14,
    phase: 'recording',
    startedAt: 1_000,
    endedAt: null,
    clipRetentionDays: null,
    ...changes,
  };
  vault.recordings.create(recording);
  const tracks = Array.from({ length: trackCount }, () => {
    const track = newTrack(recording.id);
    const key = randomBytes(32);
    vault.recordings.addTrack(track, key);
    return { track, key };
  });
  return { recording, tracks };
}

/** A track that is being written. */
export function newTrack(recordingId: string, changes: Partial<StoredTrack> = {}): StoredTrack {
  return {
    id: newId(),
    recordingId,
    participantId: newId(),
    identityKey: randomBytes(32).toString('base64url'),
    kind: 'audio',
    mimeType: 'audio/webm;codecs=opus',
    offsetMs: 250,
    durationMs: null,
    fileName: `${newId()}.sealed`,
    bytes: 0,
    phase: 'writing',
    ...changes,
  };
}
