import type { RecordingKind } from '../../../common/consent/models';
import { DomainError } from '../../../common/errors';
import type { Database } from '../database';
import type { RecordingRepository, StoredTrack } from '../repositories';
import { addTrackKey, destroyTrackKey } from './trackKeys';

interface TrackRow {
  readonly id: string;
  readonly recording_id: string;
  readonly participant_id: string;
  readonly identity_key: string;
  readonly kind: RecordingKind;
  readonly mime_type: string;
  readonly offset_ms: number;
  readonly duration_ms: number | null;
  readonly file_name: string;
  readonly bytes: number;
  readonly phase: StoredTrack['phase'];
}
type TrackChange = Parameters<RecordingRepository['updateTrack']>[1];
type TrackFile = Parameters<RecordingRepository['replaceTrackFile']>[1];

/** The rows of tracks and of their keys. What has to reach log and backups too is up to the caller. */
export interface TrackStore {
  add(track: StoredTrack, key: Uint8Array): void;
  /** Throws 'recording/unknown-track'. An erased track stays erased, whatever phase is asked for. */
  update(id: string, change: TrackChange): void;
  find(id: string): StoredTrack | null;
  /** In the order in which they were added. */
  ofRecording(recordingId: string): readonly StoredTrack[];
  /** Throws 'recording/unknown-track', and 'recording/erased': a late finalizer must not bring a key back. */
  replaceFile(id: string, file: TrackFile, key: Uint8Array): void;
  /** Takes the track out with its key. Throws 'recording/changed' when it is not this very one any more. */
  remove(track: StoredTrack): void;
  /** Unknown tracks are passed over. */
  erase(ids: readonly string[]): void;
}

/** Tracks in the open database. */
export function createTrackStore(database: Database): TrackStore {
  const find = (id: string) => {
    const row = database.get<TrackRow>('SELECT * FROM tracks WHERE id = ?', [id]);
    return row === undefined ? null : toTrack(row);
  };
  const known = (id: string) => {
    const track = find(id);
    if (track === null) throw new DomainError('recording/unknown-track');
    return track;
  };
  const write = (track: StoredTrack) =>
    database.run('UPDATE tracks SET mime_type = ?, duration_ms = ?, file_name = ?, bytes = ?, phase = ? WHERE id = ?', [
      track.mimeType,
      track.durationMs,
      track.fileName,
      track.bytes,
      track.phase,
      track.id,
    ]);

  return {
    find,
    ofRecording: (recordingId) =>
      database
        .all<TrackRow>('SELECT * FROM tracks WHERE recording_id = ? ORDER BY position', [recordingId])
        .map(toTrack),
    add: (track, key) => {
      database.run(
        `INSERT INTO tracks (id, recording_id, participant_id, identity_key, kind, mime_type, offset_ms, duration_ms,
                             file_name, bytes, phase)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          track.id,
          track.recordingId,
          track.participantId,
          track.identityKey,
          track.kind,
          track.mimeType,
          track.offsetMs,
          track.durationMs,
          track.fileName,
          track.bytes,
          track.phase,
        ],
      );
      addTrackKey(database, track.id, key);
    },
    update: (id, change) =>
      database.transaction(() => {
        const before = known(id);
        const phase = before.phase === 'erased' ? 'erased' : (change.phase ?? before.phase);
        write({ ...before, ...change, phase });
      }),
    replaceFile: (id, file, key) => {
      const before = known(id);
      if (before.phase === 'erased') throw new DomainError('recording/erased');
      destroyTrackKey(database, id);
      addTrackKey(database, id, key);
      write({ ...before, ...file, phase: 'final' });
    },
    remove: ({ id, fileName }) => {
      const before = find(id);
      if (before === null || before.phase === 'erased' || before.fileName !== fileName) {
        throw new DomainError('recording/changed');
      }
      destroyTrackKey(database, id);
      database.run('DELETE FROM tracks WHERE id = ?', [id]);
    },
    erase: (ids) => {
      for (const id of ids) {
        destroyTrackKey(database, id);
        database.run("UPDATE tracks SET phase = 'erased' WHERE id = ?", [id]);
      }
    },
  };
}

function toTrack(row: TrackRow): StoredTrack {
  return {
    id: row.id,
    recordingId: row.recording_id,
    participantId: row.participant_id,
    identityKey: row.identity_key,
    kind: row.kind,
    mimeType: row.mime_type,
    offsetMs: row.offset_ms,
    durationMs: row.duration_ms,
    fileName: row.file_name,
    bytes: row.bytes,
    phase: row.phase,
  };
}
