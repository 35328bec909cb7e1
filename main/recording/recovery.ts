import { join } from 'node:path';
import type { RecordingKind } from '../../common/consent/models';
import type { StoredRecording, StoredTrack } from '../vault/repositories';
import { withdrawnKinds } from './consentProof';
import type { RecordingEnvironment } from './environment';
import type { Ending } from './finalizer';
import { lastWritten, removeFile, sealedFilesIn } from './trackFiles';

export interface Unfinished {
  readonly id: string;
  /** Null: it is in the library; a track that could not be finalized then (the disk was full) is tried again. */
  readonly ending: Ending | null;
}

/**
 * Puts in order what a crash or power cut left, once the vault is open and before anything is recorded: withdrawals that
 * were noted and not carried out are carried out, files without a track are deleted, tracks without a file are marked
 * erased. Where not one of the files is there, it is the disk that is missing: then nothing is erased, deleted or
 * finalized. Returns the recordings to finalize, and as what: one that was stopped needs only that, while one that was
 * cut off by the crash is `recovered`.
 */
export async function tidyRecordings(
  environment: RecordingEnvironment,
  erase: (recordingId: string, participantId: string, kinds: readonly RecordingKind[]) => Promise<void>,
): Promise<readonly Unfinished[]> {
  const { recordings, receipts, recordingsFolder } = environment.vault();
  for (const { recordingId, participantId, ...receipt } of receipts.all()) {
    const kinds = withdrawnKinds({ recordingId, participantId, ...receipt });
    const left = recordings
      .tracks(recordingId)
      .some((track) => track.participantId === participantId && kinds.includes(track.kind) && track.phase !== 'erased');
    if (left) await erase(recordingId, participantId, kinds);
  }

  const present = await sealedFilesIn(recordingsFolder);
  const expected = recordings
    .list()
    .flatMap(({ id }) => recordings.tracks(id).filter(({ phase }) => phase !== 'erased'));
  if (expected.length > 0 && !expected.some(({ fileName }) => present.includes(fileName))) {
    environment.log.error('the recordings are not there: is their disk missing?');
    return [];
  }
  const wanted = new Set<string>();
  for (const recording of recordings.list()) {
    const standing = recordings.tracks(recording.id).filter((track) => track.phase !== 'erased');
    const vanished = standing.filter((track) => !present.includes(track.fileName));
    if (vanished.length > 0) {
      environment.log.error(`${vanished.length} sealed files are missing`);
      recordings.eraseTracks(vanished.map((track) => track.id));
    }
    for (const track of standing) wanted.add(track.fileName);
  }
  for (const fileName of present) {
    if (!wanted.has(fileName)) await removeFile(environment, join(recordingsFolder, fileName));
  }

  const raw = recordings
    .list()
    .filter(({ id, phase }) => (phase === 'ready' || phase === 'recovered') && hasRawMedia(recordings.tracks(id)));
  const unfinished = recordings.list().filter(({ phase }) => phase === 'recording' || phase === 'finalizing');
  const ended = await Promise.all(
    unfinished.map(async (recording): Promise<Unfinished> =>
      // The end is stored when a recording is stopped, and otherwise only once it has been recovered.
      recording.endedAt === null
        ? { id: recording.id, ending: { phase: 'recovered', endedAt: await lastWrittenAt(environment, recording) } }
        : { id: recording.id, ending: { phase: 'ready', endedAt: recording.endedAt } },
    ),
  );
  return [...ended, ...raw.map(({ id }) => ({ id, ending: null }))];
}

function hasRawMedia(tracks: readonly StoredTrack[]): boolean {
  return tracks.some(({ kind, phase }) => kind !== 'chat' && (phase === 'writing' || phase === 'closed'));
}

/** When something was last written of a recording. */
async function lastWrittenAt(environment: RecordingEnvironment, recording: StoredRecording): Promise<number> {
  const { recordings, recordingsFolder } = environment.vault();
  let end = recording.startedAt;
  for (const track of recordings.tracks(recording.id)) {
    end = Math.max(end, (await lastWritten(recordingsFolder, track.fileName)) ?? 0);
  }
  return end;
}
