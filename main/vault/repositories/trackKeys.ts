import type { Database } from '../database';

/** Stores the 32-byte key of a track. */
export function addTrackKey(database: Database, trackId: string, key: Uint8Array): void {
  database.run('INSERT INTO track_keys (track_id, key) VALUES (?, ?)', [trackId, key]);
}

/** The key of a track, or null when it has been destroyed. */
export function trackKeyOf(database: Database, trackId: string): Uint8Array | null {
  return database.get<{ key: Buffer }>('SELECT key FROM track_keys WHERE track_id = ?', [trackId])?.key ?? null;
}

/** Destroys the key of a track: `secure_delete` overwrites the row with zeroes. Log and backups are up to the caller. */
export function destroyTrackKey(database: Database, trackId: string): void {
  database.run('DELETE FROM track_keys WHERE track_id = ?', [trackId]);
}
