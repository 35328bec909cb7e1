import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordingKind } from '../../common/consent/models';
import chunks from '../../main/recording/finalize/fixtures/chunks.json';
import { finalizeTrack } from '../../main/recording/finalize/finalizeTrack';
import { measureWebm } from '../../main/recording/finalize/webmExtent';
import { encodeChatLine } from '../../main/recording/chatLines';
import type { StoredTrack, Vault } from '../../main/vault/repositories';
import { SealedPatchWriter } from '../../main/vault/sealed/sealedPatchWriter';
import { SealedReader } from '../../main/vault/sealed/sealedReader';
import { SealedWriter } from '../../main/vault/sealed/sealedWriter';
import {
  addRecording,
  allFiles,
  newId,
  newTrack,
  passphrase,
  temporaryFolder,
  vaultFixture,
  type Fixture,
} from '../../main/vault/testing/vaultFixture';
import { openAsFarAsPossible, readAround } from './recover/readable';
import { recoverVault } from './recoverVault';

type Name = keyof typeof chunks;
const webm = (name: Name) =>
  readFileSync(join(import.meta.dirname, `../../main/recording/finalize/fixtures/${name}.webm`));
const now = Date.UTC(2026, 0, 6);
const startedAt = Date.UTC(2026, 0, 5, 10);

/** What the app would have left: one finished track, one cut off by a crash, a chat, one withdrawn; and a chat. */
async function makeVault(fixture: Fixture) {
  const manager = fixture.manager();
  await manager.start();
  await manager.create({ name: 'Ada', contact: 'ada@example.org', passphrase });
  const vault = manager.vault();
  const meetingId = newId();
  vault.meetings.start({ meetingId, title: 'Team: <b>', role: 'host', hostName: 'Ada', hostKey: 'k', startedAt });
  for (const text of ['Hello *everybody*', 'Grüße']) {
    vault.chat.add({
      id: newId(),
      meetingId,
      senderId: null,
      senderName: 'Ada',
      senderKey: 'k',
      mine: true,
      text,
      sentAt: startedAt,
    });
  }
  const { recording } = addRecording(vault, 0, { startedAt, meetingId });
  const person = { participantId: newId(), identityKey: randomBytes(32).toString('base64url') };
  addReceipt(vault, recording.id, 'Grace', person);
  const add = (kind: RecordingKind, phase: StoredTrack['phase']) => {
    const track = newTrack(recording.id, { ...person, kind, phase });
    const key = randomBytes(32);
    vault.recordings.addTrack(track, key);
    return { path: join(vault.recordingsFolder, track.fileName), key, id: track.id };
  };

  const final = add('audio', 'final');
  const raw = { path: join(temporaryFolder(), 'raw'), key: randomBytes(32) };
  await writeLive(raw, 'remote-opus');
  const job = { sourcePath: raw.path, sourceKey: raw.key, targetPath: final.path, targetKey: final.key };
  expect(await finalizeTrack(job)).toMatchObject({ status: 'done' });
  const unfinished = add('video', 'writing');
  await writeLive(unfinished, 'remote-vp8');
  const chat = add('chat', 'writing');
  const writer = await SealedWriter.create(chat.path, chat.key);
  await writer.append(encodeChatLine({ name: 'Grace', text: 'Noted', offsetMs: 61_000 }));
  await writer.destroy();
  return { manager, vault, recording, person, final, unfinished, chat };
}

async function writeLive({ path, key }: { path: string; key: Uint8Array }, name: Name): Promise<void> {
  const writer = await SealedWriter.create(path, key);
  let at = 0;
  for (const size of chunks[name]) await writer.append(webm(name).subarray(at, (at += size)));
  await writer.destroy();
}

function addReceipt(
  vault: Vault,
  recordingId: string,
  name: string,
  person: { readonly participantId: string; readonly identityKey: string },
): void {
  const decisions = { audio: true, video: true, chat: true };
  vault.receipts.put({
    recordingId,
    ...person,
    name,
    request: { recordingId, purpose: 'Minutes' } as never,
    answer: { recordingId, decisions } as never,
    answerSignature: 'a',
    hostSignature: 'b',
    noticeText: 'The notice',
  });
}

async function recover(fixture: Fixture, out: string, changes = {}) {
  const said: string[] = [];
  const options = { vault: fixture.folder, out, passphrase, now: () => now, progress: () => undefined };
  const found = await recoverVault({ ...options, say: (line) => said.push(line), ...changes });
  return { found, said };
}

/** The one file below this folder whose path ends so. */
function read(out: string, ending: string): Buffer {
  const files = allFiles(out).filter(({ path }) => path.endsWith(ending));
  expect(files).toHaveLength(1);
  return files[0]!.bytes;
}

const json = (out: string, ending: string) => JSON.parse(read(out, ending).toString('utf8')) as unknown;
const hashes = (folder: string) =>
  allFiles(folder).map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]);
const blocks = async (bytes: Buffer) =>
  (await measureWebm({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) })).blocks;

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}

