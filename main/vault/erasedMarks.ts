import { createHash } from 'node:crypto';
import type { Database } from './database';

/*
 * [Note: marks] A backup file is beyond the reach of an erasure. So once there is one, each erasure that somebody has a right to (withdrawn,
 * asked for, cut out) leaves a mark: the SHA-256 of what kind of thing it was and of its IDs or key. It names nobody to whom the key is not
 * known already. When an older backup is restored here, what is marked goes again (`reapplyErasures`). Marks go with the deletion log.
 */

/** What was erased. `meeting`: that somebody was there, and what they wrote; `gone`: a track of which nothing is left to tell. */
export type ErasedThing =
  | readonly ['contact', identityKey: string]
  | readonly ['meeting' | 'chat' | 'registration' | 'request', id: string, identityKey: string]
  | readonly ['track' | 'gone', trackId: string]
  | readonly ['receipt', recordingId: string, participantId: string];

/** The mark of a thing. IDs and keys hold no line break. */
export function markOf(thing: ErasedThing): string {
  return createHash('sha256').update(thing.join('\n')).digest('base64url');
}

/** Marks things as erased, within the transaction that erases them. Does nothing as long as no backup was saved. */
export function markErased(database: Database, things: readonly ErasedThing[], at: number): void {
  if (database.get('SELECT id FROM saved_backup') === undefined) return;
  for (const thing of things) {
    database.run('INSERT INTO erased_marks (mark, at) VALUES (?, ?) ON CONFLICT DO NOTHING', [markOf(thing), at]);
  }
}
