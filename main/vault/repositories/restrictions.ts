import { DomainError } from '../../../common/errors';
import type { Restriction } from '../../../common/privacy/personStanding';
import type { HoldTarget } from '../../../common/retention';
import type { Database } from '../database';
import type { RestrictionRepository } from '../repositories';

/** Whose data may only be stored, in the open database. */
export function createRestrictionRepository(database: Database): RestrictionRepository {
  return {
    set: ({ identityKey, ground, since }) => {
      // Restricted already: another ground, since the same day.
      database.run(
        `INSERT INTO restrictions (identity_key, ground, since) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET ground = excluded.ground`,
        [identityKey, ground, since],
      );
    },
    lift: (identityKey) => database.run('DELETE FROM restrictions WHERE identity_key = ?', [identityKey]).changes > 0,
    of: (identityKey) =>
      database.get<Restriction>('SELECT ground, since FROM restrictions WHERE identity_key = ?', [identityKey]) ?? null,
    keys: () => restrictedKeys(database),
    inside: (target) => holdsRestricted(database, target),
  };
}

/** Of whom everything may only be stored. */
export function restrictedKeys(database: Pick<Database, 'all'>): ReadonlySet<string> {
  const rows = database.all<{ identityKey: string }>('SELECT identity_key AS identityKey FROM restrictions');
  return new Set(rows.map(({ identityKey }) => identityKey));
}

const concerned: Readonly<Record<HoldTarget['kind'], string>> = {
  recording: "SELECT identity_key FROM tracks WHERE recording_id = ? AND phase <> 'erased'",
  chat: `SELECT identity_key FROM meeting_people WHERE meeting_id = ?
         UNION SELECT sender_key FROM chat WHERE meeting_id = ? UNION SELECT host_key FROM meetings WHERE id = ?`,
};

/** Whether something of somebody whose data may only be stored is in this recording or meeting. */
export function holdsRestricted(database: Pick<Database, 'get'>, { kind, id }: HoldTarget): boolean {
  const sql = `SELECT 1 FROM restrictions WHERE identity_key IN (${concerned[kind]}) LIMIT 1`;
  const found = database.get(sql, kind === 'chat' ? [id, id, id] : [id]);
  return found !== undefined;
}

/** Throws 'privacy/restricted' where `holdsRestricted`: deleting is more than storing (Art. 18 (2) GDPR). */
export function refuseRestricted(database: Pick<Database, 'get'>, target: HoldTarget): void {
  if (holdsRestricted(database, target)) throw new DomainError('privacy/restricted');
}
