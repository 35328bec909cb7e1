import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database';
import { migrations } from '../migrations';
import { allFiles, decryptedLog, decryptedPages, openFixture, vaultFixture } from '../testing/vaultFixture';

const randomKey = () => randomBytes(32).toString('base64url');
const entry = { reason: 'wish', addedAt: 1 } as const;

function decrypted(fixture: ReturnType<typeof vaultFixture>): string {
  const files = allFiles(fixture.folder).flatMap(({ path }) => {
    if (path.endsWith('.db')) return [decryptedPages(path, fixture.drawn[0]!)];
    return path.endsWith('.db-wal') ? [decryptedLog(path, fixture.drawn[0]!)] : [];
  });
  return Buffer.concat(files).toString('latin1');
}

describe('R22: the lists of objections', () => {
  it('find somebody by key, by e-mail address and by name, however these are spelled', async () => {
    const { vault } = await openFixture(vaultFixture());
    const { objections } = vault;
    const identityKey = randomKey();
    objections.add({ ...entry, kind: 'recording', who: { identityKey } });
    objections.add({ ...entry, kind: 'contact', who: { email: 'J.Strauss@Example.org' } });
    objections.add({ ...entry, kind: 'recording', who: { name: 'Jürgen  Strauß' } });
    expect(objections.covers({ identityKey }, 'recording')).toBe(true);
    expect(objections.covers({ identityKey }, 'contact')).toBe(false);
    expect(objections.covers({ email: ' j.strauss@example.ORG' }, 'contact')).toBe(true);
    for (const name of ['JÜRGEN STRAUSS', 'ju\u0308rgen strauß', 'Jürgen\u200b\u00a0Strauß ']) {
      expect([name, objections.covers({ identityKey: randomKey(), name }, 'recording')]).toEqual([name, true]);
    }
    for (const name of ['Jurgen Strauss', 'Jürgen', 'Strauß Jürgen']) {
      expect([name, objections.covers({ name }, 'recording')]).toEqual([name, false]);
    }
    // A name is no address, and the other way round.
    expect(objections.covers({ name: 'J.Strauss@Example.org' }, 'contact')).toBe(false);
  });

  it('hold what it takes to recognise somebody, and neither name, address nor key', async () => {
    const fixture = vaultFixture();
    const { manager, vault } = await openFixture(fixture);
    const identityKey = randomKey();
    vault.objections.add({
      ...{ ...entry, kind: 'recording', who: { identityKey, email: 'secret@example.org', name: 'Zacharias Quine' } },
    });
    manager.maintain();
    const found = decrypted(fixture);
    const texts = [identityKey, 'secret@example', 'Zacharias', 'zacharias', 'quine'];
    expect(texts.filter((text) => found.includes(text))).toEqual([]);
    expect(Object.keys(vault.objections.list()[0]!).sort()).toEqual(['addedAt', 'id', 'kind', 'reason']);
  });

  it('are salted by each vault itself', async () => {
    const who = { name: 'Zacharias Quine' };
    const marks: string[] = [];
    for (const fixture of [vaultFixture(), vaultFixture()]) {
      const { manager, vault } = await openFixture(fixture);
      const key = Buffer.from(fixture.drawn[0]!);
      vault.objections.add({ ...entry, kind: 'recording', who });
      await manager.close();
      const database = openDatabase(join(fixture.folder, 'vault.db'), key, migrations, false);
      marks.push(...database.all<{ mark: string }>('SELECT mark FROM objection_marks').map(({ mark }) => mark));
      database.close();
    }
    expect(marks).toHaveLength(2);
    expect(marks[0]).not.toBe(marks[1]);
  });

  it('take an entry once, and lose it for good, backups included, when it is taken back', async () => {
    const fixture = vaultFixture();
    const { manager, vault } = await openFixture(fixture);
    const who = { identityKey: randomKey() };
    vault.objections.add({ ...entry, kind: 'recording', who });
    vault.objections.add({ ...entry, kind: 'recording', who });
    expect(vault.objections.list()).toHaveLength(1);
    vault.objections.add({ ...entry, kind: 'recording', who: { ...who, name: 'Now with a name' } });
    expect(vault.objections.of(who)).toHaveLength(2);
    manager.maintain();
    for (const { id } of vault.objections.list()) {
      expect(decrypted(fixture)).toContain(id);
      expect(vault.objections.remove(id)).toBe(true);
      expect(decrypted(fixture)).not.toContain(id);
      expect(vault.objections.remove(id)).toBe(false);
    }
    expect(vault.objections.covers(who, 'recording')).toBe(false);
  });
});
