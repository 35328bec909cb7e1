import { Database as Connection } from '@signalapp/sqlcipher';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ChatMessage } from '../../common/meeting/models';
import { openDatabase, type Database } from '../../main/vault/database';
import { folderLayout } from '../../main/vault/folderLayout';
import { migrations } from '../../main/vault/migrations';
import type { ChatRepository } from '../../main/vault/repositories';
import { createChatRepository } from '../../main/vault/repositories/chat';
import { deriveKey, recommendedKdf } from '../../main/vault/passphrase';
import { createVaultManager } from '../../main/vault/vaultManager';
import { percentile, show, timed, type BenchmarkContext, type Table } from './benchmark';

const messages = 100_000;
const oneByOne = 2_000;
const meetings = 200;
const words = Array.from({ length: 5_000 }, (_, index) => `${index.toString(36)}${randomBytes(3).toString('hex')}`);

/** Common words often, rare ones rarely, as in a language (Zipf). */
const word = () => words[Math.floor(words.length ** (randomInt(1_000_000) / 1_000_000)) - 1] ?? 'word';
const sentence = () => Array.from({ length: 4 + randomInt(16) }, word).join(' ');
const ids = Array.from({ length: meetings }, () => randomUUID());

/** The vault with many messages, against the same tables without encryption. */
export async function vault({ folder }: BenchmarkContext): Promise<Table> {
  const passphrase = 'correct horse battery';
  const drawn: Buffer[] = [];
  const manager = createVaultManager({
    folder: join(folder, 'vault'),
    keychain: { isAvailable: () => false, seal: unused, open: unused },
    now: () => Date.now(),
    randomBytes: (count) => {
      const bytes = randomBytes(count);
      drawn.push(Buffer.from(bytes));
      return bytes;
    },
  });
  await manager.start();
  await manager.create({ name: 'Ada', contact: '', passphrase });
  await manager.close();

  // The first thing that is drawn is the database key. The same database, with transactions at hand to fill it quickly.
  const [key = Buffer.alloc(0)] = drawn;
  const sealed = openDatabase(folderLayout(join(folder, 'vault')).database, key, migrations, false);
  const plain = openPlain(join(folder, 'plain.db'));
  const speeds = fill([sealed, plain]);
  const searched = await searches(chatOf(sealed), chatOf(plain));
  sealed.close();

  await manager.start();
  const unlock = await timed(() => manager.unlock(passphrase));
  const derive = await timed(() => deriveKey(passphrase, randomBytes(16), recommendedKdf));
  await manager.close();
  return {
    columns: [`${messages.toLocaleString('en-GB')} messages`, 'vault', 'the same without encryption'],
    rows: [
      ['messages added one by one, per second', ...speeds.map(show)],
      ...searched,
      ['opening with the passphrase, ms', show(unlock), `${show(derive)} (Argon2id alone)`],
    ],
  };
}

/** Nothing is deleted here. */
const nothing = () => undefined;
const chatOf = (database: Database) =>
  createChatRepository(
    database,
    { now: nothing, soon: nothing, finish: nothing, mark: nothing, count: () => 0 },
    { add: nothing },
  );

/** Returns how many messages each takes in a second, one by one and in turn; then fills up. */
function fill(databases: readonly Database[]): readonly number[] {
  const all = Array.from({ length: messages }, (_, index) => message(index));
  const chats = databases.map((database) => ({ database, chat: chatOf(database), milliseconds: 0 }));
  for (const { database } of chats) {
    for (const id of ids) {
      database.run(
        'INSERT INTO meetings (id, title, role, host_name, host_key, started_at) VALUES (?, ?, ?, ?, ?, ?)',
        [id, 'Team', 'host', 'Ada', 'k', 1],
      );
    }
  }
  for (const one of all.slice(0, oneByOne)) {
    for (const entry of chats) {
      const started = performance.now();
      entry.chat.add(one);
      entry.milliseconds += performance.now() - started;
    }
  }
  for (const { database, chat } of chats) {
    database.transaction(() => all.slice(oneByOne).forEach((one) => chat.add(one)));
  }
  return chats.map(({ milliseconds }) => (oneByOne * 1000) / milliseconds);
}

async function searches(sealed: ChatRepository, plain: ChatRepository): Promise<string[][]> {
  const kinds: Record<string, () => string> = {
    'the most common word': () => words[0] ?? '',
    'a rare word': () => words[2_000 + randomInt(3_000)] ?? '',
    'the first letter of a word': () => (words[randomInt(words.length)] ?? '').slice(0, 1),
    'two words': () => `${words[randomInt(50)]} ${words[randomInt(50)]}`,
  };
  const rows: string[][] = [];
  for (const [name, typed] of Object.entries(kinds)) {
    const times = { sealed: [] as number[], plain: [] as number[] };
    for (let round = 0; round < 30; round += 1) {
      const query = typed();
      times.sealed.push(await timed(() => sealed.search(query)));
      times.plain.push(await timed(() => plain.search(query)));
    }
    const both = (list: readonly number[]) => `${show(percentile(list, 0.5))} / ${show(percentile(list, 0.9))}`;
    rows.push([`search for ${name}, ms (p50 / p90)`, both(times.sealed), both(times.plain)]);
  }
  return rows;
}

function message(index: number): ChatMessage {
  return {
    id: randomUUID(),
    meetingId: ids[index % meetings] ?? '',
    senderId: null,
    senderName: 'Ada',
    senderKey: 'k',
    mine: true,
    text: sentence(),
    sentAt: index,
  };
}

/** The same tables, the same binding, the same settings, no key. */
function openPlain(path: string): Database {
  const connection = new Connection(path);
  const settings = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON'];
  for (const setting of settings) connection.exec(`PRAGMA ${setting}`);
  const bind = (parameters: readonly unknown[]) => [...parameters] as string[];
  const database: Pick<Database, 'run' | 'get' | 'all' | 'exec' | 'transaction'> = {
    run: (sql, parameters = []) => connection.prepare(sql).run(bind(parameters)),
    get: <Row>(sql: string, parameters: readonly unknown[] = []) =>
      connection.prepare(sql).get(bind(parameters)) as Row | undefined,
    all: <Row>(sql: string, parameters: readonly unknown[] = []) =>
      connection.prepare(sql).all(bind(parameters)) as Row[],
    exec: (sql) => connection.exec(sql),
    transaction: (action) => connection.transaction(action)(),
  };
  for (const migration of migrations) migration.up(database);
  return database as Database;
}

function unused(): never {
  throw new Error('there is no keychain here');
}
