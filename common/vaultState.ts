/** A copy of the database that can be restored. */
export interface BackupInfo {
  readonly id: string;
  readonly takenAt: number;
  readonly bytes: number;
}

export type VaultProtection = 'keychain' | 'passphrase';

/**
 * - `new`: nothing stored yet; `protection` says what creating one will need;
 * - `locked`: a passphrase is needed;
 * - `damaged`: it exists and cannot be read; nothing is changed until the person chooses a backup;
 * - `open`.
 */
export type VaultState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'new'; readonly protection: VaultProtection }
  | { readonly phase: 'locked' }
  | {
      readonly phase: 'damaged';
      readonly reason: 'database' | 'key' | 'newer-version';
      readonly backups: readonly BackupInfo[];
    }
  | { readonly phase: 'open'; readonly protection: VaultProtection };

/** The person at this installation, as others will see them. */
export interface Profile {
  readonly name: string;
  /** Who to turn to about data protection: e-mail, telephone or postal address; may be empty. */
  readonly contact: string;
  /** Who the data protection officer is and how to reach them (Art. 13 (1) (b) GDPR); empty where nobody is named. */
  readonly officerContact: string;
  readonly identityKey: string;
}
