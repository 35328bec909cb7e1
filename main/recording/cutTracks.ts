import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { overlaps, type LatePicture } from '../../common/recording/cuts';
import { DomainError } from '../../common/errors';
import type { Cut } from '../../common/recording/models';
import { SealedWriter } from '../vault/sealed/sealedWriter';
import type { CutTrack, StoredRecording, StoredTrack } from '../vault/repositories';
import { encodeChatLine, readChatLines } from './chatLines';
import { writeError } from './diskTrouble';
import { newId } from './documents';
import type { RecordingEnvironment } from './environment';
import type { RunCut } from './finalize/cutInProcess';
import type { CutPiece } from './finalize/cutTrack';
import { newFileName, removeFile } from './trackFiles';

/** What a cut would make of the tracks. The new files are there, the old ones untouched. */
export interface TracksToCut {
  readonly tracks: readonly CutTrack[];
  readonly chatLines: number;
  readonly latePictures: readonly LatePicture[];
}

export interface CutTracksOptions {
  readonly environment: RecordingEnvironment;
  readonly run: RunCut;
  /** 0 to 1. */
  readonly progress: (fraction: number) => void;
}

/** Up to here the last frame of a track may last beyond the duration that is stored, which its length is not a part of. */
const lastFrameMs = 200;
/** Pictures that are back sooner than this are not missed. */
const noticeableMs = 500;

/** Where a track lies on the time line. What could not be finalized has no known length: at most to the recording's end. */
export function stretchOf(track: StoredTrack, { startedAt, endedAt }: StoredRecording): Cut {
  const length = track.durationMs ?? Math.max(0, (endedAt ?? startedAt) - startedAt - track.offsetMs);
  return { fromMs: track.offsetMs, toMs: track.offsetMs + length };
}

/**
 * Writes what is left of each track that reaches into the range, under new keys. Consent clips are not on the time line
 * and stay; a summary is made of everything, and goes. Throws `recording/damaged` for a track that cannot be read,
 * `recording/disk-full`, and when it is given up by `signal`; then none of the new files is left.
 */
export async function cutTracks(
  options: CutTracksOptions,
  recording: StoredRecording,
  range: Cut,
  signal: AbortSignal,
): Promise<TracksToCut> {
  const { recordings } = options.environment.vault();
  const affected = recordings
    .tracks(recording.id)
    .filter((track) => track.phase !== 'erased' && reaches(track, recording, range));
  const cutter = new TrackCutter(options, recording, range, signal);
  const total = affected.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  try {
    for (const track of affected) {
      await cutter.cut(track);
      done += track.bytes;
      options.progress(total === 0 ? 1 : done / total);
    }
    return cutter;
  } catch (error) {
    await discardCut(options.environment, cutter);
    throw error;
  }
}

/** Whether every new file is as long as it was written. A vault that was locked in between has swept them away. */
export async function isWhole({ environment }: CutTracksOptions, { tracks }: TracksToCut): Promise<boolean> {
  const { recordingsFolder } = environment.vault();
  for (const { track } of tracks.flatMap(({ left }) => left)) {
    const size = await stat(join(recordingsFolder, track.fileName)).then(
      (stats) => stats.size,
      () => null,
    );
    if (size !== track.bytes) return false;
  }
  return true;
}

/** Overwrites the new keys in memory, and deletes the files, new and old, that no track of the vault stands for. */
export async function discardCut(
  environment: Pick<RecordingEnvironment, 'vault' | 'log'>,
  { tracks }: Pick<TracksToCut, 'tracks'>,
): Promise<void> {
  for (const { key } of tracks.flatMap(({ left }) => left)) key.fill(0);
  for (const { track } of tracks.flatMap((one) => [one, ...one.left])) {
    const { recordings, recordingsFolder } = environment.vault();
    const stored = recordings.track(track.id);
    if (stored?.phase !== 'erased' && stored?.fileName === track.fileName) continue;
    await removeFile(environment, join(recordingsFolder, track.fileName));
  }
}

function reaches(track: StoredTrack, recording: StoredRecording, range: Cut): boolean {
  switch (track.kind) {
    case 'audio':
    case 'video':
    case 'screen': {
      const { fromMs, toMs } = stretchOf(track, recording);
      return overlaps({ fromMs, toMs: toMs + lastFrameMs }, range);
    }
    case 'chat':
    case 'summary':
      return true;
    case 'clip':
      return false;
  }
}

