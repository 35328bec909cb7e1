import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingKind } from '../../../common/consent/models';
import { SealedWriter } from '../../vault/sealed/sealedWriter';
import type { StoredRecording, StoredTrack, Vault } from '../../vault/repositories';
import { encodeChatLine, type ChatLine } from '../chatLines';

const newId = () => randomBytes(16).toString('base64url');

export interface FinishedTrack {
  readonly kind: RecordingKind;
  /** Of the fixtures of `finalize`; chat has lines instead. */
  readonly film?: 'keyed-vp8' | 'remote-vp8' | 'remote-opus' | 'new-opus';
  readonly lines?: readonly ChatLine[];
  readonly offsetMs?: number;
  readonly durationMs?: number | null;
  readonly participantId?: string;
  readonly identityKey?: string;
  readonly phase?: StoredTrack['phase'];
}

const lengths = { 'keyed-vp8': 8_000, 'remote-vp8': 6_035, 'remote-opus': 6_110, 'new-opus': 4_140 } as const;

/** Puts a recording of ten seconds with these tracks into a vault, sealed files included. */
export async function finishedRecording(
  vault: Vault,
  wanted: readonly FinishedTrack[],
  changes: Partial<StoredRecording> = {},
) {
  const recording: StoredRecording = {
    ...{ id: newId(), meetingId: newId(), title: 'Weekly', purpose: 'Minutes', retentionDays: 14, phase: 'ready' },
    ...{ startedAt: 1_000, endedAt: 11_000, clipRetentionDays: null },
    ...changes,
  };
  vault.recordings.create(recording);
  const tracks: { readonly track: StoredTrack; readonly key: Uint8Array }[] = [];
  for (const { kind, film, lines = [], phase = 'final', ...rest } of wanted) {
    const [fileName, key] = [`${newId()}.sealed`, randomBytes(32)];
    const writer = await SealedWriter.create(join(vault.recordingsFolder, fileName), key);
    if (film) await writer.append(await readFile(join(__dirname, '..', 'finalize', 'fixtures', `${film}.webm`)));
    for (const line of lines) await writer.append(encodeChatLine(line));
    await writer.finish();
    const track: StoredTrack = {
      ...{ id: newId(), recordingId: recording.id },
      identityKey: rest.identityKey ?? randomBytes(32).toString('base64url'),
      ...{ kind, fileName, phase, bytes: writer.fileBytes },
      participantId: rest.participantId ?? newId(),
      mimeType:
        kind === 'chat'
          ? 'application/jsonl'
          : film?.endsWith('opus')
            ? 'audio/webm;codecs=opus'
            : 'video/webm;codecs=vp8',
      offsetMs: rest.offsetMs ?? 0,
      durationMs: rest.durationMs === undefined ? (film ? lengths[film] : 0) : rest.durationMs,
    };
    vault.recordings.addTrack(track, key);
    tracks.push({ track, key });
  }
  return { recording, tracks };
}
