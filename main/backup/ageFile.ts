import { Decrypter, Encrypter } from 'age-encryption';
import { open, type FileHandle } from 'node:fs/promises';
import { DomainError } from '../../common/errors';

const pieceBytes = 1_048_576;

/**
 * What age writes for a passphrase, and nothing else: magic, one scrypt recipient, MAC. More than 2^20 rounds are refused
 * by the library, as they would take a gigabyte of memory.
 * https://c2sp.org/age#the-scrypt-recipient-type
 */
const headerPattern =
  /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} [1-9][0-9]?\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n/;
const magic = 'age-encryption.org/';
const headerBytes = 256;

/** The passphrase in its one spelling (NFKC): the same letters typed at another system open the file. */
const spelling = (passphrase: string) => passphrase.normalize('NFKC');

/** `content`, encrypted for a passphrase. Memory stays bounded whatever its size. `workFactor`: less for tests only. */
export async function encryptAge(
  content: AsyncIterable<Uint8Array>,
  passphrase: string,
  workFactor = 18,
): Promise<AsyncIterable<Uint8Array>> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(spelling(passphrase));
  return pieces(await encrypter.encrypt(webStream(content)));
}

export interface DecryptedFile {
  readonly content: AsyncIterable<Uint8Array>;
  /** How many bytes the content has, which its end proves. */
  readonly bytes: number;
  close(): Promise<void>;
}

/**
 * Opens a file of the age format. Every byte that comes out is authenticated; a file that was changed or cut ends with
 * 'backup/damaged'. Throws 'backup/not-a-backup' for anything else than a file encrypted for a passphrase, 'backup/passphrase-wrong', and
 * 'backup/unreadable' when the file cannot be read. `onRead` hears how many bytes of the file were read.
 */
export async function decryptAge(
  path: string,
  passphrase: string,
  onRead: (bytes: number) => void = () => undefined,
): Promise<DecryptedFile> {
  const handle = await reading(() => open(path, 'r'));
  try {
    await requireHeader(handle);
    const { size } = await reading(() => handle.stat());
    const decrypter = new Decrypter();
    decrypter.addPassphrase(spelling(passphrase));
    const decrypted = await damage(() => decrypter.decrypt(webStream(bytesOf(handle, onRead))));
    const bytes = await damage(async () => decrypted.size(size));
    return { content: undamaged(pieces(decrypted)), bytes, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function requireHeader(handle: FileHandle): Promise<void> {
  const head = Buffer.alloc(headerBytes);
  const { bytesRead } = await reading(() => handle.read(head, 0, headerBytes, 0));
  const text = head.toString('latin1', 0, bytesRead);
  if (headerPattern.test(text)) return;
  // For a key instead of a passphrase; or torn, or changed.
  const ours = text.startsWith(magic) && !/\n-> (?!scrypt )\S+ /.test(text);
  throw new DomainError(ours ? 'backup/damaged' : 'backup/not-a-backup');
}

async function* bytesOf(handle: FileHandle, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for (let position = 0; ;) {
    // A new buffer each time: the stream keeps what it was given.
    const buffer = Buffer.allocUnsafe(pieceBytes);
    const at = position;
    const { bytesRead } = await reading(() => handle.read(buffer, 0, pieceBytes, at));
    if (bytesRead === 0) return;
    position += bytesRead;
    onRead(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}

async function reading<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw new DomainError('backup/unreadable', error);
  }
}

/** What the library throws has only a text; it says that no recipient matched when the passphrase is wrong. */
async function damage<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const wrong = error instanceof Error && error.message.startsWith('no identity matched');
    throw new DomainError(wrong ? 'backup/passphrase-wrong' : 'backup/damaged', error);
  }
}

async function* undamaged(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await damage(() => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Asks for the next piece only when the one before was taken. */
function webStream(content: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

async function* pieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}
