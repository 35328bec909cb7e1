import type { VideoSample } from 'mediabunny';
import { AudioCursor } from './audioCursor';
import type { PlannedPerson } from './exportPlan';
import { VideoCursor } from './videoCursor';

/** Reads everything of one person, in order of time. */
export class PersonReader {
  private readonly sounds: readonly AudioCursor[];
  private pictures: readonly VideoCursor[];

  constructor(person: PlannedPerson) {
    this.sounds = person.tracks.filter(({ kind }) => kind === 'audio').map((track) => new AudioCursor(track));
    this.pictures = person.tracks
      .filter(({ kind }) => kind === 'video')
      .sort((a, b) => b.offsetMs - a.offsetMs)
      .map((track) => new VideoCursor(track));
  }

  async addSound(mix: Float32Array, start: number): Promise<void> {
    for (const sound of this.sounds) await sound.addTo(mix, start);
  }

  /** Null: there is no picture at that time. Drawn before the next call, it need not be closed. */
  async pictureAt(positionMs: number): Promise<VideoSample | null> {
    const over = this.pictures.filter(({ track }) => track.offsetMs + track.durationMs <= positionMs);
    if (over.length > 0) {
      this.pictures = this.pictures.filter((picture) => !over.includes(picture));
      for (const picture of over) await picture.dispose();
    }
    // The latest comes first.
    return (await this.pictures.find((picture) => picture.covers(positionMs))?.at(positionMs)) ?? null;
  }

  async dispose(): Promise<void> {
    for (const cursor of [...this.sounds, ...this.pictures]) await cursor.dispose();
  }
}
