import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { MediaKind } from '../../common/consent/models';
import { diskRig, type DiskRig } from '../../main/recording/testing/diskRig';
import type { Vault } from '../../main/vault/repositories';
import { createVaultManager, type VaultManager } from '../../main/vault/vaultManager';
import { endlessFilm, type EndlessFilm } from './endlessFilm';

export interface RecorderJob {
  readonly vaultFolder: string;
  readonly films: Readonly<Record<'audio' | 'video', string>>;
  readonly people: number;
  /** How much real time half a second of the recording takes, in milliseconds. */
  readonly pieceEveryMs: number;
  /** After so many it ends by itself, and finalizes. */
  readonly pieces: number;
}

/** What the recorder says: what it has handed over to be written, and what the host is told. */
export type RecorderLine =
  | { readonly type: 'handed'; readonly track: string; readonly pieces: number }
  | { readonly type: 'told'; readonly trouble: string | null }
  | { readonly type: 'done' };

/** In one system call: it is out, whatever happens next. */
const say = (line: RecorderLine) => void writeSync(1, `${JSON.stringify(line)}\n`);

/** A vault whose keychain hides nothing: it is about the disk. */
export function vaultIn(folder: string): VaultManager {
  return createVaultManager({
    folder,
    keychain: { isAvailable: () => true, seal: (text) => Buffer.from(text), open: (sealed) => sealed.toString() },
    now: () => Date.now(),
    randomBytes: (count) => randomBytes(count),
  });
}

export const timers = {
  after: (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

export const rigOn = (vault: Vault): DiskRig => diskRig({ vault, now: () => Date.now(), timers });

/** One stretch after another of one kind of one person, as the window writes it: in order, one call at a time. */
class Track {
  readonly #queue: number[] = [];
  #trackId: string | null = null;
  #first = 0;
  #refused = false;
  #handed = 0;
  idle: Promise<void> = Promise.resolve();

  constructor(
    readonly rig: DiskRig,
    readonly recordingId: string,
    readonly kind: MediaKind,
    readonly person: string,
    readonly film: EndlessFilm,
  ) {}

  push(piece: number): void {
    if (this.#refused) return;
    this.#queue.push(piece);
    this.idle = this.idle.then(() => this.#write());
  }

  /** The host's window tries again once the trouble is over. */
  handleWell(): void {
    this.#refused = false;
  }

  async #write(): Promise<void> {
    const piece = this.#queue.shift();
    if (piece === undefined || this.#refused) return;
    try {
      if (this.#trackId === null) {
        this.#trackId = await this.rig.open(this.recordingId, this.kind, this.person);
        this.#first = piece;
        await this.rig.sinks.appendTrack(this.#trackId, this.film.head);
      }
      this.#handed += 1;
      say({ type: 'handed', track: `${this.person} ${this.kind}`, pieces: this.#handed });
      await this.rig.sinks.appendTrack(this.#trackId, this.film.piece(piece - this.#first));
    } catch {
      this.#handed -= 1;
      this.#trackId = null;
      this.#queue.length = 0;
      this.#refused = true;
    }
  }
}

/** Records into a real vault; ended from outside, or by itself. */
export async function faultsRecorder(job: RecorderJob): Promise<void> {
  const manager = vaultIn(job.vaultFolder);
  await manager.start();
  const rig = rigOn(manager.vault());
  const films = { audio: await endlessFilm(job.films.audio), video: await endlessFilm(job.films.video) };
  const recordingId = rig.start();
  const tracks = Array.from({ length: job.people }, (_, person) =>
    (['audio', 'video'] as const).map((kind) => new Track(rig, recordingId, kind, `person-${person}`, films[kind])),
  ).flat();
  let told = 0;
  const started = Date.now();
  for (let piece = 0; piece < job.pieces; piece += 1) {
    await wait(Math.max(0, started + piece * job.pieceEveryMs - Date.now()));
    for (; told < rig.told.length; told += 1) {
      const trouble = rig.told[told] ?? null;
      say({ type: 'told', trouble });
      if (trouble === null) for (const track of tracks) track.handleWell();
    }
    for (const track of tracks) track.push(piece);
  }
  for (const track of tracks) await track.idle;
  await rig.stop(recordingId);
  say({ type: 'done' });
  await manager.close();
}
