import type { AuditAction, AuditEntry, AuditFinding } from '../../../common/privacy/auditLog';
import type { Database } from '../database';
import { documentHash } from '../documentHash';
import type { AuditLogRepository } from '../repositories';

interface Row extends AuditEntry {
  readonly entryHash: string;
}

interface Ends {
  readonly beforeFirst: string;
  readonly lastSequence: number;
  readonly lastHash: string;
}

/**
 * The audit log (R25): each entry's hash covers the entry before it. Whoever has the key of the vault can write a new log
 * from the start; what is found is a change made to a copy, by a defect, or by hand in the database.
 */
export function createAuditLogRepository(database: Database, now: () => number): AuditLogRepository {
  const ends = (): Ends =>
    database.get<Ends>(
      `SELECT before_first AS beforeFirst, last_sequence AS lastSequence, last_hash AS lastHash FROM audit_log_ends`,
    ) ?? { beforeFirst: '', lastSequence: 0, lastHash: '' };
  const rows = (order: string) =>
    database.all<Row>(`SELECT sequence, at, action, entry_hash AS entryHash FROM audit_log ${order}`);

  return {
    add: (action) =>
      database.transaction(() => {
        const { lastSequence, lastHash } = ends();
        const entry = { sequence: lastSequence + 1, at: now(), action };
        const hash = hashOf(lastHash, entry);
        database.run('INSERT INTO audit_log (sequence, at, action, entry_hash) VALUES (?, ?, ?, ?)', [
          ...[entry.sequence, entry.at, action, hash],
        ]);
        database.run('UPDATE audit_log_ends SET last_sequence = ?, last_hash = ?', [entry.sequence, hash]);
      }),
    newest: (limit) =>
      rows(`ORDER BY sequence DESC LIMIT ${limit}`).map(({ sequence, at, action }) => ({ sequence, at, action })),
    count: () => database.get<{ n: number }>('SELECT count(*) AS n FROM audit_log')?.n ?? 0,
    verify: () => verify(rows('ORDER BY sequence'), ends()),
    forgetUntil: (until) =>
      database.transaction(() => {
        // From the oldest on, and none in between: a clock that was set back may have put an older time behind a newer.
        const kept = rows('ORDER BY sequence').find(({ at }) => at > until);
        const last = database.get<{ hash: string }>(
          'SELECT entry_hash AS hash FROM audit_log WHERE sequence < ? ORDER BY sequence DESC LIMIT 1',
          [kept?.sequence ?? Number.MAX_SAFE_INTEGER],
        );
        if (last === undefined) return;
        database.run('DELETE FROM audit_log WHERE sequence < ?', [kept?.sequence ?? Number.MAX_SAFE_INTEGER]);
        database.run('UPDATE audit_log_ends SET before_first = ?', [last.hash]);
      }),
  };
}

function verify(entries: readonly Row[], { beforeFirst, lastSequence, lastHash }: Ends): AuditFinding | null {
  let previous = beforeFirst;
  let expected = entries[0]?.sequence ?? lastSequence + 1;
  for (const { sequence, at, action, entryHash } of entries) {
    if (sequence !== expected) return { problem: 'removed', sequence: expected };
    if (hashOf(previous, { sequence, at, action }) !== entryHash) return { problem: 'changed', sequence };
    previous = entryHash;
    expected = sequence + 1;
  }
  return expected === lastSequence + 1 && previous === lastHash ? null : { problem: 'removed', sequence: expected };
}

function hashOf(
  previous: string,
  { sequence, at, action }: { sequence: number; at: number; action: AuditAction },
): string {
  return documentHash({ previous, sequence, at, action });
}
