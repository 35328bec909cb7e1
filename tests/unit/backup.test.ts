import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultPreferences } from '../../common/preferences';
import { createBackupFeature, keptHere } from '../../main/backup/backupFeature';
import type { RunBackup } from '../../main/backup/backupInProcess';
import type { BackupJob } from '../../main/backup/backupJobs';
import { DomainError } from '../../common/errors';
import { runBackupJob } from '../../main/backup/runBackupJob';
import { SealedReader } from '../../main/vault/sealed/sealedReader';
import { SealedWriter } from '../../main/vault/sealed/sealedWriter';
import type { Vault } from '../../main/vault/repositories';
import {
  addRecording,
  allFiles,
  newId,
  openFixture,
  passphrase,
  spellings,
  temporaryFolder,
  vaultFixture,
  type Fixture,
} from '../../main/vault/testing/vaultFixture';
import type { VaultManager } from '../../main/vault/vaultManager';

const backupPassphrase = 'sieben leise Türen im Flur';

/** Does the real work in this process; `during` runs before each job ends. */
function running(during: (job: BackupJob) => void = () => undefined): RunBackup {
  return (job, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      const quick = job.kind === 'write' ? { ...job, workFactor: 10 } : job;
      void runBackupJob(quick, (message) => {
        if (message.kind === 'progress') onProgress(message.progress);
        if (message.kind === 'failed') reject(new DomainError(message.code));
        if (message.kind !== 'done') return;
        during(job);
        resolve(message.result);
      });
    });
}

interface Desk {
  readonly fixture: Fixture;
  readonly manager: VaultManager;
  readonly feature: ReturnType<typeof createBackupFeature>;
  readonly taken: string[];
  meeting: boolean;
  run: RunBackup;
}

/** A machine with a vault that may be open, and what saves and restores. */
function desk(file: string, fixture = vaultFixture({ folder: join(temporaryFolder(), 'vault') })): Desk {
  const manager = fixture.manager();
  const one: { -readonly [Key in keyof Desk]: Desk[Key] } = {
    ...{ fixture, manager, taken: [], meeting: false, run: running() },
    feature: undefined as never,
  };
  one.feature = createBackupFeature({
    vault: manager,
    folder: fixture.folder,
    run: (job, options) => one.run(job, options),
    ports: { chooseTarget: async () => file, chooseSource: async () => file },
    preferences: () => ({ ...defaultPreferences, theme: 'dark', microphoneId: 'this one' }),
    takePreferences: (text) => void one.taken.push(text),
    isInMeeting: () => one.meeting,
    hasKeychain: () => fixture.keychain.isAvailable(),
    appVersion: '0.1.0',
    now: () => fixture.clock.now,
    progress: () => undefined,
    log: { info: () => undefined, error: () => undefined },
  });
  return one;
}

const save = ({ feature }: Desk) => feature.commands['backup.save']({ passphrase: backupPassphrase, language: 'de' });

async function restore({ feature }: Desk, locked: string | null = null) {
  await feature.commands['backup.choose']({ language: 'de' });
  await feature.commands['backup.preview']({ passphrase: backupPassphrase });
  return feature.commands['backup.restore']({ passphrase: locked });
}

const words = 'Der Preis ist vertraulich';

/** A meeting with a line of chat, and a recording with two sealed tracks. */
async function fill(vault: Vault) {
  const [meetingId, guest] = [newId(), randomBytes(32).toString('base64url')];
  const { identityKey } = vault.profile.get();
  vault.meetings.start({
    meetingId,
    title: 'Jour fixe',
    role: 'host',
    hostName: 'Ada',
    hostKey: identityKey,
    startedAt: 1,
  });
  vault.meetings.addParticipant(meetingId, { identityKey: guest, name: 'Grace Hopper' });
  vault.people.met({ identityKey: guest, name: 'Grace Hopper', at: 1 });
  vault.chat.add({
    ...{ id: newId(), meetingId, senderId: newId(), senderName: 'Grace Hopper', senderKey: guest, mine: false },
    ...{ text: words, sentAt: 2 },
  });
  const { recording, tracks } = addRecording(vault, 2, { meetingId, phase: 'ready', endedAt: 5_000 });
  for (const { track, key } of tracks) {
    const writer = await SealedWriter.create(join(vault.recordingsFolder, track.fileName), key);
    await writer.append(Buffer.from(`sound of ${track.id}`));
    await writer.finish();
    vault.recordings.updateTrack(track.id, { phase: 'final' });
  }
  return { meetingId, guest, recording, tracks: tracks.map(({ track }) => track) };
}

