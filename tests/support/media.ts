import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Probe {
  /** In seconds; null when the file does not say. */
  readonly duration: number | null;
  readonly streams: readonly { readonly kind: string; readonly codec: string; readonly size: string | null }[];
}

interface FfprobeReport {
  readonly format: { readonly duration?: string };
  readonly streams: readonly {
    readonly codec_type: string;
    readonly codec_name: string;
    readonly width?: number;
    readonly height?: number;
  }[];
}

/** What ffprobe, which knows nothing of us, says about a file. Rejects when it is no media file. */
export async function probe(file: string): Promise<Probe> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file]);
  const { format, streams } = JSON.parse(stdout) as FfprobeReport;
  return {
    duration: format.duration === undefined ? null : Number(format.duration),
    streams: streams.map(({ codec_type: kind, codec_name: codec, width, height }) => ({
      kind,
      codec,
      size: width === undefined || height === undefined ? null : `${width}x${height}`,
    })),
  };
}

/** The same for bytes that must not stay on the disk in the clear. */
export async function probeBytes(bytes: Uint8Array): Promise<Probe> {
  return withTemporaryFile(bytes, probe);
}

/** How many pictures or sound packets ffmpeg can decode of these bytes. Rejects when there is an error in them. */
export async function countFrames(bytes: Uint8Array): Promise<number> {
  return withTemporaryFile(bytes, async (file) => {
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', file],
    ]);
    return Number(stdout.trim());
  });
}

/** Jumps to a position and decodes one picture there, as a player would. The picture as raw RGB of 160x90. */
export async function pictureAt(file: string, seconds: number): Promise<Buffer> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-ss', String(seconds), '-i', file, '-frames:v', '1'],
      ...['-vf', 'scale=160:90', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    ],
    { encoding: 'buffer' },
  );
  return stdout;
}

/** The colour at a place of a picture or, after so many seconds, of a film. */
export async function colourAt(file: string, x: number, y: number, seconds = 0) {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-ss', String(seconds), '-i', file, '-frames:v', '1'],
      ...['-vf', `format=rgb24,crop=2:2:${Math.round(x)}:${Math.round(y)}`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    ],
    { encoding: 'buffer' },
  );
  const [red = 0, green = 0, blue = 0] = stdout;
  return { red, green, blue };
}

async function withTemporaryFile<Result>(bytes: Uint8Array, use: (file: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'konklave-probe-'));
  try {
    const file = join(folder, 'media');
    await writeFile(file, bytes);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
