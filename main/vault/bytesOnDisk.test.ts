import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addRecording, allFiles, newId, passphrase, spellings, vaultFixture } from './testing/vaultFixture';

const words = ['Ada Lovelace', 'ada@example.org', 'Babbage', 'Strategy', 'Übernahme', 'Minutes of the works council'];

/** Fills a vault and returns everything that must be nowhere in plain. */
async function secretsOf(fixture: ReturnType<typeof vaultFixture>, phrase: string | null) {
  const manager = fixture.manager();
  await manager.start();
  await manager.create({ name: words[0]!, contact: words[1]!, passphrase: phrase });
  const vault = manager.vault();
  const meetingId = newId();
  vault.meetings.start({ meetingId, title: words[3]!, role: 'host', hostName: 'Ada', hostKey: 'k', startedAt: 1 });
  vault.people.met({ identityKey: 'i', name: words[2]!, at: 1 });
  vault.meetings.addParticipant(meetingId, { identityKey: 'i', name: words[2]! });
  const sender = { senderId: null, senderName: words[2]!, senderKey: 'i', mine: false };
  vault.chat.add({ id: newId(), meetingId, ...sender, text: `Die ${words[4]!} ist geheim`, sentAt: 2 });
  const { tracks } = addRecording(vault, 2);
  const { privateKey } = vault.profile.identity();
  const keys = [fixture.drawn[0]!, ...tracks.map(({ key }) => key), Buffer.from(privateKey).subarray(-32)];
  const texts = [...words, passphrase].flatMap((text) => [text, text.toLowerCase()]);
  return { manager, secrets: [...keys.flatMap(spellings), ...texts.map((text) => Buffer.from(text))] };
}

test.each([
  ['the keychain', null],
  ['a passphrase', passphrase],
])('behind %s, nothing that was stored stands in any file in plain', async (_, phrase) => {
  const fixture = vaultFixture();
  const { manager, secrets } = await secretsOf(fixture, phrase);
  const search = () =>
    allFiles(fixture.folder).flatMap(({ path, bytes }) =>
      secrets.some((secret) => bytes.includes(secret)) ? [path] : [],
    );
  // While it is open, with a log that has something in it …
  expect(statSync(join(fixture.folder, 'vault.db-wal')).size).toBeGreaterThan(0);
  expect(search()).toEqual([]);
  // … and when it is closed, with a backup.
  fixture.clock.now += 3_600_000;
  await manager.close();
  expect(existsSync(join(fixture.folder, 'vault.db-wal'))).toBe(false);
  const names = allFiles(fixture.folder).map(({ path }) => path.slice(fixture.folder.length + 1));
  expect(names).toEqual(expect.arrayContaining(['key.json', 'key.copy.json', 'vault.db']));
  expect(names.filter((name) => name.startsWith('backups'))).toHaveLength(2);
  expect(search()).toEqual([]);
  // What is searched for would be found: a stranger's file with a secret in it is.

  writeFileSync(join(fixture.folder, 'leak'), Buffer.concat([Buffer.from('x'), secrets[0]!]));
  expect(search()).toEqual([join(fixture.folder, 'leak')]);
});

test.skipIf(process.platform === 'win32')('files and folders are for their owner only', async () => {
  const fixture = vaultFixture();
  const { manager } = await secretsOf(fixture, null);
  const modes = ['backups', 'recordings', 'key.json', 'key.copy.json'].map(
    (name) => statSync(join(fixture.folder, name)).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
  await manager.close();
});
