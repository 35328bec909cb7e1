import { Database as Connection } from '@signalapp/sqlcipher';
import { existsSync, statSync } from 'node:fs';
import { DomainError } from '../../common/errors';
import { attempt } from './errors';
import { latestVersion, migrate, type Migration } from './migrate';

export const keyBytes = 32;

type Value = string | number | null | Uint8Array;
type Parameters = readonly Value[];

/**
 * An open SQLCipher database. Values are bound, never pasted into SQL. Failures of the storage come out as DomainError
 * ('vault/damaged', 'vault/disk-full'); after `close` every method throws 'vault/locked'. What SQLite says otherwise
 * (a broken constraint) is a programmer's error and is thrown as it is; its messages name columns, never values.
 */
export interface Database {
  run(sql: string, parameters?: Parameters): { readonly changes: number };
  get<Row>(sql: string, parameters?: Parameters): Row | undefined;
  all<Row>(sql: string, parameters?: Parameters): readonly Row[];
  exec(sql: string): void;
  /** All or nothing. A transaction within another is a part of it: what it throws must be let through. */
  transaction<Result>(action: () => Result): Result;
  /** The format of the data: how many migrations it has seen. */
  version(): number;
  setVersion(version: number): void;
  /** Rows changed through this connection so far: a cheap way to see whether anything happened. */
  changeCount(): number;
  /** Moves the write-ahead log into the database and empties the log file. */
  checkpoint(): void;
  /** Writes a compact copy under the same key to a path where nothing is. */
  copyTo(path: string): void;
  isOpen(): boolean;
  close(): void;
}

/** Creates an encrypted database at a path where nothing is and brings it to the newest format. */
export function createDatabase(path: string, key: Uint8Array, migrations: readonly Migration[]): Database {
  if (existsSync(path)) throw new DomainError('vault/already-exists');
  const database = connect(path, key);
  try {
    configure(database);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens an existing database, proves every page authentic (HMAC-SHA512), and migrates it. A log left by a crash is taken
 * in first. `thorough` also walks the B-trees and the search index, which costs about 10 ms per megabyte.
 *
 * Throws 'vault/damaged' when the file is missing, empty, cut, altered or under another key, 'vault/newer-version' when
 * a newer program wrote it. In both cases nothing in it has been changed.
 */
export function openDatabase(
  path: string,
  key: Uint8Array,
  migrations: readonly Migration[],
  thorough: boolean,
): Database {
  requireContent(path);
  const database = connect(path, key);
  try {
    requireKnownVersion(database, migrations);
    configure(database);
    // First the log: after a power cut in the middle of a checkpoint only the log holds the true page.
    database.checkpoint();
    requireIntact(database, thorough);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** True when the file is a complete database under this key that this version of the program can read. Changes nothing. */
export function isUsableDatabase(path: string, key: Uint8Array, migrations: readonly Migration[]): boolean {
  try {
    requireContent(path);
    const database = connect(path, key);
    try {
      requireKnownVersion(database, migrations);
      requireIntact(database, true);
      return true;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

function requireContent(path: string): void {
  // SQLite would take a missing or empty file for a new database.
  if (!existsSync(path) || statSync(path).size === 0) throw new DomainError('vault/damaged');
}

function requireKnownVersion(database: Database, migrations: readonly Migration[]): void {
  const version = database.version();
  if (version > latestVersion(migrations)) throw new DomainError('vault/newer-version');
  if (version < 1) throw new DomainError('vault/damaged');
}

function requireIntact(database: Database, thorough: boolean): void {
  // Every page of the count in the header, so a file cut between two pages is noticed too.
  if (database.all('PRAGMA cipher_integrity_check').length > 0) throw new DomainError('vault/damaged');
  if (!thorough) return;
  const finding = database.get<{ quick_check: string }>('PRAGMA quick_check(1)');
  if (finding?.quick_check !== 'ok') throw new DomainError('vault/damaged');
}

function configure(database: Database): void {
  database.get('PRAGMA journal_mode = WAL');
  // A consent that was confirmed to a person must outlive a power cut.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA secure_delete = ON');
  database.exec('PRAGMA busy_timeout = 5000');
}

function connect(path: string, key: Uint8Array): Database {
  if (key.byteLength !== keyBytes) throw new TypeError('A database key has 32 bytes');
  const connection = translated(() => new Connection(path, { cacheStatements: true }));
  try {
    // SQLCipher reports damage on stderr by itself; here it is a DomainError.
    connection.exec('PRAGMA cipher_log_level = NONE');
    connection.exec(`PRAGMA key = "x'${Buffer.from(key).toString('hex')}'"`);
  } catch {
    connection.close();
    // No cause: the failed statement holds the key.
    throw new DomainError('vault/damaged');
  }
  return wrap(connection);
}

function wrap(connection: Connection): Database {
  let open = true;
  let inTransaction = false;
  const use = <Result>(action: () => Result): Result => {
    if (!open) throw new DomainError('vault/locked');
    return translated(action);
  };
  // The binding reads parameters only, but its types ask for mutable arrays over plain buffers.
  const bind = (parameters: Parameters) => [...parameters] as (string | number | null | Uint8Array<ArrayBuffer>)[];
  const database: Database = {
    run: (sql, parameters = []) => use(() => connection.prepare(sql).run(bind(parameters))),
    get: <Row>(sql: string, parameters: Parameters = []) =>
      use(() => connection.prepare(sql).get(bind(parameters)) as Row | undefined),
    all: <Row>(sql: string, parameters: Parameters = []) =>
      use(() => connection.prepare(sql).all(bind(parameters)) as Row[]),
    exec: (sql) => use(() => connection.exec(sql)),
    transaction: (action) =>
      use(() => {
        if (inTransaction) return action();
        connection.exec('BEGIN IMMEDIATE');
        inTransaction = true;
        try {
          const result = action();
          connection.exec('COMMIT');
          return result;
        } catch (error) {
          // On a full disk SQLite has rolled back by itself, and says so by an error that would hide the first one.
          attempt(() => connection.exec('ROLLBACK'));
          throw error;
        } finally {
          inTransaction = false;
        }
      }),
    version: () => use(() => Number(connection.pragma('user_version', { simple: true }))),
    setVersion: (version) => use(() => connection.exec(`PRAGMA user_version = ${Math.trunc(version)}`)),
    changeCount: () => use(() => Number(connection.prepare('SELECT total_changes() AS n').get()?.['n'])),
    checkpoint: () =>
      use(() => {
        const [outcome] = connection.pragma('wal_checkpoint(TRUNCATE)');
        if (outcome?.['busy'] !== 0) throw new Error('The write-ahead log is in use by another connection');
      }),
    copyTo: (path) => use(() => void connection.prepare('VACUUM INTO ?', { persistent: false }).run([path])),
    isOpen: () => open,
    close: () => {
      if (!open) return;
      open = false;
      connection.close();
    },
  };
  return database;
}

function translated<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error ? String((error as NodeJS.ErrnoException).code) : '';
    if (code === 'SQLITE_FULL') throw new DomainError('vault/disk-full', error);
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) throw new DomainError('vault/damaged', error);
    throw error;
  }
}
