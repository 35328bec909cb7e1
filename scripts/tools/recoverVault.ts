import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { kindsThat } from '../../common/consent/standing';
import { limits } from '../../common/meeting/limits';
import { dueParts } from '../../common/recording/retention';
import { standingOf } from '../../main/recording/consentProof';
import { safeName } from '../../main/documents/safeName';
import type { StoredRecording, StoredTrack } from '../../main/vault/repositories';
import { openCopy, requirePassphraseVault, type OpenCopy } from './recover/openCopy';
import { RecoveryRefusal } from './recover/refusal';
import { readChat, saveTrack } from './recover/saveTrack';
import { warning, writeChat, writeJson } from './recover/texts';

export interface RecoverOptions {
  /** The vault's folder; nothing in it is changed. */
  readonly vault: string;
  /** Does not exist yet, or is empty. */
  readonly out: string;
  readonly passphrase: string;
  readonly now: () => number;
  /** One line for the person who waits. */
  readonly say: (line: string) => void;
  /** How far the track is that is being written. */
  readonly progress: (doneBytes: number, ofBytes: number) => void;
}

export interface Recovered {
  readonly meetings: number;
  readonly recordings: number;
  readonly tracks: number;
  /** What is damaged, one line each. */
  readonly damaged: readonly string[];
}

/** Looks whether recovering can begin, before the passphrase is asked for. Throws RecoveryRefusal. */
export function requireRecoverable({ vault, out }: Pick<RecoverOptions, 'vault' | 'out'>): void {
  requirePassphraseVault(vault);
  const way = relative(resolve(vault), resolve(out));
  if (way === '' || (!way.startsWith('..') && !isAbsolute(way))) {
    throw new RecoveryRefusal(
      'The output folder is inside the vault, where nothing is to be changed: name another one.',
    );
  }
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new RecoveryRefusal(`${out} is not empty: name a folder that does not exist yet.`);
  }
}

/**
 * Opens a vault with its passphrase and writes what it holds as plain files: chats as JSON and Markdown, receipts as
 * JSON, tracks as WebM. What was erased, withdrawn or is past its retention stays out. What is damaged is named, and the
 * rest is saved. Throws RecoveryRefusal, or the system's error when the output cannot be written.
 */
export async function recoverVault(options: RecoverOptions): Promise<Recovered> {
  requireRecoverable(options);
  const copy = await openCopy(options.vault, options.passphrase);
  try {
    return await new Recovery(options, copy).run();
  } finally {
    await copy.close();
  }
}

class Recovery {
  readonly #options: RecoverOptions;
  readonly #copy: OpenCopy;
  readonly #damaged: string[] = [];
  #tracks = 0;

  constructor(options: RecoverOptions, copy: OpenCopy) {
    this.#options = options;
    this.#copy = copy;
  }

