import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personalKinds } from '../../common/privacy/heldData';
import { createDatabase } from '../vault/database';
import { migrations } from '../vault/migrations';
import { addRecording, allFiles, openFixture, temporaryFolder, vaultFixture } from '../vault/testing/vaultFixture';
import { dataRegistry } from './dataRegistry';

/** Names of columns under which a person is found. */
const namesAPerson =
  /(^|_)(identity_key|sender_key|host_key|public_key|private_key|name|contact|participant_id|sender_id|verified_as|accepted_as|own_registration|answers|mark)$/;
const saysNothing = new Set(['tracks.file_name']);

function newestTables() {
  const database = createDatabase(join(temporaryFolder(), 'some.db'), randomBytes(32), migrations);
  const tables = database.all<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'chat_index_%'",
  );
  const columns = tables.flatMap(({ name }) =>
    database.all<{ name: string }>(`SELECT name FROM pragma_table_info('${name}')`).map((one) => `${name}.${one.name}`),
  );
  database.close();
  return { tables: tables.map(({ name }) => name), columns };
}

describe('the data registry', () => {
  it('declares each table of the vault once, and no other', () => {
    const declared = dataRegistry.flatMap(({ tables }) => tables);
    expect([...declared].sort()).toEqual(newestTables().tables.sort());
  });

  it('declares each column that names a person', () => {
    const declared = dataRegistry.flatMap(({ personal }) => personal);
    const { columns } = newestTables();
    const found = columns.filter((one) => namesAPerson.test(one.split('.')[1] ?? '') && !saysNothing.has(one));
    expect([...declared].sort()).toEqual(found.sort());
  });

  it('declares each kind of file of the vault', async () => {
    const fixture = vaultFixture();
    const { manager, vault } = await openFixture(fixture);
    const { tracks } = addRecording(vault, 1);
    writeFileSync(join(vault.recordingsFolder, tracks[0]?.track.fileName ?? ''), 'sealed');
    vault.recordings.eraseTracks([]);
    const named = () => allFiles(fixture.folder).map(({ path }) => relative(fixture.folder, path).split(sep).join('/'));
    const files = new Set(named());
    await manager.close();
    for (const name of named()) files.add(name);
    const patterns = dataRegistry.flatMap(({ files: known }) => known);
    expect(files.size).toBeGreaterThan(4);
    expect([...files].filter((name) => !patterns.some((pattern) => pattern.test(name)))).toEqual([]);
  });

  it('gives everything about people a legal basis and a time', () => {
    const declared = personalKinds.map((kind) => dataRegistry.find((one) => one.kind === kind));
    expect(declared.map((one) => one?.basis ?? null)).not.toContain(null);
    expect(declared.map((one) => one?.retention ?? 'vault')).not.toContain('vault');
  });
});
