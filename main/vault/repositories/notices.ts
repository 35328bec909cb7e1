import { noticeFactsSchema, type NoticeFacts } from '../../../common/meeting/models';
import type { ToldNotice } from '../../../common/privacy/notice';
import type { Database } from '../database';
import { documentHash } from '../documentHash';
import type { NoticeRepository } from '../repositories';

interface VersionRow {
  readonly number: number;
  readonly hash: string;
  readonly facts: string;
  readonly since: number;
}

/** What people were told, what they acknowledged, and what this person acknowledged of others. */
export function createNoticeRepository(database: Database, now: () => number): NoticeRepository {
  const find = (hash: string) => database.get<VersionRow>('SELECT * FROM notice_versions WHERE hash = ?', [hash]);
  return {
    versionOf: (facts) =>
      database.transaction(() => {
        const hash = documentHash(facts);
        const known = find(hash);
        if (known !== undefined) return { facts, hash, version: { number: known.number, since: known.since } };
        const since = now();
        database.run('INSERT INTO notice_versions (hash, facts, since) VALUES (?, ?, ?)', [
          ...[hash, JSON.stringify(facts), since],
        ]);
        return { facts, hash, version: { number: find(hash)?.number ?? 1, since } };
      }),
    versions: () =>
      database.all<VersionRow>('SELECT * FROM notice_versions ORDER BY number DESC').flatMap((row) => told(row) ?? []),
    acknowledge: (meetingId, identityKey, number, at) => {
      database.run(
        `INSERT INTO notice_acknowledgements (meeting_id, identity_key, number, acknowledged_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        [meetingId, identityKey, number, at],
      );
    },
    acknowledgementsIn: (meetingId) =>
      database.all(
        `SELECT meeting_id AS meetingId, identity_key AS identityKey, number, acknowledged_at AS acknowledgedAt
         FROM notice_acknowledgements WHERE meeting_id = ? ORDER BY acknowledged_at`,
        [meetingId],
      ),
    acknowledgementsOf: (identityKey) =>
      database.all(
        `SELECT meeting_id AS meetingId, identity_key AS identityKey, number, acknowledged_at AS acknowledgedAt
         FROM notice_acknowledgements WHERE identity_key = ? ORDER BY acknowledged_at`,
        [identityKey],
      ),
    readOf: (hostKey) => {
      const row = database.get<VersionRow & { read_at: number }>('SELECT * FROM notices_read WHERE host_key = ?', [
        hostKey,
      ]);
      const notice = row === undefined ? null : told(row);
      return row === undefined || notice === null ? null : { ...notice, readAt: row.read_at };
    },
    // Of a host who was erased meanwhile nothing is kept.
    read: (hostKey, { facts, hash, version }, readAt) => {
      database.run(
        `INSERT INTO notices_read (host_key, hash, facts, number, since, read_at)
         SELECT identity_key, ?, ?, ?, ?, ? FROM people WHERE identity_key = ?
         ON CONFLICT DO UPDATE SET hash = excluded.hash, facts = excluded.facts, number = excluded.number,
           since = excluded.since, read_at = excluded.read_at`,
        [hash, JSON.stringify(facts), version.number, version.since, readAt, hostKey],
      );
    },
  };
}

/** Null for facts that this version of the program cannot word. */
function told({ number, hash, facts: document, since }: VersionRow): ToldNotice | null {
  const facts = noticeFactsSchema.safeParse(JSON.parse(document) as NoticeFacts);
  return facts.success ? { facts: facts.data, hash, version: { number, since } } : null;
}
