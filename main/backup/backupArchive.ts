import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { extract, pack, type Entry, type Extract, type Headers, type Pack } from 'tar-stream';
import { DomainError } from '../../common/errors';
import {
  manifestName,
  parseManifest,
  smallFileLimit,
  sumsName,
  type BackupFile,
  type BackupManifest,
} from './backupManifest';

/** A file that goes into a backup. */
export interface ArchivedFile extends BackupFile {
  /** Must give at least `bytes` bytes; what comes after is left out. */
  readonly content: () => AsyncIterable<Uint8Array>;
}

/** More than this between two files is no header of ours. */
const slackBytes = 2 * 1_048_576;

/**
 * The archive in a backup ([Note: backup file]), piece by piece. Throws 'backup/changed' when a file has become shorter
 * than the manifest says, and what reading it throws.
 */
export async function* archiveOf(manifest: BackupManifest, files: readonly ArchivedFile[]): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const feeding = feed(tar, manifest, files).catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error('the archive could not be made'));
    throw error;
  });
  // Its error comes out by the stream first.
  feeding.catch(() => undefined);
  try {
    for await (const piece of tar) yield piece;
    await feeding;
  } finally {
    tar.destroy();
  }
}

async function feed(tar: Pack, manifest: BackupManifest, files: readonly ArchivedFile[]): Promise<void> {
  const at = new Date(manifest.createdAt);
  const text = JSON.stringify(manifest, null, 2);
  const sums = [`${sha256(text)}  ${manifestName}`];
  await addText(tar, manifestName, text, at);
  for (const { name, bytes, modifiedAt, content } of files) {
    const hash = createHash('sha256');
    let left = bytes;
    const entry = tar.entry({ name, size: bytes, mtime: new Date(modifiedAt), mode: 0o600 });
    entry.on('error', ignore);
    if (left > 0) {
      for await (const piece of content()) {
        const part = piece.subarray(0, left);
        left -= part.byteLength;
        hash.update(part);
        if (!entry.write(part)) await drained(entry);
        if (left === 0) break;
      }
    }
    if (left > 0) throw new DomainError('backup/changed');
    entry.end();
    sums.push(`${hash.digest('hex')}  ${name}`);
  }
  await addText(tar, sumsName, `${sums.join('\n')}\n`, at);
  tar.finalize();
}

function addText(tar: Pack, name: string, text: string, mtime: Date): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = tar.entry({ name, mtime, mode: 0o600 }, text, (error) => {
      if (error) reject(error);
      else resolve();
    });
    entry.on('error', ignore);
  });
}

/** What to do with each file of an archive: take all of its content, or the next one does not come. */
export type TakeFile = (file: BackupFile, content: AsyncIterable<Uint8Array>) => Promise<void>;

/**
 * Reads an archive. `onManifest` may end it by returning null; otherwise its answer gets each file, in the order of the manifest. When it
 * resolves, every file was there, once, in the size that the manifest says and with the hash that the archive says, and
 * nothing else was. Anything but plain files under the manifest's names (folders, links, paths) is refused. Throws
 * 'backup/not-a-backup', 'backup/newer-version', 'backup/damaged'.
 */
export async function readArchive(
  content: AsyncIterable<Uint8Array>,
  onManifest: (manifest: BackupManifest) => TakeFile | null,
): Promise<BackupManifest> {
  const tar = extract();
  // Bytes that went in and did not come out as content: headers, which nobody needs to be large.
  const balance = { bytes: 0 };
  const pouring = pour(content, tar, balance);
  pouring.catch(() => undefined);
  const entries = tar[Symbol.asyncIterator]();
  const next = async () => {
    balance.bytes = 0;
    const { done, value } = await entries.next();
    return done === true ? null : value;
  };
  try {
    const first = await next();
    if (first === null || first.header.name !== manifestName) throw new DomainError('backup/not-a-backup');
    const text = await smallText(first, balance);
    const manifest = parseManifest(text);
    const take = onManifest(manifest);
    if (take === null) return manifest;
    const sums = [`${sha256(text)}  ${manifestName}`];
    for (const file of manifest.files) {
      const entry = await next();
      if (entry === null || !isPlain(entry.header, file.name, file.bytes)) throw new DomainError('backup/damaged');
      const hash = createHash('sha256');
      await take(file, hashed(entry, hash, balance));
      sums.push(`${hash.digest('hex')}  ${file.name}`);
    }
    const last = await next();
    if (last === null || last.header.name !== sumsName) throw new DomainError('backup/damaged');
    if ((await smallText(last, balance)) !== `${sums.join('\n')}\n`) throw new DomainError('backup/damaged');
    if ((await next()) !== null) throw new DomainError('backup/damaged');
    await pouring;
    return manifest;
  } catch (error) {
    throw error instanceof DomainError ? error : causeOf(error);
  } finally {
    tar.destroy();
    await pouring.catch(() => undefined);
  }
}

async function pour(content: AsyncIterable<Uint8Array>, tar: Extract, balance: { bytes: number }): Promise<void> {
  try {
    for await (const piece of content) {
      if (tar.destroyed) return;
      balance.bytes += piece.byteLength;
      if (balance.bytes > slackBytes + piece.byteLength) throw new DomainError('backup/damaged');
      if (!tar.write(piece)) await drained(tar);
    }
    tar.end();
  } catch (error) {
    tar.destroy(error as Error);
    throw error;
  }
}

async function* hashed(
  entry: Entry,
  hash: { update(piece: Uint8Array): unknown },
  balance: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const piece of entry) {
    balance.bytes -= piece.byteLength;
    hash.update(piece);
    yield piece;
  }
}

async function smallText(entry: Entry, balance: { bytes: number }): Promise<string> {
  const { name, size = 0 } = entry.header;
  if (!isPlain(entry.header, name, size) || size > smallFileLimit) throw new DomainError('backup/damaged');
  return (await wholeOf(hashed(entry, { update: () => undefined }, balance))).toString('utf8');
}

function isPlain(header: Headers, name: string, bytes: number): boolean {
  return header.type === 'file' && header.name === name && header.size === bytes;
}

/** Until there is room for more, or nobody takes any. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

/** The stream that it belongs to has the same error. */
const ignore = () => undefined;

/** All of a small content at once. */
export async function wholeOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts);
}

/** A DomainError that went through a stream is wrapped or bare; what the archive library says is damage. */
function causeOf(error: unknown): Error {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof DomainError) return cause;
  const system = error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
  return system && error instanceof Error ? error : new DomainError('backup/damaged', error);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
