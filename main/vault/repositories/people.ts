import type { Database } from '../database';
import type { PeopleRepository } from '../repositories';

/** Whom this installation has met, by identity key. */
export function createPeopleRepository(database: Database): PeopleRepository {
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
  };
}
