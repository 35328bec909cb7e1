import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, RequestRepository, StoredOwnRequest, StoredRequest } from '../repositories';

/** What others asked. */
export function createPersonRequestRepository(
  database: Database,
  erasure: Pick<Erasure, 'now'>,
  log: Pick<DeletionLogRepository, 'add'>,
): RequestRepository {
  return createRepository<StoredRequest>(database, erasure, log, 'person_requests', 'received_at');
}

/** What was asked of others. */
export function createOwnRequestRepository(
  database: Database,
  erasure: Pick<Erasure, 'now'>,
  log: Pick<DeletionLogRepository, 'add'>,
): RequestRepository<StoredOwnRequest> {
  return createRepository<StoredOwnRequest>(database, erasure, log, 'own_requests', 'made_at');
}

function createRepository<Request extends StoredRequest>(
  database: Database,
  erasure: Pick<Erasure, 'now'>,
  log: Pick<DeletionLogRepository, 'add'>,
  table: 'person_requests' | 'own_requests',
  at: 'received_at' | 'made_at',
): RequestRepository<Request> {
  const select = `SELECT id, identity_key AS identityKey, name, ${at} AS at, closed_at AS closedAt, document FROM ${table}`;
  return {
    put: ({ id, identityKey, name, at: when, closedAt, document }) => {
      database.run(
        `INSERT INTO ${table} (id, identity_key, name, ${at}, closed_at, document) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET identity_key = excluded.identity_key, name = excluded.name,
           closed_at = excluded.closed_at, document = excluded.document`,
        [id, identityKey, name, when, closedAt, document],
      );
    },
    get: (id) => database.get<Request>(`${select} WHERE id = ?`, [id]) ?? null,
    list: () => database.all<Request>(`${select} ORDER BY ${at}, id`),
    // [Note: erasure] Out of the log and the backups too.
    expire: (ids) => {
      if (ids.length === 0) return;
      erasure.now(() => {
        let count = 0;
        for (const id of ids) count += database.run(`DELETE FROM ${table} WHERE id = ?`, [id]).changes;
        log.add({ kind: 'request', why: 'retention', count });
      });
    },
  };
}
