import { join } from 'node:path';
import { Database } from '@signalapp/sqlcipher';
import { readKeyFile } from '../../main/vault/keyFile';
import { unwrapWithPassphrase } from '../../main/vault/keyring';
import { passphrase, type Person } from './person';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Makes everything on this person's disk so many days older, as if they had passed with the app running now and then. The
 * app must not be running.
 */
export async function passDays(person: Person, days: number): Promise<void> {
  const by = days * dayMs;
  await changed(person, (database) => {
    for (const table of ['recordings', 'meetings']) {
      database
        .prepare(`UPDATE ${table} SET started_at = started_at - ?, ended_at = ended_at - ?`, { persistent: false })
        .run([by, by]);
    }
    database.prepare('UPDATE registrations SET registered_at = registered_at - ?', { persistent: false }).run([by]);
    database.prepare('UPDATE people SET met_at = met_at - ?', { persistent: false }).run([by]);
  });
}

/** As if the app had last been open so many days ago: to it, the clock has leapt ahead by that. */
export async function leapDays(person: Person, days: number): Promise<void> {
  await changed(person, (database) => {
    database
      .prepare('UPDATE retention_clock SET seen_at = seen_at - ?, doubted_at = NULL', { persistent: false })
      .run([days * dayMs]);
  });
}

/** Runs statements in this person's database from outside the app, which must not be running. */
export async function inVault(person: Person, change: (run: (sql: string) => void) => void): Promise<void> {
  await changed(person, (database) =>
    change((sql) => {
      database.exec(sql);
    }),
  );
}

async function changed({ disk }: Person, change: (database: Database) => void): Promise<void> {
  const reading = readKeyFile(disk.vaultDir);
  if (reading?.key.protection !== 'passphrase') throw new Error('this vault is not behind a passphrase');
  const key = await unwrapWithPassphrase(reading.key, passphrase);
  const database = new Database(join(disk.vaultDir, 'vault.db'));
  try {
    database.exec(`PRAGMA key = "x'${key.toString('hex')}'"`);
    change(database);
  } finally {
    database.close();
  }
}
