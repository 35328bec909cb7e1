import { join } from 'node:path';
import { DomainError } from '../../common/errors';
import { SealedWriter, type SealedWriterOptions } from '../vault/sealed/sealedWriter';
import type { ConsentGate, GateInput } from './consentGate';
import { goneError, writeError } from './diskTrouble';
import { newId } from './documents';
import type { RecordingEnvironment } from './environment';
import { isFolderThere, newFileName, removeFile } from './trackFiles';
import { TrackSink } from './trackSink';

export interface OpenSinkInput extends GateInput {
  readonly mimeType: string;
}

export interface OpenSinkOptions {
  readonly environment: RecordingEnvironment;
  readonly gate: ConsentGate;
  readonly openFile?: SealedWriterOptions['open'];
}

/**
 * Creates a sealed file under a new key, then its row. The file comes first: without a row it is a leftover that the
 * next start deletes, while a row without a file would need explaining. Throws what the gate throws, and
 * `recording/disk-full` or `recording/damaged`; then there is neither file nor row.
 */
export async function openSink(options: OpenSinkOptions, input: OpenSinkInput): Promise<TrackSink> {
  const { environment, gate, openFile } = options;
  gate.check(input);
  const { recordings, recordingsFolder } = environment.vault();
  const { recordingId, participantId, kind, mimeType } = input;
  const trackId = newId(environment.random);
  const key = environment.random(32);
  const fileName = newFileName(environment.random);
  const path = join(recordingsFolder, fileName);
  let writer: SealedWriter | null = null;
  try {
    // Another folder in its place would take the file, and nobody would find it there.
    if (!(await isFolderThere(environment, recordingId))) throw writeError(goneError());
    writer = await SealedWriter.create(path, key, openFile ? { open: openFile } : {});
    // The person may have withdrawn or left, and the recording ended, while the file was being created.
    const { running, person } = gate.check(input);
    recordings.addTrack(
      {
        id: trackId,
        recordingId,
        participantId,
        identityKey: person.identityKey,
        kind,
        mimeType,
        offsetMs: Math.max(0, environment.now() - running.request.requestedAt),
        durationMs: null,
        fileName,
        bytes: writer.fileBytes,
        phase: 'writing',
      },
      key,
    );
  } catch (error) {
    await writer?.destroy();
    await removeFile(environment, path);
    throw error instanceof DomainError ? error : writeError(error);
  } finally {
    key.fill(0);
  }
  return new TrackSink({ trackId, recordingId, participantId, kind }, writer, environment.now);
}
