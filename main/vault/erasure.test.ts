import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DomainError, type ErrorCode } from '../../common/errors';
import { createBackups } from './backups';
import { createDatabase } from './database';
import { createErasure } from './erasure';
import { folderLayout } from './folderLayout';
import { migrations } from './migrations';
import { namesIn } from './files';
import type { Vault } from './repositories';
import {
  addRecording,
  decryptedLog,
  decryptedPages,
  newId,
  openFixture,
  temporaryFolder,
  vaultFixture,
  type Fixture,
} from './testing/vaultFixture';

/** Everything that is in the vault's files once decrypted: database, its log, backups, and what was put aside. */
function decryptedVault(fixture: Fixture): Buffer {
  const folders = [fixture.folder, join(fixture.folder, 'backups')];
  const key = fixture.drawn[0]!;
  const files = folders.flatMap((folder) =>
    namesIn(folder)
      .filter((name) => name.endsWith('.db') || name.endsWith('.tmp'))
      .map((name) => decryptedPages(join(folder, name), key)),
  );
  return Buffer.concat([...files, decryptedLog(join(fixture.folder, 'vault.db-wal'), key)]);
}

function logSize(fixture: Fixture): number {
  return readFileSync(join(fixture.folder, 'vault.db-wal')).byteLength;
}

/** An open vault with tracks, all of them in two backups. */
async function backedUp(trackCount: number) {
  const fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  const added = addRecording(vault, trackCount);
  for (let round = 0; round < 2; round += 1) {
    fixture.clock.now += 3_600_000;
    vault.people.met({ identityKey: 'k', name: `Round ${round}`, at: round });
    manager.maintain();
  }
  expect(namesIn(join(fixture.folder, 'backups'))).toHaveLength(2);
  return { fixture, manager, vault, ...added };
}

const has = (haystack: Buffer, key: Uint8Array) => haystack.includes(Buffer.from(key));

test('an erased key is in no file any more, the others are', async () => {
  const { fixture, vault, tracks } = await backedUp(300);
  vault.recordings.list();
  // Without a look at the state before, the test could not fail.
  const before = decryptedVault(fixture);
  expect(tracks.filter(({ key }) => has(before, key))).toHaveLength(300);

  const erased = tracks.filter((_, index) => index % 3 === 0);
  const left = tracks.filter((_, index) => index % 3 !== 0);
  vault.recordings.eraseTracks(erased.map(({ track }) => track.id));

  const after = decryptedVault(fixture);
  expect(erased.filter(({ key }) => has(after, key))).toEqual([]);
  expect(left.filter(({ key }) => has(after, key))).toHaveLength(left.length);
  expect(erased.map(({ track }) => vault.recordings.track(track.id)?.phase)).toEqual(erased.map(() => 'erased'));
  expect(erased.map(({ track }) => vault.recordings.trackKey(track.id))).toEqual(erased.map(() => null));
  expect(left.map(({ track }) => vault.recordings.trackKey(track.id))).toEqual(left.map(({ key }) => key));
});

test('an erased key does not come back with a backup', async () => {
  const { fixture, manager, vault, tracks } = await backedUp(3);
  vault.recordings.eraseTracks([tracks[0]!.track.id]);
  await manager.close();
  for (const { id } of await offered(fixture)) {
    truncateSync(join(fixture.folder, 'vault.db'), 0);
    const restored = fixture.manager();
    await restored.start();
    await restored.restore(id);
    expect(restored.vault().recordings.trackKey(tracks[0]!.track.id)).toBeNull();
    expect(restored.vault().recordings.trackKey(tracks[1]!.track.id)).toEqual(tracks[1]!.key);
    await restored.close();
  }
});

async function offered(fixture: Fixture) {
  truncateSync(join(fixture.folder, 'vault.db'), 0);
  const manager = fixture.manager();
  await manager.start();
  const state = manager.state();
  if (state.phase !== 'damaged') throw new Error(`The phase is ${state.phase}`);
  expect(state.backups.length).toBeGreaterThan(0);
  return state.backups;
}

test('a damaged database that was put aside does not keep an erased key', async () => {
  const { fixture, manager, tracks } = await backedUp(2);
  await manager.close();
  const { id } = (await offered(fixture))[0]!;
  // The database as it was, key and all, but with a damaged last page.
  copyFileSync(join(fixture.folder, 'backups', `${id}.db`), join(fixture.folder, 'vault.db'));
  truncateSync(join(fixture.folder, 'vault.db'), readFileSync(join(fixture.folder, 'vault.db')).byteLength - 4096);
  const restored = fixture.manager();
  await restored.start();
  await restored.restore(id);
  expect(namesIn(fixture.folder).filter((name) => name.startsWith('vault.damaged-'))).not.toEqual([]);
  expect(has(decryptedVault(fixture), tracks[0]!.key)).toBe(true);
  restored.vault().recordings.eraseTracks([tracks[0]!.track.id]);
  expect(has(decryptedVault(fixture), tracks[0]!.key)).toBe(false);
});

