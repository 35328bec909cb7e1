import type { Language } from './meeting/models';

/** What a backup file says about itself, before it is restored. */
export interface BackupPreview {
  readonly createdAt: number;
  readonly appVersion: string;
  readonly meetings: number;
  readonly recordings: number;
  readonly people: number;
  /** How much comes out of it. */
  readonly bytes: number;
  /** What is here now and would be replaced by it; null when nothing is, or when nobody can say. */
  readonly here: KeptHere | null;
  /** Who keeps the key afterwards: with `passphrase` one has to be chosen. */
  readonly protection: 'keychain' | 'passphrase';
}

/** What an open vault holds. */
export interface KeptHere {
  readonly meetings: number;
  readonly recordings: number;
  readonly people: number;
}

export interface SavedBackup {
  readonly fileName: string;
  readonly bytes: number;
  /** Stretches of recordings whose files were not found, and are not in it. */
  readonly missing: number;
}

export interface BackupProgress {
  readonly step: 'writing' | 'checking' | 'reading';
  /** In bytes. */
  readonly done: number;
  readonly total: number;
}

/** What deleting everything would take. */
export interface WipePreview {
  /** Null: the vault is not open, and nobody can say. */
  readonly here: KeptHere | null;
  /** On the disk. */
  readonly bytes: number;
}

/** What has to be typed before everything is deleted. */
export const wipeWords = { de: 'LÖSCHEN', en: 'DELETE' } as const satisfies Record<Language, string>;
