import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDatabase, openDatabase } from './database';
import type { Migration } from './migrate';
import { documentHash } from './documentHash';
import { migrations } from './migrations';
import { temporaryFolder } from './testing/vaultFixture';

const first: Migration = {
  version: 1,
  up: (database) => database.exec("CREATE TABLE notes (text TEXT) STRICT; INSERT INTO notes VALUES ('old')"),
};
const second: Migration = {
  version: 2,
  up: (database) => database.exec("ALTER TABLE notes ADD COLUMN mood TEXT; UPDATE notes SET mood = 'calm'"),
};
const failing: Migration = {
  version: 3,
  up: (database) => {
    database.exec("UPDATE notes SET text = 'half'; ALTER TABLE notes DROP COLUMN mood");
    throw new Error('in the middle');
  },
};

function place() {
  const [path, key] = [join(temporaryFolder(), 'some.db'), randomBytes(32)];
  createDatabase(path, key, [first]).close();
  return { path, key };
}

test('steps that are missing are taken, once each', () => {
  const { path, key } = place();
  openDatabase(path, key, [first, second], true).close();
  const database = openDatabase(path, key, [first, second], true);
  expect(database.version()).toBe(2);
  expect(database.all('SELECT * FROM notes')).toEqual([{ text: 'old', mood: 'calm' }]);
  database.close();
});

test('a step that fails leaves what the step before it left', () => {
  const { path, key } = place();
  expect(() => openDatabase(path, key, [first, second, failing], true)).toThrow('in the middle');
  const database = openDatabase(path, key, [first, second], true);
  expect(database.version()).toBe(2);
  expect(database.all('SELECT * FROM notes')).toEqual([{ text: 'old', mood: 'calm' }]);
  database.close();
});

test('data of a newer program is not touched', () => {
  const { path, key } = place();
  openDatabase(path, key, [first, second], true).close();
  expect(() => openDatabase(path, key, [first], true)).toThrow('vault/newer-version');
  const database = openDatabase(path, key, [first, second], true);
  expect(database.all('SELECT * FROM notes')).toEqual([{ text: 'old', mood: 'calm' }]);
  database.close();
});

test('versions count from one without gaps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

test('R24: notices from before there was a data protection officer stay the version that they are', () => {
  const [path, key] = [join(temporaryFolder(), 'vault.db'), randomBytes(32)];
  const before = createDatabase(path, key, migrations.slice(0, 16));
  const facts = { controllerName: 'Ada', controllerContact: '', employees: true };
  const row = [documentHash(facts), JSON.stringify(facts)];
  before.run('INSERT INTO people (identity_key, name, met_at) VALUES (?, ?, ?)', ['ben', 'Ben', 1]);
  before.run('INSERT INTO notice_versions (hash, facts, since) VALUES (?, ?, 5)', row);
  before.run('INSERT INTO notices_read (host_key, hash, facts, number, since, read_at) VALUES (?, ?, ?, 3, 4, 6)', [
    ...['ben', ...row],
  ]);
  before.run("INSERT INTO profile (id, name, contact, public_key, private_key) VALUES (1, 'Ada', 'a', 'k', x'00')");
  before.close();
  const database = openDatabase(path, key, migrations, true);
  const now = { ...facts, officerContact: '' };
  const kept = { hash: documentHash(now), facts: JSON.stringify(now) };
  expect(database.all('SELECT * FROM notice_versions')).toEqual([{ number: 1, since: 5, ...kept }]);
  expect(database.all('SELECT * FROM notices_read')).toEqual([
    { host_key: 'ben', number: 3, since: 4, read_at: 6, ...kept },
  ]);
  expect(database.all('SELECT contact, officer_contact FROM profile')).toEqual([{ contact: 'a', officer_contact: '' }]);
  database.close();
});
