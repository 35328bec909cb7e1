import { DomainError } from '../../common/errors';
import type { LockMinutes } from '../../common/lock';
import type { ToldNotice } from '../../common/privacy/notice';
import type { PrivacyFacts } from '../../common/privacy/facts';
import type { VaultState } from '../../common/vaultState';
import { listBackups } from '../vault/backups';
import { folderLayout } from '../vault/folderLayout';
import type { Vault } from '../vault/repositories';
import { leftRegistration } from './registrations/leftRegistration';

export interface PrivacyFactsOptions {
  readonly vault: () => Vault;
  readonly state: () => VaultState;
  /** The vault's folder. */
  readonly folder: string;
  readonly notice: () => ToldNotice;
  readonly locksAfter: () => LockMinutes;
}

/** Reads what is really set, now. Throws `vault/locked`. */
export function privacyFacts({ vault, state, folder, notice, locksAfter }: PrivacyFactsOptions): () => PrivacyFacts {
  return () => {
    const now = state();
    if (now.phase !== 'open') throw new DomainError('vault/locked');
    const { facts, version } = notice();
    return {
      notice: facts,
      noticeVersion: version,
      leftRegistration: leftRegistration(vault()),
      retention: vault().retention.periods(),
      protection: now.protection,
      locksAfter: locksAfter(),
      backedUpAt: listBackups(folderLayout(folder).backups)[0]?.takenAt ?? null,
    };
  };
}
