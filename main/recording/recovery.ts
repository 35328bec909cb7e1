import { join } from 'node:path';
import type { RecordingKind } from '../../common/consent/models';
import type { StoredRecording } from '../vault/repositories';
import { withdrawnKinds } from './consentProof';
import type { RecordingEnvironment } from './environment';
import { lastWritten, removeFile, sealedFilesIn } from './trackFiles';

/**
 * Puts in order what a crash or power cut left, once the vault is open and before anything is recorded: withdrawals that
 * were noted and not carried out are carried out, files without a track are deleted, tracks without a file are marked
 * erased. Returns the recordings to finalize, which now have an end.
 */
export async function tidyRecordings(
  environment: RecordingEnvironment,
  erase: (recordingId: string, participantId: string, kinds: readonly RecordingKind[]) => Promise<void>,
): Promise<readonly string[]> {
  const { recordings, receipts, recordingsFolder } = environment.vault();
  for (const { recordingId, participantId, ...receipt } of receipts.all()) {
    const kinds = withdrawnKinds({ recordingId, participantId, ...receipt });
    const left = recordings
      .tracks(recordingId)
      .some((track) => track.participantId === participantId && kinds.includes(track.kind) && track.phase !== 'erased');
    if (left) await erase(recordingId, participantId, kinds);
  }

  const present = await sealedFilesIn(recordingsFolder);
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

  const unfinished = recordings.list().filter(({ phase }) => phase === 'recording' || phase === 'finalizing');
  for (const recording of unfinished) {
    recordings.update(recording.id, { phase: 'finalizing', endedAt: await endOf(environment, recording) });
  }
  return unfinished.map(({ id }) => id);
}

/** When a recording ended: as noted, or when its files were last written. */
async function endOf(environment: RecordingEnvironment, recording: StoredRecording): Promise<number> {
  if (recording.endedAt !== null) return recording.endedAt;
  const { recordings, recordingsFolder } = environment.vault();
  let end = recording.startedAt;
  for (const track of recordings.tracks(recording.id)) {
    end = Math.max(end, (await lastWritten(recordingsFolder, track.fileName)) ?? 0);
  }
  return end;
}
