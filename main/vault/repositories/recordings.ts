import { DomainError } from '../../../common/errors';
import type { RecordingPhase } from '../../../common/recording/models';
import type { Database } from '../database';
import type { Erasure } from '../erasure';
import type { DeletionLogRepository, RecordingRepository, StoredCut, StoredRecording } from '../repositories';
import { refuseHeld } from './holds';
import { refuseRestricted, restrictedKeys } from './restrictions';
import { destroyTrackKey, trackKeyOf } from './trackKeys';
import { createTrackStore } from './tracks';

interface RecordingRow {
  readonly id: string;
  readonly meeting_id: string;
  readonly title: string;
  readonly purpose: string;
  readonly retention_days: number;
  readonly phase: RecordingPhase;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly clip_retention_days: number | null;
}

/** Recordings, their tracks, and the keys of these. */
export function createRecordingRepository(
  database: Database,
  erasure: Erasure,
  log: DeletionLogRepository,
): RecordingRepository {
  const tracks = createTrackStore(database);
  const find = (id: string) => {
    const row = database.get<RecordingRow>('SELECT * FROM recordings WHERE id = ?', [id]);
    return row === undefined ? null : toRecording(row);
  };

  return {
    create: (recording) => {
      database.run(
        `INSERT INTO recordings
           (id, meeting_id, title, purpose, retention_days, phase, started_at, ended_at, clip_retention_days)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          recording.id,
          recording.meetingId,
          recording.title,
          recording.purpose,
          recording.retentionDays,
          recording.phase,
          recording.startedAt,
          recording.endedAt,
          recording.clipRetentionDays,
        ],
      );
    },
    // Throws 'recording/not-found'.
    update: (id, change) =>
      database.transaction(() => {
        const before = find(id);
        if (before === null) throw new DomainError('recording/not-found');
        const { phase, endedAt } = { ...before, ...change };
        database.run('UPDATE recordings SET phase = ?, ended_at = ? WHERE id = ?', [phase, endedAt, id]);
      }),
    get: find,
    list: () =>
      database.all<RecordingRow>('SELECT * FROM recordings ORDER BY started_at DESC, rowid DESC').map(toRecording),
    delete: (id, why = 'by-hand') =>
      erasure.now(() => {
        refuseHeld(database, 'recording', id);
        refuseRestricted(database, { kind: 'recording', id });
        for (const track of tracks.ofRecording(id)) destroyTrackKey(database, track.id);
        database.run('DELETE FROM tracks WHERE recording_id = ?', [id]);
        const { changes } = database.run('DELETE FROM recordings WHERE id = ?', [id]);
        log.add({ kind: 'recording', why, count: Math.min(changes, 1) });
      }),

    // Throws 'recording/not-found' when there is no such recording.
    addTrack: (track, key) =>
      database.transaction(() => {
        if (find(track.recordingId) === null) throw new DomainError('recording/not-found');
        tracks.add(track, key);
      }),
    updateTrack: (id, change) => tracks.update(id, change),
    track: (id) => tracks.find(id),
    tracks: (recordingId) => tracks.ofRecording(recordingId),
    trackKey: (trackId) => trackKeyOf(database, trackId),
    // [Note: erasure] The backups may hold the old key until the vault's next upkeep: its file is the caller's to
    // delete at once, and finalizing a recording replaces many tracks in a row.
    replaceTrackFile: (trackId, file, key) => erasure.soon(() => tracks.replaceFile(trackId, file, key)),
    eraseTracks: (trackIds, why) =>
      erasure.now(() => {
        const standing = trackIds.filter((id) => tracks.find(id)?.phase !== 'erased');
        tracks.erase(trackIds);
        if (why !== undefined) erasure.mark(...trackIds.map((id) => ['track', id] as const));
        if (why !== undefined) log.add({ kind: 'track', why, count: standing.length });
      }),
    expireTracks: (recordingId, what) =>
      erasure.now(() => {
        refuseHeld(database, 'recording', recordingId);
        const over = tracks
          .ofRecording(recordingId)
          .filter(({ kind, phase }) => phase !== 'erased' && (kind === 'clip') === (what === 'clips'));
        const restricted = restrictedKeys(database);
        const due = over.filter(({ identityKey }) => !restricted.has(identityKey));
        tracks.erase(due.map(({ id }) => id));
        if (what === 'rest' && due.length === over.length)
          database.run('DELETE FROM cuts WHERE recording_id = ?', [recordingId]);
        log.add({ kind: 'track', why: 'retention', count: due.length });
      }),
    addExport: (recordingId, exportedAt) => {
      database.run('INSERT INTO exports (recording_id, exported_at) VALUES (?, ?)', [recordingId, exportedAt]);
    },
    exportsOf: (recordingId) =>
      database
        .all<{ at: number }>('SELECT exported_at AS at FROM exports WHERE recording_id = ? ORDER BY position', [
          recordingId,
        ])
        .map(({ at }) => at),
    cut: (recordingId, { fromMs, toMs, cutAt }, cutTracks) =>
      erasure.now(() => {
        refuseHeld(database, 'recording', recordingId);
        refuseRestricted(database, { kind: 'recording', id: recordingId });
        if (find(recordingId) === null) throw new DomainError('recording/not-found');
        erasure.mark(...cutTracks.map(({ track }) => ['track', track.id] as const));
        for (const { track, left } of cutTracks) {
          tracks.remove(track);
          for (const part of left) tracks.add(part.track, part.key);
        }
        database.run('INSERT INTO cuts (recording_id, from_ms, to_ms, cut_at) VALUES (?, ?, ?, ?)', [
          ...[recordingId, fromMs, toMs, cutAt],
        ]);
        log.add({ kind: 'track', why: 'cut', count: cutTracks.length });
      }),
    cutsOf: (recordingId) =>
      database.all<StoredCut>(
        `SELECT from_ms AS fromMs, to_ms AS toMs, cut_at AS cutAt FROM cuts WHERE recording_id = ?
         ORDER BY from_ms, position`,
        [recordingId],
      ),
  };
}

function toRecording(row: RecordingRow): StoredRecording {
  return {
    id: row.id,
    meetingId: row.meeting_id,
    title: row.title,
    purpose: row.purpose,
    retentionDays: row.retention_days,
    phase: row.phase,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    clipRetentionDays: row.clip_retention_days,
  };
}
