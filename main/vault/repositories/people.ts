import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, PeopleRepository } from '../repositories';

/** Whom this installation has met, by identity key. */
export function createPeopleRepository(
  database: Database,
  erasure: Erasure,
  log: DeletionLogRepository,
): PeopleRepository {
  return {
    nameOf: (identityKey) =>
      database.get<{ name: string }>('SELECT name FROM people WHERE identity_key = ?', [identityKey])?.name ?? null,
    met: ({ identityKey, name, at }) => {
      database.run(
        `INSERT INTO people (identity_key, name, met_at) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name, met_at = excluded.met_at WHERE excluded.met_at >= met_at`,
        [identityKey, name, at],
      );
    },
    list: () =>
      database.all<{ identityKey: string; name: string; metAt: number }>(
        'SELECT identity_key AS identityKey, name, met_at AS metAt FROM people ORDER BY met_at, identity_key',
      ),
    expire: (identityKeys) => {
      if (identityKeys.length === 0) return;
      erasure.now(() => {
        let count = 0;
        for (const key of identityKeys)
          count += database.run('DELETE FROM people WHERE identity_key = ?', [key]).changes;
        log.add({ kind: 'contact', why: 'retention', count });
      });
    },
  };
}
