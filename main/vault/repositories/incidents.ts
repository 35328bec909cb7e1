import { incidentSchema, type StoredIncident } from '../../../common/privacy/incident';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, IncidentRepository } from '../repositories';

interface Row extends Omit<StoredIncident, 'incident'> {
  readonly document: string;
}

const columns = 'id, recorded_at AS recordedAt, closed_at AS closedAt, document';

/** Personal data breaches in the open database. */
export function createIncidentRepository(
  database: Database,
  erasure: Pick<Erasure, 'now'>,
  log: Pick<DeletionLogRepository, 'add'>,
): IncidentRepository {
  const stored = ({ document, ...row }: Row): StoredIncident => ({
    ...row,
    incident: incidentSchema.parse(JSON.parse(document)),
  });
  return {
    add: (id, incident, recordedAt) => {
      database.run('INSERT INTO incidents (id, recorded_at, closed_at, document) VALUES (?, ?, NULL, ?)', [
        ...[id, recordedAt, JSON.stringify(incident)],
      ]);
    },
    save: (id, incident) => {
      database.run('UPDATE incidents SET document = ? WHERE id = ?', [JSON.stringify(incident), id]);
    },
    close: (id, at) => {
      database.run('UPDATE incidents SET closed_at = ? WHERE id = ?', [at, id]);
    },
    get: (id) => {
      const row = database.get<Row>(`SELECT ${columns} FROM incidents WHERE id = ?`, [id]);
      return row === undefined ? null : stored(row);
    },
    list: () =>
      database
        .all<Row>(`SELECT ${columns} FROM incidents`)
        .map(stored)
        .sort((a, b) => b.incident.noticedAt - a.incident.noticedAt || b.recordedAt - a.recordedAt),
    // [Note: erasure]
    delete: (ids, why) => {
      if (ids.length === 0) return;
      erasure.now(() => {
        let count = 0;
        for (const id of ids) count += database.run('DELETE FROM incidents WHERE id = ?', [id]).changes;
        log.add({ kind: 'incident', why, count });
      });
    },
  };
}
