import type { Database } from '../database';
import type { KeptSeatRepository } from '../repositories';

/** The place in a running meeting, as main/sessions wrote it down. */
export function createKeptSeatRepository(database: Database): KeptSeatRepository {
  return {
    get: () => database.get<{ document: string }>('SELECT document FROM kept_seat WHERE id = 1')?.document ?? null,
    set: (document) => {
      database.run(
        'INSERT INTO kept_seat (id, document) VALUES (1, ?) ON CONFLICT DO UPDATE SET document = excluded.document',
        [document],
      );
    },
    clear: () => {
      database.run('DELETE FROM kept_seat');
    },
  };
}