class TrackCutter implements TracksToCut {
  readonly tracks: CutTrack[] = [];
  chatLines = 0;
  readonly latePictures: LatePicture[] = [];

  constructor(
    private readonly options: CutTracksOptions,
    private readonly recording: StoredRecording,
    private readonly range: Cut,
    private readonly signal: AbortSignal,
  ) {}

  async cut(track: StoredTrack): Promise<void> {
    this.signal.throwIfAborted();
    if (track.kind === 'summary') this.tracks.push({ track, left: [] });
    else if (track.kind === 'chat') await this.cutChat(track);
    else await this.cutMedia(track);
  }

  private async cutMedia(track: StoredTrack): Promise<void> {
    const { environment, run } = this.options;
    const { recordingsFolder } = environment.vault();
    const sourceKey = this.keyOf(track);
    const newTarget = () => {
      const fileName = newFileName(environment.random);
      return { fileName, path: join(recordingsFolder, fileName), key: environment.random(32) };
    };
    const [before, after] = [newTarget(), newTarget()];
    let kept = false;
    try {
      const outcome = await run(
        {
          ...{ sourcePath: join(recordingsFolder, track.fileName), sourceKey },
          fromMs: this.range.fromMs - track.offsetMs,
          toMs: this.range.toMs - track.offsetMs,
          ...{ before, after },
        },
        this.signal,
      );
      if (outcome.status === 'failed') {
        throw new DomainError(outcome.reason === 'disk-full' ? 'recording/disk-full' : 'recording/damaged');
      }
      const left = (
        [
          [outcome.before, before],
          [outcome.after, after],
        ] as const
      ).flatMap(([piece, { fileName, key }]) =>
        piece === null ? [] : [{ track: this.partOf(track, piece, fileName), key }],
      );
      this.tracks.push({ track, left });
      kept = true;
      if (track.kind === 'video') this.noteLatePicture(track, outcome.after);
    } finally {
      sourceKey.fill(0);
      if (!kept) {
        for (const target of [before, after]) {
          target.key.fill(0);
          await removeFile(environment, target.path);
        }
      }
    }
  }

  private partOf(track: StoredTrack, piece: CutPiece, fileName: string): StoredTrack {
    const { durationMs, mimeType, bytes } = piece;
    const offsetMs = track.offsetMs + piece.offsetMs;
    const id = newId(this.options.environment.random);
    return { ...track, id, offsetMs, durationMs, mimeType, bytes, fileName, phase: 'final' };
  }

  private noteLatePicture(track: StoredTrack, after: CutPiece | null): void {
    const end = stretchOf(track, this.recording).toMs;
    const atMs = after === null ? null : track.offsetMs + after.offsetMs;
    if ((atMs ?? end) - this.range.toMs < noticeableMs) return;
    this.latePictures.push({ participantId: track.participantId, atMs });
  }

  private async cutChat(track: StoredTrack): Promise<void> {
    const { environment } = this.options;
    const { recordingsFolder } = environment.vault();
    const lines = await this.linesOf(track);
    const left = lines.filter(({ offsetMs }) => offsetMs < this.range.fromMs || offsetMs >= this.range.toMs);
    if (left.length === lines.length) return;
    this.chatLines += lines.length - left.length;
    if (left.length === 0) {
      this.tracks.push({ track, left: [] });
      return;
    }
    const [fileName, key] = [newFileName(environment.random), environment.random(32)];
    let writer: SealedWriter | null = null;
    try {
      writer = await SealedWriter.create(join(recordingsFolder, fileName), key);
      for (const line of left) await writer.append(encodeChatLine(line));
      await writer.finish();
      const part = {
        ...track,
        id: newId(environment.random),
        fileName,
        bytes: writer.fileBytes,
        phase: 'final',
      } as const;
      this.tracks.push({ track, left: [{ track: part, key }] });
    } catch (error) {
      await writer?.destroy();
      key.fill(0);
      await removeFile(environment, join(recordingsFolder, fileName));
      throw writeError(error);
    }
  }

  private async linesOf(track: StoredTrack) {
    const key = this.keyOf(track);
    try {
      return await readChatLines(join(this.options.environment.vault().recordingsFolder, track.fileName), key);
    } catch (error) {
      throw new DomainError('recording/damaged', error);
    } finally {
      key.fill(0);
    }
  }

  private keyOf(track: StoredTrack): Uint8Array {
    const key = this.options.environment.vault().recordings.trackKey(track.id);
    if (!key) throw new DomainError('recording/changed');
    return key;
  }
}