async function soundOf(vault: Vault, trackId: string): Promise<string> {
  const { fileName } = vault.recordings.track(trackId)!;
  const reader = await SealedReader.open(join(vault.recordingsFolder, fileName), vault.recordings.trackKey(trackId)!);
  try {
    return Buffer.from(await reader.read(0, reader.size)).toString('utf8');
  } finally {
    await reader.close();
  }
}

const siblings = (folder: string) => readdirSync(join(folder, '..')).sort();

async function saved() {
  const folder = temporaryFolder();
  const file = join(folder, 'konklave.age');
  const old = desk(file);
  const { vault } = await openFixture(old.fixture).then(async ({ manager }) => {
    await manager.close();
    await old.manager.start();
    return { vault: old.manager.vault() };
  });
  const content = await fill(vault);
  const outcome = await save(old);
  return { file, folder, old, vault, content, outcome };
}

describe('R20, R23: everything in one file', () => {
  test('comes to another machine: identity, meetings, chat, recordings, preferences; nothing in plain on the way', async () => {
    const { file, folder, old, vault, content, outcome } = await saved();
    expect(outcome).toMatchObject({ fileName: 'konklave.age', missing: 0 });
    expect(readdirSync(folder)).toEqual(['konklave.age']);
    expect(old.feature.commands['backup.lastSaved'](undefined)).toEqual({ at: old.fixture.clock.now });
    const secrets = [words, 'Grace Hopper', backupPassphrase, ...old.fixture.drawn.flatMap((key) => spellings(key))];
    for (const secret of secrets) expect(readFileSync(file).includes(secret)).toBe(false);
    expect(existsSync(join(old.fixture.folder, 'vault.saving.db'))).toBe(false);

    const other = desk(file);
    other.fixture.keychain.available = false;
    await other.manager.start();
    const { feature, manager } = other;
    expect(await feature.commands['backup.choose']({ language: 'de' })).toEqual({ fileName: 'konklave.age' });
    expect(await feature.commands['backup.preview']({ passphrase: backupPassphrase })).toMatchObject({
      ...{ createdAt: old.fixture.clock.now, appVersion: '0.1.0', meetings: 1, recordings: 1, people: 1 },
      ...{ here: null, protection: 'passphrase' },
    });
    expect(manager.state()).toMatchObject({ phase: 'new' });
    expect(await feature.commands['backup.restore']({ passphrase })).toEqual({ erasedAgain: null, keptIn: null });
    expect(manager.state()).toEqual({ phase: 'open', protection: 'passphrase' });

    const restored = manager.vault();
    expect(restored.profile.identity()).toEqual(vault.profile.identity());
    expect(restored.chat.search('Preis')).toHaveLength(1);
    for (const track of content.tracks) expect(await soundOf(restored, track.id)).toBe(`sound of ${track.id}`);
    expect(restored.savedBackup.lastSavedAt()).toBe(old.fixture.clock.now);
    expect(JSON.parse(other.taken[0]!)).toMatchObject({ theme: 'dark' });
    expect(other.taken[0]).not.toContain('this one');
    expect(siblings(other.fixture.folder)).toEqual(['vault']);
    // The key of the vault is nowhere in plain, and the new passphrase opens it after a restart.
    const files = allFiles(join(other.fixture.folder, '..'));
    for (const key of spellings(old.fixture.drawn[0]!)) {
      expect(files.filter(({ bytes }) => bytes.includes(key)).map(({ path }) => path)).toEqual([]);
    }
    await manager.close();
    await expect(manager.unlock('another passphrase')).rejects.toMatchObject({ code: 'vault/passphrase-wrong' });
    await manager.unlock(passphrase);
    expect(manager.vault().chat.search('Preis')).toHaveLength(1);
  });

  test('a weak passphrase, a second one at the same time, a dialog that is cancelled: nothing is written', async () => {
    const { old, folder, file } = await saved();
    rmSync(file);
    const weak = old.feature.commands['backup.save']({ passphrase: 'ninechars', language: 'de' });
    await expect(weak).rejects.toMatchObject({ code: 'vault/passphrase-weak' });
    const first = save(old);
    await expect(save(old)).rejects.toMatchObject({ code: 'backup/busy' });
    void old.feature.commands['backup.cancel'](undefined);
    expect(await first).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(old.fixture.folder)).not.toContain('vault.saving.db');
    // And it can be begun again.
    expect(await save(old)).toMatchObject({ fileName: 'konklave.age' });
  });

  test('an older backup of that name is replaced only by a whole one', async () => {
    const { old, file, folder } = await saved();
    const before = readFileSync(file);
    old.run = async () => Promise.reject(new DomainError('backup/disk-full'));
    await expect(save(old)).rejects.toMatchObject({ code: 'backup/disk-full' });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['konklave.age']);
  });

  test('of a locked vault there is none', async () => {
    const one = desk(join(temporaryFolder(), 'x.age'));
    await one.manager.start();
    await expect(save(one)).rejects.toMatchObject({ code: 'vault/locked' });
  });
});