test('everything is recovered, unfinished recordings too, and the vault is untouched', async () => {
  const fixture = vaultFixture();
  // Not closed: as the app leaves it when it is killed, with the newest rows in the write-ahead log alone.
  const { final, recording } = await makeVault(fixture);
  const before = hashes(fixture.folder);
  const out = join(temporaryFolder(), 'out');
  const { found, said } = await recover(fixture, out);
  expect(hashes(fixture.folder)).toEqual(before);
  expect(found).toEqual({ meetings: 1, recordings: 1, tracks: 3, damaged: [] });

  const reader = await SealedReader.open(final.path, final.key);
  expect(read(out, 'Grace audio 1.webm').equals(await reader.read(0, reader.size))).toBe(true);
  await reader.close();
  const video = read(out, 'Grace video 2.webm');
  expect(await blocks(video)).toBe(await blocks(webm('remote-vp8')));
  // Seekable: it has cues.
  expect(video.includes(Buffer.from('1c53bb6b', 'hex'))).toBe(true);
  expect(json(out, 'Grace chat 3.json')).toEqual([{ name: 'Grace', text: 'Noted', offsetMs: 61_000 }]);
  expect(read(out, 'Grace chat 3.md').toString()).toContain('- 0:01:01 **Grace**: Noted');
  expect(json(out, 'meeting.json')).toMatchObject({ title: 'Team: <b>', chat: [{}, { text: 'Grüße' }] });
  expect(read(out, 'chat.md').toString()).toContain(String.raw`**Ada**: Hello \*everybody\*`);
  expect(json(out, 'recording.json')).toMatchObject({ id: recording.id, tracks: [{ name: 'Grace' }, {}, {}] });
  expect(json(out, join('out', 'receipts.json'))).toMatchObject([{ name: 'Grace', noticeText: 'The notice' }]);
  expect(said[0]).toContain('NOT ENCRYPTED');
  expect(read(out, 'README.txt').toString()).toContain('NOT ENCRYPTED');
  if (process.platform !== 'win32') {
    expect(statSync(out).mode & 0o77).toBe(0);
    expect(
      readdirSync(out, { recursive: true, encoding: 'utf8' }).some((name) => statSync(join(out, name)).mode & 0o77),
    ).toBe(false);
  }
});

test('a damaged track is named, its beginning and what can be read of it are saved, and so is the rest', async () => {
  const fixture = vaultFixture();
  const { manager, unfinished } = await makeVault(fixture);
  await manager.close();
  flip(unfinished.path, 20_000);
  const before = hashes(fixture.folder);
  const out = join(temporaryFolder(), 'out');
  const { found } = await recover(fixture, out);
  expect(hashes(fixture.folder)).toEqual(before);
  expect(found.tracks).toBe(3);
  expect(found.damaged).toEqual([expect.stringMatching(/Grace video 2: bytes \d+ to \d+ of 64995 are damaged/)]);
  const all = webm('remote-vp8');
  const beginning = await blocks(read(out, 'Grace video 2.webm'));
  expect(beginning).toBeGreaterThan(5);
  expect(beginning).toBeLessThan(await blocks(all));
  const gaps = read(out, 'Grace video 2.with-gaps.webm');
  expect(gaps).toHaveLength(all.length);
  expect(gaps.subarray(-10_000).equals(all.subarray(-10_000))).toBe(true);
  expect(read(out, 'Grace audio 1.webm').length).toBeGreaterThan(1_000);
  expect(read(out, 'README.txt').toString()).toContain('Grace video 2: bytes');
});

test.each([
  ['in the last segment', (size: number) => size - 3],
  ['in the length of the first segment', () => 33],
])('damage %s of a track is named', async (_, at) => {
  const fixture = vaultFixture();
  const { manager, unfinished } = await makeVault(fixture);
  await manager.close();
  flip(unfinished.path, at(statSync(unfinished.path).size));
  const out = join(temporaryFolder(), 'out');
  const { found } = await recover(fixture, out);
  expect(found.damaged).toHaveLength(1);
  expect(found.damaged[0]).toContain('Grace video 2');
  expect(found.tracks).toBeGreaterThanOrEqual(2);
});

test('a missing file is named, and the rest is saved', async () => {
  const fixture = vaultFixture();
  const { vault, recording, person } = await makeVault(fixture);
  vault.recordings.addTrack(newTrack(recording.id, { ...person, phase: 'final' }), randomBytes(32));
  const { found } = await recover(fixture, join(temporaryFolder(), 'out'));
  expect(found).toMatchObject({ tracks: 3, damaged: [expect.stringContaining('Grace audio 4: cannot be read')] });
});