test('the half copy that a kill left among the backups goes too', async () => {
  const { fixture, vault, tracks } = await backedUp(1);
  const folder = join(fixture.folder, 'backups');
  copyFileSync(join(folder, namesIn(folder)[0]!), join(folder, 'backup-0000000000001.db.tmp'));
  vault.recordings.eraseTracks([tracks[0]!.track.id]);
  expect(namesIn(folder)).toHaveLength(1);
  expect(has(decryptedVault(fixture), tracks[0]!.key)).toBe(false);
});

test('an erasure that was killed before it reached the backups is finished at the next start', async () => {
  const { fixture, manager, vault, tracks } = await backedUp(2);
  // `replaceTrackFile` leaves the backups for later: the same state as an erasure that was killed half way.
  const file = { fileName: 'final', bytes: 10, durationMs: 5, mimeType: 'audio/webm' };
  vault.recordings.replaceTrackFile(tracks[0]!.track.id, file, randomBytes(32));
  const killed = { ...fixture, folder: temporaryFolder() };
  mkdirSync(join(killed.folder, 'backups'));
  for (const name of [...namesIn(fixture.folder).filter((one) => one !== 'backups' && one !== 'recordings')]) {
    copyFileSync(join(fixture.folder, name), join(killed.folder, name));
  }
  for (const name of namesIn(join(fixture.folder, 'backups'))) {
    copyFileSync(join(fixture.folder, 'backups', name), join(killed.folder, 'backups', name));
  }
  expect(has(decryptedVault(killed), tracks[0]!.key)).toBe(true);
  const next = vaultFixture({ folder: killed.folder, keychain: fixture.keychain }).manager();
  await next.start();
  expect(next.state().phase).toBe('open');
  expect(has(decryptedVault(killed), tracks[0]!.key)).toBe(false);
  expect(has(decryptedVault(killed), tracks[1]!.key)).toBe(true);
  await manager.close();
});

test('a replaced key leaves the database at once and the backups with the next upkeep', async () => {
  const { fixture, manager, vault, tracks } = await backedUp(40);
  const replaced = tracks.slice(0, 20);
  const keys = replaced.map(() => randomBytes(32));
  for (const [index, { track }] of replaced.entries()) {
    const file = { fileName: `final-${index}`, bytes: 99, durationMs: 1234, mimeType: 'audio/webm' };
    vault.recordings.replaceTrackFile(track.id, file, keys[index]!);
  }
  const database = decryptedPages(join(fixture.folder, 'vault.db'), fixture.drawn[0]!);
  expect(replaced.filter(({ key }) => has(database, key))).toEqual([]);
  expect(logSize(fixture)).toBe(0);
  expect(replaced.filter(({ key }) => has(decryptedVault(fixture), key))).toHaveLength(20);
  manager.maintain();
  expect(replaced.filter(({ key }) => has(decryptedVault(fixture), key))).toEqual([]);
  expect(replaced.map(({ track }) => vault.recordings.trackKey(track.id))).toEqual(keys);
  expect(vault.recordings.track(replaced[0]!.track.id)).toMatchObject({
    ...{ fileName: 'final-0', bytes: 99, durationMs: 1234, mimeType: 'audio/webm', phase: 'final' },
  });
});

test('deleting a recording destroys its keys and its words, and leaves its receipts and other recordings', async () => {
  const { fixture, vault, recording, tracks } = await backedUp(5);
  const other = addRecording(vault, 1, { purpose: 'Something else' });
  vault.recordings.delete(recording.id);
  const after = decryptedVault(fixture);
  expect(tracks.filter(({ key }) => has(after, key))).toEqual([]);
  expect(after.includes('Minutes of the works council')).toBe(false);
  expect(after.includes('Something else')).toBe(true);
  expect(vault.recordings.list().map(({ id }) => id)).toEqual([other.recording.id]);
  expect(vault.recordings.trackKey(other.tracks[0]!.track.id)).toEqual(other.tracks[0]!.key);
});

