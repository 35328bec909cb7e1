import { documentHash } from '../documentHash';
import type { Migration } from '../migrate';

/** Who the data protection officer is; none so far, which the notices that were told before say too. */
export const officer: Migration = {
  version: 17,
  up: (database) => {
    database.exec("ALTER TABLE profile ADD COLUMN officer_contact TEXT NOT NULL DEFAULT ''");
    for (const table of ['notice_versions', 'notices_read'] as const) {
      for (const { hash, facts } of database.all<{ hash: string; facts: string }>(`SELECT hash, facts FROM ${table}`)) {
        // Who reads them again would read the same: it stays the version that it is, as it is hashed from now on.
        const now = { ...(JSON.parse(facts) as object), officerContact: '' };
        database.run(`UPDATE ${table} SET hash = ?, facts = ? WHERE hash = ?`, [
          ...[documentHash(now), JSON.stringify(now), hash],
        ]);
      }
    }
  },
};
