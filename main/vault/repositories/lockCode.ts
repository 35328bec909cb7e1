import type { Database } from '../database';
import { kdfSchema } from '../passphrase';
import type { LockCodeRepository } from '../repositories';

/** Argon2id of the code that opens a locked app; there is none unless somebody has set one. */
export function createLockCodeRepository(database: Database): LockCodeRepository {
  return {
    get: () => {
      const row = database.get<{ kdf: string; salt: Uint8Array; hash: Uint8Array }>(
        'SELECT kdf, salt, hash FROM lock_code WHERE id = 1',
      );
      return row ? { kdf: kdfSchema.parse(JSON.parse(row.kdf)), salt: row.salt, hash: row.hash } : null;
    },
    save: (code) => {
      if (code === null) database.run('DELETE FROM lock_code');
      else {
        database.run(
          `INSERT INTO lock_code (id, kdf, salt, hash) VALUES (1, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET kdf = excluded.kdf, salt = excluded.salt, hash = excluded.hash`,
          [JSON.stringify(code.kdf), code.salt, code.hash],
        );
      }
    },
  };
}
