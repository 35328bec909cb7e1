import { Database } from '@signalapp/sqlcipher';
import { join } from 'node:path';
import type { Fixture } from '../../main/vault/testing/vaultFixture';

type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** Every row of these tables, read past the program that wrote them; bytes as hexadecimal digits. */
export function rawRows({ folder, drawn }: Fixture, tables: readonly string[]): ReadonlyMap<string, readonly Row[]> {
  const database = new Database(join(folder, 'vault.db'));
  try {
    database.exec(`PRAGMA key = "x'${drawn[0]!.toString('hex')}'"`);
    const plain = (value: unknown) =>
      (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value) as Cell;
    return new Map(
      tables.map((table) => {
        const rows = database.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
        return [
          table,
          rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, one]) => [key, plain(one)]))),
        ];
      }),
    );
  } finally {
    database.close();
  }
}
