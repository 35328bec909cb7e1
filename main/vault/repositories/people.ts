import type { KnownPerson } from '../../../common/verification/standing';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, PeopleRepository } from '../repositories';
import { restrictedKeys } from './restrictions';

/** Whom this installation has met, by identity key. */
export function createPeopleRepository(
  database: Database,
  erasure: Erasure,
  log: DeletionLogRepository,
): PeopleRepository {
  const met: PeopleRepository['met'] = ({ identityKey, name, at }) => {
    database.run(
      `INSERT INTO people (identity_key, name, met_at, named_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET
         name = excluded.name,
         met_at = excluded.met_at,
         named_at = CASE WHEN name = excluded.name THEN named_at ELSE excluded.named_at END
       WHERE excluded.met_at >= met_at`,
      [identityKey, name, at, at],
    );
  };
  return {
    nameOf: (identityKey) =>
      database.get<{ name: string }>('SELECT name FROM people WHERE identity_key = ?', [identityKey])?.name ?? null,
    met,
    list: () =>
      database.all<KnownPerson>(
        `SELECT identity_key AS identityKey, name, met_at AS metAt, named_at AS namedAt, verified_at AS verifiedAt,
           verified_as AS verifiedAs, accepted_as AS acceptedAs
         FROM people ORDER BY met_at, identity_key`,
      ),
    verify: (person) => {
      const { identityKey, name, at } = person;
      database.transaction(() => {
        met(person);
        const set = 'UPDATE people SET verified_at = ?, verified_as = ?, accepted_as = NULL WHERE identity_key = ?';
        database.run(set, [at, name, identityKey]);
      });
    },
    unverify: (identityKey) => {
      database.run('UPDATE people SET verified_at = NULL, verified_as = NULL WHERE identity_key = ?', [identityKey]);
    },
    accept: (person) => {
      database.transaction(() => {
        met(person);
        database.run('UPDATE people SET accepted_as = ? WHERE identity_key = ?', [person.name, person.identityKey]);
      });
    },
    expire: (identityKeys) => {
      const restricted = restrictedKeys(database);
      const due = identityKeys.filter((key) => !restricted.has(key));
      if (due.length === 0) return;
      erasure.now(() => {
        let count = 0;
        for (const key of due) count += database.run('DELETE FROM people WHERE identity_key = ?', [key]).changes;
        log.add({ kind: 'contact', why: 'retention', count });
      });
    },
  };
}
