import { CustomSource, EncodedPacketSink, Input, WEBM, type EncodedPacket, type InputTrack } from 'mediabunny';
import { rm } from 'node:fs/promises';
import { SealedPatchWriter, type SealedPatchWriterOptions } from '../../vault/sealed/sealedPatchWriter';
import { SealedReader } from '../../vault/sealed/sealedReader';
import { troubleOf } from '../diskTrouble';
import { measureWebm } from './webmExtent';
import { createWebmPiece, type WebmPiece } from './webmPiece';

interface PieceTarget {
  readonly path: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** A range to leave out of one sealed track, in milliseconds from the track's own beginning; the end is exclusive. */
export interface CutTrackJob {
  readonly sourcePath: string;
  readonly sourceKey: Uint8Array;
  readonly fromMs: number;
  readonly toMs: number;
  readonly before: PieceTarget;
  readonly after: PieceTarget;
}

export interface CutPiece {
  /** Where it begins in the source. */
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly mimeType: string;
  readonly bytes: number;
}

/**
 * - `done`: each part is whole, or null when there is nothing of it, and then there is no file;
 * - `failed`: there are no files. `damaged`: the source cannot be read; the others: the parts cannot be written.
 *
 * The source is never touched.
 */
export type CutTrackOutcome =
  | { readonly status: 'done'; readonly before: CutPiece | null; readonly after: CutPiece | null }
  | { readonly status: 'failed'; readonly reason: 'damaged' | ReturnType<typeof troubleOf> };

/**
 * Copies what lies before and what lies behind a range into two seekable files under keys of their own. Nothing is
 * encoded anew and nothing is on the disk in the clear. A packet of sound goes if any of it may lie in the range. Of a
 * picture the part behind begins with the first key frame: the frames before that one lean on what is left out. Never
 * throws.
 */
export async function cutTrack(job: CutTrackJob, options: SealedPatchWriterOptions = {}): Promise<CutTrackOutcome> {
  const writing: Writing = { error: null, options };
  const [before, after] = [new Part(job.before, writing), new Part(job.after, writing)];
  try {
    await copyAround(job, before, after);
    return { status: 'done', before: await before.finish(), after: await after.finish() };
  } catch {
    await Promise.all([before.discard(), after.discard()]);
    return { status: 'failed', reason: writing.error === null ? 'damaged' : troubleOf(writing.error.cause) };
  }
}

async function copyAround(job: CutTrackJob, before: Part, after: Part): Promise<void> {
  const reader = await SealedReader.open(job.sourcePath, job.sourceKey);
  try {
    // What could not be finalized may be torn at its end.
    const { bytes: size } = await measureWebm(reader);
    const input = new Input({
      formats: [WEBM],
      source: new CustomSource({ getSize: () => size, read: (start, end) => reader.read(start, end) }),
    });
    try {
      const [track, ...others] = await input.getTracks();
      if (!track || others.length > 0) throw new Error('a track file holds one track');
      await copyPackets(track, job, before, after);
    } finally {
      input.dispose();
    }
  } finally {
    await reader.close();
  }
}

/** An Opus packet lasts up to this long in what browsers record; the last of a file does not say. In seconds. */
const longestSound = 0.06;

async function copyPackets(track: InputTrack, job: CutTrackJob, before: Part, after: Part): Promise<void> {
  const [from, to] = [job.fromMs / 1_000, job.toMs / 1_000];
  const isPicture = track.isVideoTrack();
  for await (const packet of new EncodedPacketSink(track).packets()) {
    const { timestamp, duration } = packet;
    if (timestamp < from) {
      // A picture is of the moment it was taken; how long it stays is shortened. Sound goes on for its whole length.
      if (isPicture) await before.add(track, packet.clone({ duration: Math.min(duration, from - timestamp) }));
      else if (timestamp + Math.max(duration, longestSound) <= from) await before.add(track, packet);
    } else if (timestamp >= to && (after.begun || !isPicture || packet.type === 'key')) {
      await after.add(track, packet);
    }
  }
}

interface Writing {
  /** The first failure of the disk, if any. */
  error: { readonly cause: unknown } | null;
  readonly options: SealedPatchWriterOptions;
}

/** One of the two files. Nothing is created before its first frame. */
class Part {
  readonly #target: PieceTarget;
  readonly #writing: Writing;
  #open: { readonly writer: SealedPatchWriter; readonly piece: WebmPiece; readonly track: InputTrack } | null = null;
  #start = 0;
  #end = 0;

  constructor(target: PieceTarget, writing: Writing) {
    this.#target = target;
    this.#writing = writing;
  }

  get begun(): boolean {
    return this.#open !== null;
  }

  async add(track: InputTrack, packet: EncodedPacket): Promise<void> {
    this.#open ??= await this.#begin(track, packet.timestamp);
    this.#end = Math.max(this.#end, packet.timestamp + packet.duration);
    await this.#open.piece.add(packet.clone({ timestamp: packet.timestamp - this.#start }));
  }

  /** Null when there is nothing that takes time. */
  async finish(): Promise<CutPiece | null> {
    const durationMs = Math.round((this.#end - this.#start) * 1_000);
    if (this.#open === null || durationMs === 0) {
      await this.discard();
      return null;
    }
    const { writer, piece, track } = this.#open;
    await piece.finish();
    const codec = await track.getCodecParameterString();
    const mimeType = `${track.type}/webm${codec === null ? '' : `;codecs=${codec}`}`;
    const bytes = await this.#noting(writer.finish());
    return { offsetMs: Math.round(this.#start * 1_000), durationMs, mimeType, bytes };
  }

  async discard(): Promise<void> {
    await this.#open?.piece.cancel().catch(() => undefined);
    await this.#open?.writer.destroy();
    await rm(this.#target.path, { force: true }).catch(() => undefined);
  }

  async #begin(track: InputTrack, timestamp: number) {
    this.#start = timestamp;
    this.#end = timestamp;
    const { path, key } = this.#target;
    const writer = await this.#noting(SealedPatchWriter.create(path, key, this.#writing.options));
    const piece = await createWebmPiece(track, (position, bytes) => this.#noting(writer.write(position, bytes)));
    return { writer, piece, track };
  }

  async #noting<Value>(work: Promise<Value>): Promise<Value> {
    try {
      return await work;
    } catch (error) {
      this.#writing.error ??= { cause: error };
      throw error;
    }
  }
}
