import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { DomainError } from '../../common/errors';
import type { Language } from '../../common/meeting/models';
import { newId } from './documents';
import type { RecordingEnvironment } from './environment';
import { exportFileName } from './exportName';
import type { PendingExports } from './pendingExports';

export interface ExportPorts {
  /** Shows the save dialog; null when the person cancels. */
  chooseFile(suggestedName: string, language: Language): Promise<string | null>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): void;
}

export interface ExportOptions {
  readonly environment: RecordingEnvironment;
  readonly ports: ExportPorts;
  readonly pending: PendingExports;
  /** Of the suggested name, without the dot. */
  readonly extension: string;
}

interface OpenExport {
  readonly recordingId: string;
  readonly targetPath: string;
  readonly partPath: string;
  readonly handle: FileHandle;
  queue: Promise<void>;
  bytes: number;
}

/**
 * Writes what the window composes into a file the person chose. The window never learns where that is. Until it is whole
 * the file is called `….part`; it is deleted when the export is cancelled, fails, or the program dies.
 */
export class ExportService {
  readonly #options: ExportOptions;
  readonly #environment: RecordingEnvironment;
  readonly #open = new Map<string, OpenExport>();
  readonly #finished = new Map<string, string>();

  constructor(options: ExportOptions) {
    this.#options = options;
    this.#environment = options.environment;
  }

  /** Null when the person cancels. Throws `recording/not-found`, `recording/in-progress`, `export/write-failed`. */
  async begin(recordingId: string, language: Language): Promise<{ readonly exportId: string } | null> {
    const { title, startedAt } = this.#exportable(recordingId);
    const name = exportFileName(title, startedAt, this.#options.extension);
    const targetPath = await this.#options.ports.chooseFile(name, language);
    if (targetPath === null) return null;
    this.#exportable(recordingId);
    const exportId = newId(this.#environment.random);
    const { handle, partPath } = await this.#create(targetPath, exportId);
    this.#open.set(exportId, { recordingId, targetPath, partPath, handle, queue: Promise.resolve(), bytes: 0 });
    return { exportId };
  }

  /** Writes at a position of the file. Throws `export/unknown`, `export/write-failed`; after the latter it is cancelled. */
  async write(exportId: string, position: number, bytes: Uint8Array): Promise<void> {
    const one = this.#known(exportId);
    await this.#step(exportId, one, async () => {
      for (let done = 0; done < bytes.length;) {
        done += (await one.handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
      }
      one.bytes = Math.max(one.bytes, position + bytes.length);
    });
  }

  /** Brings the file to the disk and gives it its name. Throws like `write`. */
  async finish(exportId: string): Promise<{ readonly fileName: string; readonly bytes: number }> {
    const one = this.#known(exportId);
    await this.#step(exportId, one, async () => {
      await one.handle.sync();
      await one.handle.close();
      await rename(one.partPath, one.targetPath);
      // Later proofs of erasure name this copy, which they cannot reach.
      this.#environment.vault().recordings.addExport(one.recordingId, this.#environment.now());
    });
    this.#open.delete(exportId);
    this.#finished.set(exportId, one.targetPath);
    await this.#options.pending.remove(exportId);
    return { fileName: basename(one.targetPath), bytes: one.bytes };
  }

  /** Deletes what was written. One that is not open any more is fine. */
  async cancel(exportId: string): Promise<void> {
    const one = this.#open.get(exportId);
    if (!one) return;
    this.#open.delete(exportId);
    await one.handle.close().catch(() => undefined);
    try {
      await rm(one.partPath, { force: true });
      await this.#options.pending.remove(exportId);
    } catch (error) {
      // The note stays: the next start tries again.
      this.#environment.log.error('an unfinished export could not be deleted', error);
    }
  }

  /** Cancels the exports of one recording, whose content has changed, or all (null). */
  async cancelAll(recordingId: string | null): Promise<void> {
    const ids = [...this.#open].filter(([, one]) => recordingId === null || one.recordingId === recordingId);
    await Promise.all(ids.map(([exportId]) => this.cancel(exportId)));
  }

  /** Whether a file is being written. */
  isExporting(): boolean {
    return this.#open.size > 0;
  }

  /** Deletes what an earlier run of the program left unfinished. Never throws. */
  cleanUp(): Promise<void> {
    return this.#options.pending.clean();
  }

  /** Throws `export/unknown` unless it was finished since the program started. */
  reveal(exportId: string): void {
    const path = this.#finished.get(exportId);
    if (path === undefined) throw new DomainError('export/unknown');
    this.#options.ports.reveal(path);
  }

  async #create(targetPath: string, exportId: string): Promise<{ handle: FileHandle; partPath: string }> {
    const candidates = [`${targetPath}.part`, `${targetPath}.${exportId.slice(0, 8)}.part`];
    for (const partPath of candidates) {
      try {
        const handle = await open(partPath, 'wx', 0o600);
        try {
          await this.#options.pending.add(exportId, partPath);
        } catch (error) {
          await handle.close();
          await rm(partPath, { force: true });
          throw error;
        }
        return { handle, partPath };
      } catch (error) {
        // Somebody else's file of that name stays untouched.
        const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
        if (!taken || partPath === candidates.at(-1)) throw new DomainError('export/write-failed', error);
      }
    }
    throw new DomainError('export/write-failed');
  }

  async #step(exportId: string, one: OpenExport, work: () => Promise<void>): Promise<void> {
    const done = one.queue.then(async () => {
      this.#known(exportId);
      await work();
    });
    one.queue = done.catch(() => undefined);
    try {
      await done;
    } catch (error) {
      // Cancelled while it was waiting or writing.
      this.#known(exportId);
      await this.cancel(exportId);
      throw new DomainError('export/write-failed', error);
    }
  }

  #known(exportId: string): OpenExport {
    const one = this.#open.get(exportId);
    if (!one) throw new DomainError('export/unknown');
    return one;
  }

  #exportable(recordingId: string): { readonly title: string; readonly startedAt: number } {
    const recording = this.#environment.vault().recordings.get(recordingId);
    if (!recording) throw new DomainError('recording/not-found');
    if (recording.phase === 'recording' || recording.phase === 'finalizing') {
      throw new DomainError('recording/in-progress');
    }
    return recording;
  }
}
