import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Database } from '@signalapp/sqlcipher';
import type { ConsentAnswer, ConsentWithdrawal, RecordingKind } from '../../common/consent/models';
import { readKeyFile } from '../../main/vault/keyFile';
import { unwrapWithPassphrase } from '../../main/vault/keyring';
import { decryptedLog, decryptedPages } from '../../main/vault/testing/decryptedPages';
import { SealedReader } from '../../main/vault/sealed/sealedReader';

export interface SealedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export interface TrackRow {
  readonly id: string;
  readonly recordingId: string;
  readonly participantId: string;
  readonly kind: RecordingKind;
  readonly phase: 'writing' | 'closed' | 'final' | 'erased';
  readonly offsetMs: number;
  readonly durationMs: number | null;
  readonly bytes: number;
  readonly fileName: string;
  /** Null: destroyed. */
  readonly key: Buffer | null;
}

export interface ReceiptRow {
  readonly recordingId: string;
  readonly participantId: string;
  readonly name: string;
  readonly decisions: ConsentAnswer['decisions'];
  readonly language: ConsentAnswer['noticeLanguage'];
  readonly answerSignature: string;
  readonly hostSignature: string | null;
  readonly noticeText: string;
  readonly withdrawnKinds: readonly string[];
}

interface Rows {
  all<Row>(sql: string, ...parameters: string[]): Row[];
}

/**
 * What really is on the disk of one person, read from outside the app: it asks the files and the database, not the
 * program that wrote them. Only the format's own code (key file, sealed files) is shared with the product.
 */
export class ProfileOnDisk {
  readonly vaultDir: string;
  private key: Buffer | null = null;

  constructor(
    readonly profileDir: string,
    private readonly passphrase: string,
    /** A database that a program has open is read in place; else a copy, for opening it would tidy up after a crash. */
    private readonly isInUse: () => boolean,
  ) {
    this.vaultDir = join(profileDir, 'vault');
  }