describe('R6, R22: what is erased while it is saved', () => {
  test('is not in the file: it is written anew, and given up when that happens again and again', async () => {
    const { old, vault, content, file, folder } = await saved();
    const [one, two] = content.tracks;
    let rounds = 0;
    old.run = running(() => {
      rounds += 1;
      if (rounds === 1) vault.recordings.eraseTracks([one!.id], 'withdrawn');
      // The copy of the database went at once.
      expect(readdirSync(old.fixture.folder).includes('vault.saving.db')).toBe(rounds > 1);
    });
    await save(old);
    expect(rounds).toBe(2);
    const other = desk(file);
    await other.manager.start();
    await restore(other);
    expect(other.manager.vault().recordings.trackKey(one!.id)).toBeNull();
    expect(await soundOf(other.manager.vault(), two!.id)).toBe(`sound of ${two!.id}`);

    rmSync(file);
    old.run = running(() => vault.recordings.eraseTracks([two!.id], 'withdrawn'));
    await expect(save(old)).rejects.toMatchObject({ code: 'backup/changed' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a sealed file that is not there is counted and left out', async () => {
    const { old, vault, content } = await saved();
    rmSync(join(vault.recordingsFolder, content.tracks[0]!.fileName));
    expect(await save(old)).toMatchObject({ missing: 1 });
  });
});

describe('R6, R21, R22: what was erased since it was saved', () => {
  test('on the same machine goes again: what was withdrawn, what was asked for', async () => {
    const { old, vault, content } = await saved();
    const { meetingId, guest, tracks } = content;
    vault.recordings.eraseTracks([tracks[0]!.id], 'withdrawn');
    vault.held.erase({
      ...{ identityKey: guest, contact: true, meetingIds: [meetingId], trackIds: [], registeredIn: [], requestIds: [] },
    });
    // What its owner deletes is what a backup is for.
    vault.recordings.delete(content.recording.id);
    old.fixture.clock.now += 1_000;

    expect(await restore(old)).toEqual({ erasedAgain: 3, keptIn: null });
    const restored = old.manager.vault();
    expect(restored.chat.search('Preis')).toEqual([]);
    expect(restored.people.nameOf(guest)).toBeNull();
    expect(restored.held.all().filter(({ identityKey }) => identityKey === guest)).toEqual([]);
    expect(restored.recordings.trackKey(tracks[0]!.id)).toBeNull();
    expect(existsSync(join(restored.recordingsFolder, tracks[0]!.fileName))).toBe(false);
    expect(await soundOf(restored, tracks[1]!.id)).toBe(`sound of ${tracks[1]!.id}`);
    // And again, from the vault that was restored.
    expect(await restore(old)).toEqual({ erasedAgain: 3, keptIn: null });
  });

  test('what people took back or refused since is known again: withdrawals, objections, restrictions', async () => {
    const { old, vault, content } = await saved();
    const { recording, tracks, guest } = content;
    const ids = { recordingId: recording.id, participantId: tracks[0]!.participantId };
    vault.receipts.put({
      ...{ ...ids, identityKey: guest, name: 'Grace', answerSignature: 'a', hostSignature: 'h', noticeText: 'text' },
      request: {
        ...{ recordingId: recording.id, meetingId: newId(), controllerName: 'Ada', controllerContact: '' },
        ...{ controllerKey: 'k', purpose: 'Protokoll', retentionDays: 14, requestedAt: 5 },
      },
      answer: {
        ...{ ...ids, participantName: 'Grace', requestHash: 'r', noticeHash: 'n', noticeVersion: 1 },
        ...{ noticeLanguage: 'de', decisions: { audio: true, video: false, chat: true }, answeredAt: 6 },
      },
    });
    await save(old);
    const withdrawal = { ...ids, kinds: ['audio' as const], withdrawnAt: 7 };
    vault.receipts.addWithdrawal(recording.id, tracks[0]!.participantId, withdrawal, 'signature');
    const who = { identityKey: guest, name: 'Grace Hopper' };
    vault.objections.add({ kind: 'recording', reason: 'wish', addedAt: 5, who });
    vault.restrictions.set({ identityKey: guest, ground: 'accuracy', since: 6 });

    await restore(old);
    const restored = old.manager.vault();
    expect(restored.receipts.get(recording.id, tracks[0]!.participantId)?.withdrawals).toEqual([
      { withdrawal, signature: 'signature' },
    ]);
    expect(restored.receipts.verifyChain()).toEqual([]);
    expect(restored.objections.covers(who, 'recording')).toBe(true);
    expect(restored.restrictions.of(guest)).toEqual({ ground: 'accuracy', since: 6 });
  });

  test('leaves marks only once there is a backup; they name nobody, and go with the deletion log', async () => {
    const { manager, vault } = await openFixture(vaultFixture());
    const { guest, meetingId } = await fill(vault);
    const what = {
      identityKey: guest,
      contact: true,
      meetingIds: [meetingId],
      trackIds: [],
      registeredIn: [],
      requestIds: [],
    };
    vault.held.erase(what);
    expect(vault.savedBackup.marks()).toEqual([]);
    vault.savedBackup.note(1);
    vault.held.erase(what);
    expect(vault.savedBackup.marks()).toHaveLength(2);
    expect(JSON.stringify(vault.savedBackup.marks())).not.toContain(guest);
    vault.savedBackup.forgetMarksUntil(Date.UTC(2027, 0));
    expect(vault.savedBackup.marks()).toEqual([]);
    await manager.close();
  });

  test('retention looks at it at once, whatever its clock said when it was saved', async () => {
    const { old, vault, file } = await saved();
    vault.retention.setClock({ seenAt: 5, doubtedAt: 6 });
    vault.keptSeat.set('a seat in a meeting');
    await save(old);
    const other = desk(file);
    await other.manager.start();
    await restore(other);
    expect(other.manager.vault().retention.clock()).toBeNull();
    expect(other.manager.vault().keptSeat.get()).toBeNull();
  });
});

describe('restoring', () => {
  test('over an open vault says what is replaced; the old one is gone once the new one is open', async () => {
    const { file } = await saved();
    const other = desk(file);
    await other.manager.start();
    await other.manager.create({ name: 'Eve', contact: '', passphrase: null });
    const theirs = other.fixture.drawn[0]!;
    expect(keptHere(other.manager)).toEqual({ meetings: 0, recordings: 0, people: 0 });
    const phases: string[] = [];
    other.manager.onChange(({ phase }) => phases.push(phase));
    await restore(other);
    expect(phases).toEqual(['starting', 'open']);
    expect(other.manager.vault().profile.get().name).toBe('Ada Lovelace');
    expect(siblings(other.fixture.folder)).toEqual(['vault']);
    for (const key of spellings(theirs)) {
      expect(allFiles(join(other.fixture.folder, '..')).filter(({ bytes }) => bytes.includes(key))).toEqual([]);
    }
  });

  test('in a meeting, one that begins meanwhile, without a choice, a weak passphrase: refused, and nothing is touched', async () => {
    const { file } = await saved();
    const other = desk(file);
    await other.manager.start();
    await other.manager.create({ name: 'Eve', contact: '', passphrase: null });
    const { 'backup.restore': put, 'backup.preview': look, 'backup.choose': choose } = other.feature.commands;
    await expect(put({ passphrase: null })).rejects.toMatchObject({ code: 'backup/none-chosen' });
    await choose({ language: 'de' });
    await expect(put({ passphrase: null })).rejects.toMatchObject({ code: 'backup/none-chosen' });
    await expect(look({ passphrase: 'wrong' })).rejects.toMatchObject({ code: 'backup/passphrase-wrong' });
    await look({ passphrase: backupPassphrase });
    await expect(put({ passphrase: 'ninechars' })).rejects.toMatchObject({ code: 'vault/passphrase-weak' });
    other.meeting = true;
    await expect(put({ passphrase: null })).rejects.toMatchObject({ code: 'session/busy' });
    other.meeting = false;
    other.run = running(() => (other.meeting = true));
    await expect(put({ passphrase: null })).rejects.toMatchObject({ code: 'session/busy' });
    expect(other.manager.vault().profile.get().name).toBe('Eve');
    expect(siblings(other.fixture.folder)).toEqual(['vault']);
  });

  test('a sound file around a database that does not open: refused, and the old vault is there', async () => {
    const { old, file } = await saved();
    const broken = running();
    old.run = (job, options) =>
      broken(
        job.kind === 'write'
          ? {
              ...job,
              sources: job.sources.map((source, index) => {
                const { name, bytes } = job.manifest.files[index]!;
                return name === 'vault.db' ? randomBytes(bytes) : source;
              }),
            }
          : job,
        options,
      );
    await save(old);
    const other = desk(file);
    await other.manager.start();
    await other.manager.create({ name: 'Eve', contact: '', passphrase: null });
    await expect(restore(other)).rejects.toMatchObject({ code: 'backup/damaged' });
    expect(other.manager.vault().profile.get().name).toBe('Eve');
    expect(siblings(other.fixture.folder)).toEqual(['vault']);
  });

  async function lockedVault() {
    const fixture = vaultFixture({ folder: join(temporaryFolder(), 'vault') });
    const before = fixture.manager();
    await before.start();
    await before.create({ name: 'Eve', contact: '', passphrase });
    await before.close();
    return fixture;
  }

  test('over a vault that is locked', async () => {
    const { file } = await saved();
    const other = desk(file, await lockedVault());
    await other.manager.start();
    expect(other.manager.state().phase).toBe('locked');
    expect(await restore(other)).toEqual({ erasedAgain: null, keptIn: null });
    expect(other.manager.vault().profile.get().name).toBe('Ada Lovelace');
  });

  test('over a vault whose key is missing: it is kept whole, named, found again, and goes with the next erasure', async () => {
    const { file } = await saved();
    const fixture = await lockedVault();
    const root = fixture.folder;
    const keys = ['key.json', 'key.copy.json'].map((name) => [name, readFileSync(join(root, name))] as const);
    for (const [name] of keys) rmSync(join(root, name));
    writeFileSync(join(root, 'recordings', 'late.sealed'), 'made after the backup');
    const held = new Map(allFiles(root).map(({ path, bytes }) => [path.slice(root.length), bytes]));
    const other = desk(file, fixture);
    await other.manager.start();
    expect(other.manager.state().phase).toBe('damaged');

    const { keptIn } = (await restore(other))!;
    expect(keptIn).toMatch(/^vault\.damaged-\d{8}T\d{9}Z$/u);
    expect(siblings(root)).toEqual(['vault']);
    expect(other.manager.vault().profile.get().name).toBe('Ada Lovelace');
    const aside = join(root, keptIn!);
    expect(new Map(allFiles(aside).map(({ path, bytes }) => [path.slice(aside.length), bytes]))).toEqual(held);
    expect(held.size).toBeGreaterThan(1);
    await other.manager.close();
    await other.manager.start();
    expect(existsSync(aside)).toBe(true);

    // The key is found again: nothing is lost.
    const found = join(temporaryFolder(), 'vault');
    cpSync(aside, found, { recursive: true });
    for (const [name, bytes] of keys) writeFileSync(join(found, name), bytes);
    const again = vaultFixture({ folder: found }).manager();
    await again.start();
    await again.unlock(passphrase);
    expect(again.vault().profile.get().name).toBe('Eve');
    await again.close();

    other.manager.vault().people.met({ identityKey: 'G'.repeat(43), name: 'Grace', at: 1 });
    other.manager.vault().people.expire(['G'.repeat(43)]);
    expect(existsSync(aside)).toBe(false);
  });

  test('a crash while a damaged vault is put aside loses it nowhere: before both renames, and after them', async () => {
    const { file } = await saved();
    const fixture = vaultFixture({ folder: join(temporaryFolder(), 'vault') });
    const { manager } = await openFixture(fixture);
    await manager.close();
    const root = fixture.folder;
    renameSync(root, `${root}.damaged`);
    const one = desk(file, fixture);
    await one.manager.start();
    expect(one.manager.vault().profile.get().name).toBe('Ada Lovelace');
    expect(siblings(root)).toEqual(['vault']);
    await one.manager.close();

    mkdirSync(`${root}.damaged`);
    writeFileSync(join(`${root}.damaged`, 'vault.db'), 'the damaged one');
    await one.manager.start();
    expect(one.manager.state().phase).toBe('open');
    expect(siblings(root)).toEqual(['vault']);
    const name = readdirSync(root).find((entry) => entry.startsWith('vault.damaged-'));
    expect(readFileSync(join(root, name!, 'vault.db'), 'utf8')).toBe('the damaged one');
  });

  test('a crash between the two renames brings the old vault back; after both, the new one opens and the old one goes', async () => {
    const { file } = await saved();
    const fixture = vaultFixture({ folder: join(temporaryFolder(), 'vault') });
    const { manager } = await openFixture(fixture);
    await manager.close();
    const root = fixture.folder;

    renameSync(root, `${root}.replaced`);
    mkdirSync(`${root}.restored`);
    writeFileSync(join(`${root}.restored`, 'vault.db'), 'half');
    const again = desk(file, fixture);
    await again.manager.start();
    expect(again.manager.vault().profile.get().name).toBe('Ada Lovelace');
    expect(siblings(root)).toEqual(['vault']);

    mkdirSync(`${root}.replaced`);
    writeFileSync(join(`${root}.replaced`, 'key.json'), 'the old key');
    await again.manager.close();
    await again.manager.start();
    expect(again.manager.state().phase).toBe('open');
    expect(siblings(root)).toEqual(['vault']);
  });
});
