import type { Database } from '../database';

interface KeyRow {
  readonly track_id: string;
  readonly key: Buffer;
}

/**
 * Destroys keys so that no page of the database file holds them, not even in its unused space: moving rows between
 * pages leaves copies behind that `secure_delete` does not know of, so the table is cleared as a whole, which zeroes its
 * pages, and the other keys are written anew. There are few: 32 bytes for each recorded track. Call it in a transaction.
 */
export function destroyTrackKeys(database: Database, trackIds: readonly string[]): void {
  const doomed = new Set(trackIds);
  const rows = database.all<KeyRow>('SELECT track_id, key FROM track_keys ORDER BY track_id');
  database.run('DELETE FROM track_keys');
  for (const row of rows) {
    if (!doomed.has(row.track_id)) addTrackKey(database, row.track_id, row.key);
    row.key.fill(0);
  }
}

/** Stores the 32-byte key of a track. */
export function addTrackKey(database: Database, trackId: string, key: Uint8Array): void {
  database.run('INSERT INTO track_keys (track_id, key) VALUES (?, ?)', [trackId, key]);
}

/** The key of a track, or null when it has been destroyed. */
export function trackKeyOf(database: Database, trackId: string): Uint8Array | null {
  return database.get<KeyRow>('SELECT key FROM track_keys WHERE track_id = ?', [trackId])?.key ?? null;
}
