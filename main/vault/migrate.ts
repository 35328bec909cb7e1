import { DomainError } from '../../common/errors';
import type { Database } from './database';

/** One step of the data's format. Once released it is never edited: what has to change becomes the next step. */
export interface Migration {
  /** 1, 2, 3, … without gaps. */
  readonly version: number;
  up(database: Pick<Database, 'exec' | 'run' | 'all'>): void;
}

/** The format this program reads and writes. */
export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/**
 * Brings a database to the newest format. Each step and its version number are one transaction: when a step throws, the
 * database is exactly as the step before left it, and the error comes out. Throws 'vault/newer-version', having changed
 * nothing, for data of a newer program.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const version = database.version();
  if (version > latestVersion(migrations)) throw new DomainError('vault/newer-version');
  for (const migration of migrations) {
    if (migration.version <= version) continue;
    database.transaction(() => {
      migration.up(database);
      database.setVersion(migration.version);
    });
  }
}
