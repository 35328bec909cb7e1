import { DomainError } from '../../../common/errors';
import type { HoldKind, HoldTarget } from '../../../common/retention';
import type { Database } from '../database';
import type { DeletionLogRepository, HoldRepository, StoredHold } from '../repositories';

/** Legal holds in the open database. Setting and lifting one is noted in the deletion log. */
export function createHoldRepository(database: Database, log: DeletionLogRepository): HoldRepository {
  return {
    set: ({ kind, id, reason, since }) =>
      database.transaction(() => {
        // Held already: a new reason, the same hold.
        const { changes } = database.run('UPDATE legal_holds SET reason = ? WHERE kind = ? AND id = ?', [
          ...[reason, kind, id],
        ]);
        if (changes > 0) return;
        database.run('INSERT INTO legal_holds (kind, id, reason, since) VALUES (?, ?, ?, ?)', [
          kind,
          id,
          reason,
          since,
        ]);
        log.add({ kind, why: 'hold-set', count: 1 });
      }),
    lift: ({ kind, id }) =>
      database.transaction(() => {
        const { changes } = database.run('DELETE FROM legal_holds WHERE kind = ? AND id = ?', [kind, id]);
        if (changes > 0) log.add({ kind, why: 'hold-lifted', count: 1 });
        return changes > 0;
      }),
    of: ({ kind, id }) =>
      database.get<StoredHold>('SELECT kind, id, reason, since FROM legal_holds WHERE kind = ? AND id = ?', [
        ...[kind, id],
      ]) ?? null,
    list: () => database.all<StoredHold>('SELECT kind, id, reason, since FROM legal_holds ORDER BY since, kind, id'),
  };
}

/** Throws 'retention/held' when this is on hold. The vault itself refuses, whoever wants to delete. */
export function refuseHeld(database: Pick<Database, 'get'>, kind: HoldKind, id: HoldTarget['id']): void {
  const held = database.get('SELECT 1 FROM legal_holds WHERE kind = ? AND id = ?', [kind, id]);
  if (held !== undefined) throw new DomainError('retention/held');
}