test('what was withdrawn, erased or is past its retention stays out', async () => {
  const fixture = vaultFixture();
  const { vault, recording, person, final } = await makeVault(fixture);
  // Noted, but not carried out: the program was killed in between.
  const withdrawal = { recordingId: recording.id, participantId: person.participantId, kinds: ['video'] };
  vault.receipts.addWithdrawal(recording.id, person.participantId, withdrawal as never, 's');
  vault.recordings.eraseTracks([final.id]);
  const out = join(temporaryFolder(), 'out');
  expect((await recover(fixture, out)).found).toMatchObject({ tracks: 1, damaged: [] });
  expect(allFiles(out).filter(({ path }) => path.endsWith('.webm'))).toEqual([]);

  const later = join(temporaryFolder(), 'out');
  const { found } = await recover(fixture, later, { now: () => startedAt + 15 * 86_400_000 });
  expect(found.tracks).toBe(0);
  expect(json(later, join('out', 'receipts.json'))).toHaveLength(1);
});

test('what was only ended is saved; on hold everything is, beyond its time', async () => {
  const fixture = vaultFixture();
  const { vault, recording, person } = await makeVault(fixture);
  const ended = { recordingId: recording.id, participantId: person.participantId, kinds: ['video', 'audio'] };
  vault.receipts.addWithdrawal(recording.id, person.participantId, { ...ended, scope: 'future' } as never, 's');
  expect((await recover(fixture, join(temporaryFolder(), 'out'))).found.tracks).toBe(3);
  vault.holds.set({ kind: 'recording', id: recording.id, reason: 'Evidence', since: 1 });
  const later = { now: () => startedAt + 15 * 86_400_000 };
  expect((await recover(fixture, join(temporaryFolder(), 'out'), later)).found.tracks).toBe(3);
});

test('a damaged database is replaced by its backup, in the copy alone', async () => {
  const fixture = vaultFixture();
  const { manager } = await makeVault(fixture);
  await manager.close();
  flip(join(fixture.folder, 'vault.db'), 100);
  const before = hashes(fixture.folder);
  const { found } = await recover(fixture, join(temporaryFolder(), 'out'));
  expect(found).toMatchObject({ meetings: 1, tracks: 3, damaged: [expect.stringContaining('backup of 2026-')] });
  expect(hashes(fixture.folder)).toEqual(before);
});

test('what cannot begin is refused in a line, and leaves nothing', async () => {
  const fixture = vaultFixture();
  const { manager } = await makeVault(fixture);
  await manager.close();
  const parent = temporaryFolder();
  const out = join(parent, 'out');
  await expect(recover(fixture, out, { passphrase: 'wrong horse battery' })).rejects.toThrow(
    'The passphrase is wrong.',
  );
  await expect(recover(fixture, parent, { vault: parent })).rejects.toThrow('There is no vault in');
  await expect(recover(fixture, join(fixture.folder, 'out'))).rejects.toThrow('inside the vault');
  await expect(recover(fixture, import.meta.dirname)).rejects.toThrow('is not empty');
  expect(existsSync(out)).toBe(false);

  const kept = vaultFixture();
  const other = kept.manager();
  await other.start();
  await other.create({ name: 'Ada', contact: '', passphrase: null });
  await expect(recover(kept, out)).rejects.toThrow("system's keychain");
});

test('the command asks nothing of Electron, and says in its exit code how it went', async () => {
  const fixture = vaultFixture();
  const { manager } = await makeVault(fixture);
  await manager.close();
  const out = join(temporaryFolder(), 'out');
  const command = (input: string) =>
    spawnSync(
      process.execPath,
      ['scripts/recover-vault.mjs', '--vault', fixture.folder, '--out', out, '--passphrase-stdin'],
      { cwd: resolve(import.meta.dirname, '../..'), input, encoding: 'utf8' },
    );
  const wrong = command('wrong horse battery\n');
  expect([wrong.status, wrong.stderr.trim()]).toEqual([1, 'The passphrase is wrong.']);
  expect(wrong.stdout).toBe('');
  const right = command(`${passphrase}\n`);
  // The retention of this recording is over by now: only that it is named matters here.
  expect([right.status, right.stderr]).toEqual([0, '']);
  expect(right.stdout).toContain('1 meetings, 1 recordings');
  expect(json(out, 'meeting.json')).toMatchObject({ title: 'Team: <b>' });
});

test('around damage in a large finished file everything else is read, in its place', async () => {
  const path = join(temporaryFolder(), 'large');
  const key = randomBytes(32);
  const plaintext = randomBytes(1_000_000);
  const writer = await SealedPatchWriter.create(path, key);
  await writer.write(0, plaintext);
  await writer.finish();
  flip(path, 200_000);
  flip(path, statSync(path).size - 1);
  const { reader, endLost } = await openAsFarAsPossible(path, key);
  const pieces: Uint8Array[] = [];
  const damaged = await readAround(reader, async (bytes) => void pieces.push(bytes));
  await reader.close();
  expect(endLost).toBe(true);
  expect(damaged).toEqual([{ start: 3 * 65_536, end: 4 * 65_536 }]);
  const whole = Buffer.concat(pieces);
  expect(whole).toHaveLength(15 * 65_536);
  const expected = Buffer.from(plaintext.subarray(0, whole.length)).fill(0, 3 * 65_536, 4 * 65_536);
  expect(whole.equals(expected)).toBe(true);
});
