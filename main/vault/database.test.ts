import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createDatabase, isUsableDatabase, openDatabase } from './database';
import { migrations } from './migrations';
import { temporaryFolder } from './testing/vaultFixture';

let path: string;
let key: Buffer;
beforeEach(() => {
  path = join(temporaryFolder(), 'some.db');
  key = randomBytes(32);
});

test('is safe against loss of power, broken references and remains of what was deleted', () => {
  const database = createDatabase(path, key, migrations);
  const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'busy_timeout'];
  const values = settings.map((name) => Object.values(database.get(`PRAGMA ${name}`) ?? {})[0]);
  expect(values).toEqual(['wal', 2, 1, 1, 5000]);
  expect(database.get("SELECT v FROM chat_index_config WHERE k = 'secure-delete'")).toEqual({ v: 1 });
  expect(() =>
    database.run("INSERT INTO chat VALUES (1, 'i', 'no such meeting', NULL, 'n', 'k', 0, 't', 1)"),
  ).toThrow();
  database.close();
});

test('opens under its own key only', () => {
  createDatabase(path, key, migrations).close();
  expect(() => openDatabase(path, randomBytes(32), migrations, false)).toThrow('vault/damaged');
  expect(() => openDatabase(path, randomBytes(16), migrations, false)).toThrow(TypeError);
  openDatabase(path, key, migrations, false).close();
});

test('never takes a missing or empty file for a new database, and never overwrites one', () => {
  expect(() => openDatabase(path, key, migrations, false)).toThrow('vault/damaged');
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, '');
  expect(() => openDatabase(path, key, migrations, false)).toThrow('vault/damaged');
  expect(statSync(path).size).toBe(0);
  expect(() => createDatabase(path, key, migrations)).toThrow('vault/already-exists');
});

test('a database in which nothing was ever stored is no vault', () => {
  createDatabase(path, key, []).close();
  const database = createDatabase(`${path}.tables`, key, []);
  database.exec('CREATE TABLE something (column_a)');
  database.close();
  expect(() => openDatabase(path, key, migrations, false)).toThrow('vault/damaged');
  expect(() => openDatabase(`${path}.tables`, key, migrations, false)).toThrow('vault/damaged');
});

test('looking whether a file is usable does not change it', () => {
  const database = createDatabase(path, key, migrations);
  const copy = `${path}.copy`;
  database.copyTo(copy);
  database.close();
  const before = readFileSync(copy);
  expect(isUsableDatabase(copy, key, migrations)).toBe(true);
  expect(isUsableDatabase(copy, randomBytes(32), migrations)).toBe(false);
  expect(isUsableDatabase(copy, key, [])).toBe(false);
  expect(readFileSync(copy)).toEqual(before);
  expect(existsSync(`${copy}-wal`)).toBe(false);
  before.writeUInt8(before.readUInt8(9_999) ^ 128, 9_999);
  writeFileSync(copy, before);
  expect(isUsableDatabase(copy, key, migrations)).toBe(false);
  expect(isUsableDatabase(`${copy}.missing`, key, migrations)).toBe(false);
});

test('a transaction that fails leaves nothing, a nested one neither', () => {
  const database = createDatabase(path, key, migrations);
  const note = (name: string) =>
    database.run('INSERT INTO people (identity_key, name, met_at) VALUES (?, ?, 1)', [name, name]);
  expect(() =>
    database.transaction(() => {
      note('outer');
      database.transaction(() => note('inner'));
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(database.all('SELECT * FROM people')).toEqual([]);
  database.transaction(() => note('kept'));
  expect(database.all('SELECT name FROM people')).toEqual([{ name: 'kept' }]);
  database.close();
  expect(() => database.all('SELECT 1')).toThrow('vault/locked');
  database.close();
});

test('a full disk undoes the transaction and can be got over', () => {
  const database = createDatabase(path, key, migrations);
  const pages = Number(Object.values(database.get('PRAGMA page_count') ?? {})[0]);
  database.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const note = (name: string) =>
    database.run('INSERT INTO people (identity_key, name, met_at) VALUES (?, ?, 1)', [name, name.repeat(5_000)]);
  const many = () => database.transaction(() => ['a', 'b', 'c', 'd', 'e'].forEach(note));
  expect(many).toThrow(expect.objectContaining({ code: 'vault/disk-full' }));
  expect(many).toThrow(expect.objectContaining({ code: 'vault/disk-full' }));
  expect(database.all('SELECT identity_key FROM people')).toEqual([]);
  database.exec(`PRAGMA max_page_count = ${pages + 100}`);
  many();
  expect(database.all('SELECT identity_key FROM people')).toHaveLength(5);
  database.close();
});

test('a key is in no error', () => {
  createDatabase(path, key, migrations).close();
  const errors: unknown[] = [];
  const attempts = [
    () => openDatabase(path, Buffer.from(key).reverse(), migrations, true),
    () => openDatabase(path, key.subarray(1), migrations, true),
    () => createDatabase(path, key, migrations),
  ];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch (error) {
      errors.push(error);
    }
  }
  expect(errors).toHaveLength(3);
  for (const error of errors) {
    for (let thrown = error as Error | undefined; thrown !== undefined; thrown = thrown.cause as Error | undefined) {
      const text = `${thrown.message} ${thrown.stack}`.toLowerCase();
      expect(text).not.toContain(key.toString('hex').slice(2, 20));
      expect(text).not.toContain(Buffer.from(key).reverse().toString('hex').slice(2, 20));
    }
  }
});
