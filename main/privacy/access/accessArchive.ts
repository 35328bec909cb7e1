import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { DomainError } from '../../../common/errors';
import type { Language } from '../../../common/meeting/models';
import { parseChatText } from '../../../common/recording/chatLine';
import type { StoredTrack, Vault } from '../../vault/repositories';
import { SealedReader } from '../../vault/sealed/sealedReader';
import { receiptFile, receiptProof } from '../receipts/receiptFile';
import type { AccessContent, AccessMedia } from './accessDocument';
import { accessPage } from './accessPage';

const pieceBytes = 1_048_576;

export interface AccessArchiveOptions {
  readonly vault: Vault;
  readonly language: Language;
  /** Between 0 and 1, by the bytes of media. */
  readonly onProgress: (fraction: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Writes the answer to an access request as a ZIP archive at `path`: `index.html` to read, `data.json` for programs, the
 * signed receipts, and the media as they were recorded. Until it is whole it has another name, so that no half archive
 * stays; only the owner may read it. A track that is damaged is named as such and left out. Throws `document/not-written`,
 * and the signal's reason when it is aborted.
 */
export async function writeAccessArchive(
  path: string,
  content: AccessContent,
  { vault, language, onProgress, signal }: AccessArchiveOptions,
): Promise<void> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  // Each byte is read twice: to see that it is whole, and to be written.
  const total = 2 * content.media.reduce((sum, { track }) => sum + track.bytes, 0);
  let done = 0;
  const count = (bytes: number) => {
    done += bytes;
    onProgress(total === 0 ? 1 : Math.min(1, done / total));
  };
  try {
    const readable = await withoutDamaged(vault, content, count, signal);
    const zip = new ZipFile();
    // It says so itself, not through its stream.
    zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error));
    // Whole before there is a file and somebody who waits for it: it throws where a receipt cannot be read.
    addTexts(zip, vault, readable, language);
    const handle = await open(part, 'wx', 0o600);
    const opened = new Set<Readable>();
    try {
      addMedia(zip, vault, readable, { count, opened });
      zip.end();
      await pipeline(zip.outputStream, handle.createWriteStream(), { signal });
    } finally {
      // Whoever gives up in the middle of a track leaves it open.
      for (const one of opened) one.destroy();
      // The stream closes it when it is done.
      await handle.close().catch(() => undefined);
    }
    await rename(part, path);
    onProgress(1);
  } catch (error) {
    await rm(part, { force: true });
    signal.throwIfAborted();
    throw new DomainError('document/not-written', error);
  }
}

function addTexts(zip: ZipFile, vault: Vault, { document, receipts }: AccessContent, language: Language): void {
  const mtime = new Date(document.createdAt);
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text, 'utf8'), name, { mtime });
  add('index.html', accessPage(document, language));
  add('data.json', `${JSON.stringify(document, null, 2)}\n`);
  for (const { file, receipt } of receipts) {
    add(file, receiptFile(receiptProof(receipt, (signature) => vault.confirmations.of(signature))));
  }
}

function addMedia(
  zip: ZipFile,
  vault: Vault,
  { document, media, redact }: AccessContent,
  { count, opened }: { readonly count: (bytes: number) => void; readonly opened: Set<Readable> },
): void {
  const mtime = new Date(document.createdAt);
  for (const one of media) {
    // Recorded media are compressed already. Opened when its turn comes, so that one file is open at a time.
    zip.addReadStreamLazy(one.file, { mtime, compress: false }, (take) => {
      const bytes = one.track.kind === 'chat' ? chat(vault, one, redact, count) : pieces(vault, one, count);
      const stream = Readable.from(bytes);
      opened.add(stream.once('close', () => opened.delete(stream)));
      // yazl does not listen for it: nobody would be told, and the process would take it for an error of its own.
      stream.once('error', (error) => (zip.outputStream as Readable).destroy(error));
      take(null, stream);
    });
  }
}

/**
 * What can be read, to its last byte: a track that turns out damaged while it is written would take the whole answer with
 * it, each time.
 */
async function withoutDamaged(
  vault: Vault,
  content: AccessContent,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<AccessContent> {
  const damaged = new Set<string>();
  for (const { file, track } of content.media) {
    // A vault that was locked meanwhile throws here: that is no damage.
    const key = vault.recordings.trackKey(track.id);
    if (key === null) continue;
    try {
      for await (const piece of piecesOf(vault, track, key)) {
        signal.throwIfAborted();
        count(piece.length);
      }
    } catch {
      signal.throwIfAborted();
      damaged.add(file);
    }
  }
  const { document } = content;
  return {
    ...content,
    media: content.media.filter(({ file }) => !damaged.has(file)),
    document: {
      ...document,
      recordings: document.recordings.map((recording) => ({
        ...recording,
        tracks: recording.tracks.map((track) =>
          track.file !== null && damaged.has(track.file)
            ? { ...track, file: null, missing: 'damaged' as const }
            : track,
        ),
      })),
    },
  };
}

async function* pieces(
  vault: Vault,
  { track }: AccessMedia,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const key = vault.recordings.trackKey(track.id);
  // Withdrawn since the archive was begun.
  if (key === null) throw new DomainError('recording/erased');
  for await (const piece of piecesOf(vault, track, key)) {
    count(piece.length);
    yield piece;
  }
}

async function* piecesOf(vault: Vault, { fileName }: StoredTrack, key: Uint8Array): AsyncGenerator<Uint8Array> {
  const reader = await SealedReader.open(join(vault.recordingsFolder, fileName), key);
  try {
    for (let at = 0; at < reader.size; at += pieceBytes) {
      yield await reader.read(at, Math.min(reader.size, at + pieceBytes));
    }
  } finally {
    await reader.close();
  }
}

async function* chat(
  vault: Vault,
  media: AccessMedia,
  redact: (text: string) => string,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces(vault, media, count)) parts.push(piece);
  const lines = parseChatText(Buffer.concat(parts).toString('utf8'));
  yield Buffer.from(
    `${JSON.stringify(
      lines.map(({ offsetMs, text }) => ({ offsetMs, text: redact(text) })),
      null,
      2,
    )}\n`,
  );
}
