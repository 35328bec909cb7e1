import {
  AudioSample,
  AudioSampleSource,
  CanvasSource,
  Output,
  Quality,
  StreamTarget,
  WebMOutputFormat,
  type StreamTargetChunk,
} from 'mediabunny';
import { limit, sampleRate } from './audioMath';
import type { ExportPlan } from './exportPlan';
import { PersonReader } from './personReader';
import { Stage } from './stage';

export interface ComposeOptions {
  readonly plan: ExportPlan;
  /** CSS font families, of a font that has been loaded. */
  readonly font: string;
  readonly write: (chunk: StreamTargetChunk) => Promise<void>;
  readonly onProgress: (fraction: number) => void;
}

const frameRate = 20;
/** A picture in which nothing changes is repeated this often. */
const repeatSeconds = 1;
const windowSeconds = 1;
const chunkBytes = 4 * 1_024 * 1_024;

/**
 * Makes one WebM (VP8 and Opus) of all tracks: everybody in a tile, all voices mixed, with cues and an exact duration,
 * from 0 on. Works through it second by second, so that the length of a recording does not matter. Rejects when a track
 * can't be read, when the encoder gives up or when `write` rejects.
 */
export async function composeRecording({ plan, font, write, onProgress }: ComposeOptions): Promise<void> {
  const stage = new Stage(plan, font);
  const readers = plan.people.map((person) => new PersonReader(person));
  const picture = new CanvasSource(stage.canvas, {
    codec: 'vp8',
    quality: new Quality({ bitrate: 1_800_000 }),
    keyFrameInterval: 4,
    latencyMode: 'realtime',
  });
  const sound = new AudioSampleSource({ codec: 'opus', quality: new Quality({ bitrate: 64_000 }) });
  const output = new Output({
    format: new WebMOutputFormat(),
    target: new StreamTarget(new WritableStream({ write }), { chunked: true, chunkSize: chunkBytes }),
  });
  output.addVideoTrack(picture, { frameRate });
  output.addAudioTrack(sound);
  output.setMetadataTags({ title: plan.title });

  const seconds = plan.durationMs / 1_000;
  const frames = Math.ceil(seconds * frameRate);
  const shown: (number | null)[] = plan.people.map(() => null);
  let drawnAt = Number.NEGATIVE_INFINITY;

  /** Draws everybody as they are at that frame, and adds it to the film when it differs from the one before. */
  const addFrame = async (frame: number): Promise<void> => {
    const time = frame / frameRate;
    const slate = plan.slates.find(({ fromMs, toMs }) => time * 1_000 >= fromMs && time * 1_000 < toMs) ?? null;
    stage.showSlate(slate);
    for (const [index, reader] of readers.entries()) {
      const sample = await reader.pictureAt(time * 1_000);
      const stamp = slate === null ? (sample?.timestamp ?? null) : null;
      if (stamp !== null && stamp === shown[index]) continue;
      shown[index] = stamp;
      if (slate !== null) continue;
      if (sample === null) stage.showCard(index);
      else stage.showPicture(index, sample);
    }
    stage.showCaption(plan.captions.find(({ fromMs, toMs }) => time * 1_000 >= fromMs && time * 1_000 < toMs) ?? null);
    const last = frame === frames - 1;
    if (!stage.takeChanged() && time - drawnAt < repeatSeconds && !last) return;
    drawnAt = time;
    await picture.add(time, last ? seconds - time : 1 / frameRate);
  };

  const addSound = async (from: number, to: number): Promise<void> => {
    const start = Math.round(from * sampleRate);
    const mix = new Float32Array(Math.round(to * sampleRate) - start);
    for (const reader of readers) await reader.addSound(mix, start);
    limit(mix);
    const sample = new AudioSample({ data: mix, format: 'f32', numberOfChannels: 1, sampleRate, timestamp: from });
    await sound.add(sample);
    sample.close();
  };

  try {
    await output.start();
    let frame = 0;
    for (let from = 0; from < seconds; from += windowSeconds) {
      const to = Math.min(from + windowSeconds, seconds);
      await addSound(from, to);
      for (; frame < frames && frame / frameRate < to; frame += 1) await addFrame(frame);
      onProgress(to / seconds);
    }
    await output.finalize();
  } finally {
    for (const reader of readers) await reader.dispose();
  }
}