describe('deleting a meeting', () => {
  const secret = 'Quetzalcoatlus';
  const chat = (vault: Vault, meetingId: string, text: string) =>
    vault.chat.add({
      ...{ id: newId(), meetingId, senderId: null, senderName: 'Bob Builder', senderKey: 'k', mine: false },
      ...{ text, sentAt: 5 },
    });

  test('removes chat, participants and search index from every file', async () => {
    const fixture = vaultFixture();
    const { manager, vault } = await openFixture(fixture);
    const [doomed, kept] = [newId(), newId()];
    for (const meetingId of [doomed, kept]) {
      const title = meetingId === doomed ? 'Doomed title' : 'Kept title';
      vault.meetings.start({ meetingId, title, role: 'guest', hostName: 'Host', hostKey: 'h', startedAt: 1 });
    }
    vault.meetings.addParticipant(doomed, { identityKey: 'p', name: 'Pterodactyl' });
    for (let index = 0; index < 200; index += 1) {
      chat(
        vault,
        index % 2 === 0 ? doomed : kept,
        `${index % 2 === 0 ? secret : 'harmless'} ${'word '.repeat(30)}${index}`,
      );
    }
    fixture.clock.now += 3_600_000;
    manager.maintain();
    await manager.close();
    await manager.start();
    const before = decryptedVault(fixture);
    // In the texts as written, and in the index in lower case.
    for (const word of [secret, secret.toLowerCase(), 'Pterodactyl', 'Doomed title']) {
      expect(before.includes(word)).toBe(true);
    }
    manager.vault().meetings.delete(doomed);
    const after = decryptedVault(fixture);
    for (const word of [secret, secret.toLowerCase(), 'Pterodactyl', 'Doomed title']) {
      expect(after.includes(word)).toBe(false);
    }
    expect(after.includes('harmless')).toBe(true);
    expect(manager.vault().chat.search(secret)).toEqual([]);
    expect(manager.vault().chat.search('harmless')).toHaveLength(100);
    expect(manager.vault().chat.history(doomed)).toEqual([]);
    expect(
      manager
        .vault()
        .meetings.recent(9)
        .map(({ title }) => title),
    ).toEqual(['Kept title']);
  });
});

test('an erased track stays erased, whatever comes late', async () => {
  const { vault } = await openFixture(vaultFixture());
  const { tracks } = addRecording(vault, 1);
  const { id } = tracks[0]!.track;
  vault.recordings.eraseTracks([id, newId()]);
  const file = { fileName: 'late', bytes: 1, durationMs: 1, mimeType: 'audio/webm' };
  expect(() => vault.recordings.replaceTrackFile(id, file, randomBytes(32))).toThrow('recording/erased');
  vault.recordings.updateTrack(id, { phase: 'closed', bytes: 0 });
  expect(vault.recordings.track(id)).toMatchObject({ phase: 'erased', bytes: 0 });
  expect(vault.recordings.trackKey(id)).toBeNull();
});

describe('when the disk is full', () => {
  /** An erasure whose database or backups fail once, over a real database. */
  function failing(part: 'transaction' | 'renew', code: ErrorCode) {
    const layout = folderLayout(temporaryFolder());
    const key = randomBytes(32);
    const real = createDatabase(layout.database, key, migrations);
    onTestFinished(() => real.close());
    real.run("INSERT INTO people (identity_key, name, met_at) VALUES ('k', 'n', 1)");
    const backups = createBackups({ folder: layout.backups, database: real, key, now: () => 1 });
    backups.take();
    let failures = 0;
    const failOnce = <Rest extends unknown[], Result>(action: (...rest: Rest) => Result) => {
      return (...rest: Rest) => {
        failures += 1;
        if (failures === 1) throw new DomainError(code);
        return action(...rest);
      };
    };
    const erasure = createErasure({
      database: part === 'transaction' ? { ...real, transaction: failOnce(real.transaction) as never } : real,
      backups: part === 'renew' ? { ...backups, renew: failOnce(backups.renew) } : backups,
      layout,
      clock: () => 1,
    });
    const copies = () => namesIn(layout.backups).length;
    const people = () => real.all('SELECT name FROM people').length;
    const pending = () => real.all('SELECT id FROM pending_erasure').length;
    return { erasure, copies, people, pending, erase: () => void real.run('DELETE FROM people') };
  }

  test('backups make room for a deletion', () => {
    const { erasure, copies, people, pending, erase } = failing('transaction', 'vault/disk-full');
    erasure.now(erase);
    expect([people(), pending(), copies()]).toEqual([0, 0, 1]);
  });

  test('an erasure is complete although no new backup fits', () => {
    const { erasure, people, pending, erase } = failing('renew', 'vault/disk-full');
    erasure.now(erase);
    expect([people(), pending()]).toEqual([0, 0]);
  });

  test('other trouble is told, and the rest is made good later', () => {
    const { erasure, copies, people, pending, erase } = failing('renew', 'vault/damaged');
    expect(() => erasure.now(erase)).toThrow('vault/damaged');
    expect([people(), pending(), copies()]).toEqual([0, 1, 1]);
    erasure.finish();
    expect([people(), pending(), copies()]).toEqual([0, 0, 1]);
  });
});
