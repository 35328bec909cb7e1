import type { BackupProgress } from '../../common/backup';
import type { BackupManifest } from './backupManifest';
import type { ErrorCode } from '../../common/errors';

/** One job of the process that reads and writes backup files. Passphrases and keys travel in the message, never on a command line. */
export type BackupJob =
  | {
      readonly kind: 'write';
      readonly target: string;
      readonly passphrase: string;
      readonly manifest: BackupManifest;
      /** For each file of the manifest, in its order: where it lies, or what it says. */
      readonly sources: readonly (string | Uint8Array)[];
      /** Less work for the passphrase: tests only. */
      readonly workFactor?: number | undefined;
    }
  | { readonly kind: 'preview'; readonly source: string; readonly passphrase: string }
  | { readonly kind: 'extract'; readonly source: string; readonly passphrase: string; readonly folder: string };

export interface BackupJobResult {
  readonly manifest: BackupManifest;
  /** The size of the backup file. */
  readonly bytes: number;
  /** What came out of an extraction and is not on the disk: the key of the database, and the preferences. */
  readonly small: { readonly dataKey: Uint8Array; readonly preferences: string } | null;
}

/** What the process says: how far it is, and at last what came of it. */
export type BackupMessage =
  | { readonly kind: 'progress'; readonly progress: BackupProgress }
  | { readonly kind: 'done'; readonly result: BackupJobResult }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly reason: string };
