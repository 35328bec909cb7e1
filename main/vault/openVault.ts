import { timingSafeEqual } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { createBackups } from './backups';
import { openDatabase } from './database';
import { attempt } from './errors';
import { createErasure } from './erasure';
import { removeDatabase } from './files';
import { makeFolder, type FolderLayout } from './folderLayout';
import { migrations } from './migrations';
import type { Vault } from './repositories';
import { createAssessmentRepository } from './repositories/assessments';
import { createAuditLogRepository } from './repositories/auditLog';
import { createChatRepository } from './repositories/chat';
import { createConfirmationRepository } from './repositories/confirmations';
import { createDeletionLogRepository } from './repositories/deletionLog';
import { createHeldRepository } from './repositories/held';
import { createHoldRepository } from './repositories/holds';
import { createIceSettingsRepository } from './repositories/iceSettings';
import { createIncidentRepository } from './repositories/incidents';
import { createMeetingRepository } from './repositories/meetings';
import { createLockCodeRepository } from './repositories/lockCode';
import { createKeptSeatRepository } from './repositories/keptSeat';
import { createNoticeRepository } from './repositories/notices';
import { createPeopleRepository } from './repositories/people';
import { createObjectionRepository } from './repositories/objections';
import { createProfileRepository } from './repositories/profile';
import { createReceiptRepository } from './repositories/receipts';
import { createRecordingRepository } from './repositories/recordings';
import { createOwnRequestRepository, createPersonRequestRepository } from './repositories/requests';
import { createRegistrationRepository } from './repositories/registrations';
import { createRectificationRepository } from './repositories/rectifications';
import { createRestrictionRepository } from './repositories/restrictions';
import { createRetentionRepository } from './repositories/retention';
import { createSavedBackupRepository } from './repositories/savedBackup';
import { takeSnapshot, type VaultSnapshot } from './snapshot';

/** A vault with the upkeep that whoever opened it calls now and then. */
export interface OpenVault extends Vault {
  /**
   * Finishes erasures that are still to reach the backups, and takes a backup when something changed and the newest one
   * is old enough. Cheap when there is nothing to do. Throws 'vault/disk-full' when there is no room for a backup.
   */
  maintain(): void;
  /** Whether this is the key it was opened with; the key stays the caller's. */
  hasKey(key: Buffer): boolean;
  /** See `takeSnapshot`. */
  snapshot(): VaultSnapshot;
}

export interface OpenVaultOptions {
  readonly layout: FolderLayout;
  /** The vault takes it over and zeroes it when it is closed. */
  readonly key: Buffer;
  readonly now: () => number;
  /** Milliseconds from one backup to the next while things change. */
  readonly backupInterval: number;
}

/**
 * Opens the database with its repositories. After a session that did not end properly (its log is still there) it is
 * checked from end to end, what that session left undone is finished, and a backup is taken. Throws as `openDatabase`
 * does; the key is then still the caller's.
 */
export function openVault({ layout, key, now, backupInterval }: OpenVaultOptions): OpenVault {
  const log = `${layout.database}-wal`;
  const interrupted = existsSync(log) && statSync(log).size > 0;
  const database = openDatabase(layout.database, key, migrations, interrupted);
  try {
    makeFolder(layout.recordings);
    // Left by a restore that was interrupted: a copy of a backup.
    removeDatabase(layout.restoring);
    removeDatabase(layout.saving);
    const backups = createBackups({ folder: layout.backups, database, key, now });
    const erasure = createErasure({ database, backups, layout, clock: now });

    let backedUpChanges = interrupted || backups.newest() === null ? -1 : database.changeCount();
    const takeBackup = () => {
      if (backedUpChanges === database.changeCount()) return;
      backups.take();
      backedUpChanges = database.changeCount();
    };
    const maintain = () => {
      erasure.finish();
      const newest = backups.newest();
      // A clock that was set back must not put backups off for years.
      const age = newest === null ? Infinity : Math.abs(now() - newest);
      if (age >= backupInterval) takeBackup();
    };

    erasure.finish();
    // A backup that cannot be made must neither keep a vault shut nor keep it open; the upkeep reports it.
    attempt(takeBackup);
    const deletionLog = createDeletionLogRepository(database, now);
    return {
      profile: createProfileRepository(database),
      keptSeat: createKeptSeatRepository(database),
      people: createPeopleRepository(database, erasure, deletionLog),
      meetings: createMeetingRepository(database, erasure, deletionLog),
      chat: createChatRepository(database, erasure, deletionLog),
      receipts: createReceiptRepository(database, erasure, deletionLog, now),
      confirmations: createConfirmationRepository(database),
      recordings: createRecordingRepository(database, erasure, deletionLog),
      registrations: createRegistrationRepository(database, erasure, deletionLog),
      retention: createRetentionRepository(database),
      iceSettings: createIceSettingsRepository(database),
      holds: createHoldRepository(database, deletionLog),
      deletionLog,
      personRequests: createPersonRequestRepository(database, erasure, deletionLog),
      ownRequests: createOwnRequestRepository(database, erasure, deletionLog),
      auditLog: createAuditLogRepository(database, now),
      assessments: createAssessmentRepository(database),
      incidents: createIncidentRepository(database, erasure, deletionLog),
      lockCode: createLockCodeRepository(database),
      notices: createNoticeRepository(database, now),
      savedBackup: createSavedBackupRepository(database),
      held: createHeldRepository(database, erasure, deletionLog),
      objections: createObjectionRepository(database, erasure),
      restrictions: createRestrictionRepository(database),
      rectifications: createRectificationRepository(database, erasure),
      recordingsFolder: layout.recordings,
      maintain,
      hasKey: (other) => other.byteLength === key.byteLength && timingSafeEqual(other, key),
      snapshot: () => takeSnapshot({ layout, database, erasure, key }),
      close: () => {
        if (!database.isOpen()) return;
        attempt(() => {
          erasure.finish();
          takeBackup();
        });
        database.close();
        key.fill(0);
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
