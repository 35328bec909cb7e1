import { iceServersSchema } from '../../../common/meeting/iceServers';
import type { Database } from '../database';
import type { IceSettingsRepository } from '../repositories';

/** The team's own servers; none unless somebody has entered some. */
export function createIceSettingsRepository(database: Database): IceSettingsRepository {
  return {
    get: () => {
      const row = database.get<{ servers: string; secret: string }>(
        'SELECT servers, secret FROM ice_settings WHERE id = 1',
      );
      return { servers: iceServersSchema.parse(JSON.parse(row?.servers ?? '[]')), secret: row?.secret ?? '' };
    },
    save: ({ servers, secret }) => {
      database.run(
        `INSERT INTO ice_settings (id, servers, secret) VALUES (1, ?, ?)
         ON CONFLICT (id) DO UPDATE SET servers = excluded.servers, secret = excluded.secret`,
        [JSON.stringify(servers), secret],
      );
    },
  };
}