  /** The files recordings are made of, those of a recording that is being written included. */
  async sealedFiles(): Promise<SealedFile[]> {
    const folder = join(this.vaultDir, 'recordings');
    const names = existsSync(folder) ? await readdir(folder) : [];
    const found = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        // Gone since it was listed: finalizing replaces files.
        const content = await readFile(path).catch(() => null);
        return content === null ? [] : [{ name, path, bytes: content.length }];
      }),
    );
    return found.flat();
  }

  async tracks(): Promise<TrackRow[]> {
    const rows = await this.query((database) =>
      database.all<Omit<TrackRow, 'key'> & { key: Uint8Array | null }>(
        `SELECT id, recording_id AS recordingId, participant_id AS participantId, kind, phase, offset_ms AS offsetMs,
                duration_ms AS durationMs, bytes, file_name AS fileName, key
         FROM tracks LEFT JOIN track_keys ON track_id = id ORDER BY position`,
      ),
    );
    return rows.map(({ key, ...row }) => {
      const value = key === null ? null : Buffer.from(key);
      // Not enumerable: a failed comparison prints what it compared, and a key belongs in no report.
      return Object.defineProperty(row, 'key', { value, enumerable: false }) as TrackRow;
    });
  }

  /** Every row of every table, as text to look for words in. */
  async allText(): Promise<string> {
    return this.query((database) =>
      database
        .all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'chat_index%'")
        .map(({ name }) => JSON.stringify(database.all(`SELECT * FROM "${name}"`)))
        .join('\n'),
    );
  }

  async receipts(): Promise<ReceiptRow[]> {
    interface Row {
      readonly recordingId: string;
      readonly participantId: string;
      readonly name: string;
      readonly answer: string;
      readonly answerSignature: string;
      readonly hostSignature: string | null;
      readonly noticeText: string;
    }
    return this.query((database) =>
      database
        .all<Row>(
          `SELECT recording_id AS recordingId, participant_id AS participantId, name, answer,
                  answer_signature AS answerSignature, host_signature AS hostSignature, notice_text AS noticeText
           FROM receipts ORDER BY position`,
        )
        .map(({ answer, ...row }) => {
          const { decisions, noticeLanguage } = JSON.parse(answer) as ConsentAnswer;
          const withdrawals = database.all<{ withdrawal: string }>(
            'SELECT withdrawal FROM withdrawals WHERE recording_id = ? AND participant_id = ?',
            row.recordingId,
            row.participantId,
          );
          const withdrawnKinds = withdrawals.flatMap(
            ({ withdrawal }) => (JSON.parse(withdrawal) as { kinds: string[] }).kinds,
          );
          return { ...row, decisions, language: noticeLanguage, withdrawnKinds };
        }),
    );
  }

  /** What was signed to take a yes back, by this person or by others. */
  async withdrawals(): Promise<{ readonly withdrawal: ConsentWithdrawal; readonly signature: string }[]> {
    const rows = await this.query((database) =>
      database.all<{ withdrawal: string; signature: string }>('SELECT withdrawal, signature FROM withdrawals'),
    );
    return rows.map(({ withdrawal, signature }) => ({
      withdrawal: JSON.parse(withdrawal) as ConsentWithdrawal,
      signature,
    }));
  }

  async recordings(): Promise<{ readonly id: string; readonly phase: string; readonly title: string }[]> {
    return this.query((database) => database.all('SELECT id, phase, title FROM recordings ORDER BY started_at'));
  }

  async chatTexts(): Promise<string[]> {
    const rows = await this.query((database) =>
      database.all<{ text: string }>('SELECT text FROM chat ORDER BY position'),
    );
    return rows.map(({ text }) => text);
  }

  /** Every track key that any copy of the database still holds, the backups included. */
  async keysAnywhere(): Promise<Buffer[]> {
    const folder = join(this.vaultDir, 'backups');
    const names = existsSync(folder) ? await readdir(folder) : [];
    const copies = names.filter((name) => name.endsWith('.db')).map((name) => join(folder, name));
    const keysIn = (database: Rows) => database.all<{ key: Uint8Array }>('SELECT key FROM track_keys');
    const found = [await this.query(keysIn), ...(await Promise.all(copies.map((path) => this.query(keysIn, path))))];
    return found.flat().map(({ key }) => Buffer.from(key));
  }

  /** The media of a track as it was recorded. Throws when the file is gone or its key does not open it. */
  async openTrack({ fileName, key }: Pick<TrackRow, 'fileName' | 'key'>): Promise<Buffer> {
    if (key === null) throw new Error('the key of this track has been destroyed');
    return openSealed(join(this.vaultDir, 'recordings', fileName), key);
  }

  /** What somebody does who has the key of the database. No program may run on it. */
  async tamper(sql: string): Promise<void> {
    if (this.isInUse()) throw new Error('the program is still running');
    const database = new Database(join(this.vaultDir, 'vault.db'));
    try {
      database.exec(`PRAGMA key = "x'${(await this.databaseKey()).toString('hex')}'"`);
      database.exec('PRAGMA foreign_keys = OFF');
      database.exec(sql);
    } finally {
      database.close();
    }
  }

  /** Files of the profile that contain one of these byte strings, in UTF-8 or in UTF-16. */
  async filesContaining(...texts: (string | Uint8Array)[]): Promise<string[]> {
    const needles = texts.flatMap((text) =>
      typeof text === 'string' ? [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')] : [Buffer.from(text)],
    );
    const entries = await readdir(this.profileDir, { withFileTypes: true, recursive: true });
    const hits: string[] = [];
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const content = await readFile(path).catch(() => null);
      if (content !== null && needles.some((needle) => content.includes(needle))) hits.push(path);
    }
    return hits;
  }

  /**
   * Which of these texts stand on the disk for somebody with the key of the database: in its pages, in use or free, in its
   * log, its search index and its backups, and in any other file of the profile as it is.
   */
  async readableAmong(texts: readonly string[]): Promise<string[]> {
    const key = await this.databaseKey();
    const entries = await readdir(this.profileDir, { withFileTypes: true, recursive: true });
    const read = async (path: string): Promise<Buffer> => {
      // Some are gone since they were listed.
      if (!path.startsWith(this.vaultDir)) return readFile(path).catch(() => Buffer.alloc(0));
      if (path.endsWith('.db')) return decryptedPages(path, key);
      return path.endsWith('.db-wal') ? decryptedLog(path, key) : readFile(path);
    };
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const contents = await Promise.all(files.map(read));
    return texts.filter((text) =>
      [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')].some((bytes) =>
        contents.some((content) => content.includes(bytes)),
      ),
    );
  }

  private async query<Result>(read: (rows: Rows) => Result, path = join(this.vaultDir, 'vault.db')): Promise<Result> {
    const key = await this.databaseKey();
    if (this.isInUse()) return readRows(path, key, read);
    const folder = await mkdtemp(join(tmpdir(), 'konklave-copy-'));
    try {
      const copy = join(folder, basename(path));
      for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) await cp(path + suffix, copy + suffix);
      return readRows(copy, key, read);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The passphrase is worked through once, for that takes half a second. */
  private async databaseKey(): Promise<Buffer> {
    if (this.key !== null) return this.key;
    const reading = readKeyFile(this.vaultDir);
    if (reading?.key.protection !== 'passphrase') throw new Error('this vault is not behind a passphrase');
    this.key = await unwrapWithPassphrase(reading.key, this.passphrase);
    return this.key;
  }
}

/** The plaintext of a sealed file. Throws SealedFileError when this key is not its own. */
export async function openSealed(path: string, key: Uint8Array): Promise<Buffer> {
  const reader = await SealedReader.open(path, key);
  try {
    return Buffer.from(await reader.read(0, reader.size));
  } finally {
    await reader.close();
  }
}

function readRows<Result>(path: string, key: Buffer, read: (rows: Rows) => Result): Result {
  const database = new Database(path);
  try {
    database.exec(`PRAGMA key = "x'${key.toString('hex')}'"`);
    database.exec('PRAGMA busy_timeout = 5000');
    return read({ all: <Row>(sql: string, ...parameters: string[]) => database.prepare(sql).all(parameters) as Row[] });
  } finally {
    database.close();
  }
}