  async run(): Promise<Recovered> {
    const { out, say } = this.#options;
    const { vault, backupOf } = this.#copy;
    mkdirSync(out, { recursive: true, mode: 0o700 });
    say(`WARNING: ${warning}`);
    if (backupOf !== null) {
      this.#damage(`the database is damaged; taken from the backup of ${new Date(backupOf).toISOString()}`);
    }
    const meetings = this.#meetings();
    const recordings = vault.recordings.list();
    for (const [index, recording] of recordings.entries()) {
      say(`Recording ${index + 1} of ${recordings.length}: ${recording.title} (${day(recording.startedAt)})`);
      await this.#recording(recording);
    }
    const receipts = vault.receipts.all();
    writeJson(join(out, 'receipts.json'), receipts);
    say(`${receipts.length} receipts`);
    const damage = this.#damaged.length === 0 ? 'Nothing was damaged.' : `Damaged:\n${this.#damaged.join('\n')}`;
    writeFileSync(join(out, 'README.txt'), `${warning}\n\n${damage}\n`, { mode: 0o600 });
    return { meetings, recordings: recordings.length, tracks: this.#tracks, damaged: this.#damaged };
  }

  #meetings(): number {
    const { vault } = this.#copy;
    const meetings = vault.meetings.recent(2 ** 31 - 1);
    for (const [index, meeting] of meetings.entries()) {
      const { title, startedAt, meetingId, messageCount } = meeting;
      this.#options.say(
        `Meeting ${index + 1} of ${meetings.length}: ${title} (${day(startedAt)}), ${messageCount} messages`,
      );
      const folder = this.#folder('meetings', title, startedAt, meetingId);
      const chat = vault.chat.history(meetingId);
      writeJson(join(folder, 'meeting.json'), { ...meeting, chat });
      const lines = chat.map(({ sentAt, senderName, text }) => ({
        when: new Date(sentAt).toISOString(),
        name: senderName,
        text,
      }));
      writeChat(join(folder, 'chat.md'), title, lines);
    }
    return meetings.length;
  }

  async #recording(recording: StoredRecording): Promise<void> {
    const { say, now } = this.#options;
    const { vault } = this.#copy;
    const tracks = vault.recordings.tracks(recording.id);
    const kept = {
      clips: tracks.some(({ kind, phase }) => kind === 'clip' && phase !== 'erased'),
      rest: tracks.some(({ kind, phase }) => kind !== 'clip' && phase !== 'erased'),
    };
    // What is on hold is kept beyond its time, as the app keeps it.
    const isHeld = vault.holds.of({ kind: 'recording', id: recording.id }) !== null;
    const due = isHeld ? 'nothing' : dueParts(recording, kept, now());
    if (due === 'everything') {
      say('  left out: its retention has ended');
      return;
    }
    const folder = this.#folder('recordings', recording.title, recording.startedAt, recording.id);
    const written: unknown[] = [];
    for (const [index, track] of tracks.entries()) {
      const receipt = vault.receipts.get(recording.id, track.participantId);
      const label = `${safeName(receipt?.name ?? 'unknown').slice(0, 60)} ${track.kind} ${index + 1}`;
      // [Note: consent gate] The same question as before anything is written by the app.
      const permitted = receipt !== null && kindsThat(standingOf(receipt), 'yes', 'stopped').includes(track.kind);
      const isDue = due === (track.kind === 'clip' ? 'clips' : 'rest');
      const key = track.phase === 'erased' || !permitted || isDue ? null : vault.recordings.trackKey(track.id);
      if (key === null) {
        say(`  left out: ${label} (erased, consent taken back, or its time is over)`);
        continue;
      }
      const file = await this.#track(track, key, folder, label);
      key.fill(0);
      if (file === null) continue;
      const { participantId, identityKey, kind, mimeType, offsetMs } = track;
      written.push({ file, participantId, identityKey, name: receipt?.name, kind, mimeType, offsetMs });
    }
    writeJson(join(folder, 'recording.json'), { ...recording, tracks: written });
    writeJson(join(folder, 'receipts.json'), vault.receipts.ofRecording(recording.id));
  }

  /** Returns the name of the file that was written, or null. */
  async #track(track: StoredTrack, key: Uint8Array, folder: string, label: string): Promise<string | null> {
    const { say, progress } = this.#options;
    const source = { path: join(this.#copy.recordingsFolder, track.fileName), key, final: track.phase === 'final' };
    const where = `${relative(this.#options.out, folder)}: ${label}`;
    const base = join(folder, label);
    let file: string | null = `${base}.json`;
    try {
      if (track.kind === 'chat') {
        const { lines, problems } = await readChat(source);
        writeJson(`${base}.json`, lines);
        const shown = lines.map(({ offsetMs, name, text }) => ({ when: clock(offsetMs), name, text }));
        writeChat(`${base}.md`, label, shown);
        for (const problem of problems) this.#damage(`${where}: ${problem}`);
      } else {
        const clipMs = track.kind === 'clip' ? limits.clipSeconds * 1_000 : undefined;
        const saved = await saveTrack({ ...source, clipMs }, base, progress);
        for (const problem of saved.problems) this.#damage(`${where}: ${problem}`);
        file = saved.files[0] ?? null;
        if (file === null) {
          say(`  ${label}: there is nothing in it`);
          return null;
        }
      }
    } catch (error) {
      if (isOutputTrouble(error)) throw error;
      this.#damage(`${where}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
      return null;
    }
    this.#tracks += 1;
    say(`  ${label}`);
    return basename(file);
  }

  #damage(line: string): void {
    this.#damaged.push(line);
    this.#options.say(`DAMAGED: ${line}`);
  }

  #folder(kind: 'meetings' | 'recordings', title: string, at: number, id: string): string {
    const name = `${day(at)} ${safeName(title).slice(0, 80)} ${id.slice(0, 8)}`;
    const folder = join(this.#options.out, kind, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
}

/** The output cannot be written: going on would only repeat it. */
function isOutputTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EEXIST'].includes(code);
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A time within a recording, as h:mm:ss. */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
