import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decisions, MediaKind, RecordingKind, WithdrawalScope } from '../../common/consent/models';
import { errorCodeOf, type ErrorCode } from '../../common/errors';
import type { RecordingDetail } from '../../common/recording/models';
import { openOnDisk } from '../vault/sealed/sealedHandle';
import { SealedReader } from '../vault/sealed/sealedReader';
import type { StartInput } from './consentSide';
import { textHash } from './documents';
import chunks from './finalize/fixtures/chunks.json';
import { finalizeTrack } from './finalize/finalizeTrack';
import { allKinds as all, startRequest } from './testing/startRequest';
import { TestMeeting } from './testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

const mimeTypes: Readonly<Record<MediaKind, string>> = {
  ...{ audio: 'audio/webm;codecs=opus', video: 'video/webm;codecs=vp8' },
  ...{ screen: 'video/webm;codecs=vp8', clip: 'video/webm;codecs=vp8,opus' },
};

let timers: TestTimers;
let meeting: TestMeeting;
let host: TestPerson;
let guest: TestPerson;

async function seat(extras: Parameters<typeof testPerson>[2] = {}) {
  timers = new TestTimers();
  meeting = new TestMeeting();
  [host, guest] = await Promise.all([testPerson('Hanna', timers, extras), testPerson('Gustav', timers)]);
  host.enter(meeting);
  guest.enter(meeting);
}
beforeEach(() => seat());
afterEach(dismissPersons);

async function start(own: Decisions = all, changes: Partial<StartInput> = {}): Promise<string> {
  await host.service.commands['recording.start'](startRequest({ own, ...changes }));
  return host.states.at(-1)!.request.recordingId;
}
const answer = (person: TestPerson, recordingId: string, decisions: Decisions) =>
  person.service.commands['consent.answer']({ recordingId, decisions, language: 'en' });
const withdraw = (
  person: TestPerson,
  recordingId: string,
  kinds: RecordingKind[],
  scope: WithdrawalScope = 'everything',
) => person.service.commands['consent.withdraw']({ recordingId, kinds, scope });
const stop = () => host.service.commands['recording.stop']();
const openTrack = async (
  recordingId: string,
  person: TestPerson | string,
  kind: MediaKind = 'audio',
  by: TestPerson = host,
) => {
  const participantId = typeof person === 'string' ? person : person.self().id;
  const opened = await by.service.commands['recording.openTrack']({
    recordingId,
    participantId,
    kind,
    mimeType: mimeTypes[kind],
  });
  return opened.trackId;
};
const append = async (trackId: string, bytes: Uint8Array<ArrayBuffer>) =>
  host.service.commands['recording.appendTrack']({ trackId, bytes });
const close = async (trackId: string) => host.service.commands['recording.closeTrack']({ trackId });
const detail = async (recordingId: string): Promise<RecordingDetail> =>
  host.service.commands['recordings.get']({ recordingId });
const phaseOf = (recordingId: string, person: TestPerson = host) => person.vault.recordings.get(recordingId)?.phase;
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 15_000, interval: 20 }).toBe(true);

/** A real recording in the chunks it came in. */
async function film(name: 'remote-vp8' | 'remote-opus') {
  const webm = Uint8Array.from(await readFile(join(__dirname, 'finalize', 'fixtures', `${name}.webm`)));
  let at = 0;
  return chunks[name].map((size) => webm.subarray(at, (at += size)));
}

async function record(trackId: string, parts: readonly Uint8Array<ArrayBuffer>[]) {
  for (const part of parts) {
    await append(trackId, part);
    timers.now += 500;
  }
}

describe('a track is refused, without file or row,', () => {
  /** How an attempt ended, and what it left. */
  const attempt = async (opening: Promise<unknown>) => ({
    code: await opening.then(() => 'opened', errorCodeOf),
    files: await host.files(),
    rows: host.vault.recordings.list().flatMap(({ id }) => host.vault.recordings.tracks(id)),
  });
  const refused = (code: ErrorCode) => ({ code, files: [], rows: [] });

  test('for who has not answered, has declined, or agreed to another kind', async () => {
    const recordingId = await start({ audio: false, video: true, chat: false });
    expect(await attempt(openTrack(recordingId, guest))).toEqual(refused('recording/no-consent'));
    expect(await attempt(openTrack(recordingId, host, 'audio'))).toEqual(refused('recording/no-consent'));
    answer(guest, recordingId, { audio: false, video: true, chat: true });
    expect(await attempt(openTrack(recordingId, guest, 'audio'))).toEqual(refused('recording/no-consent'));
  });

  test('for a yes to an earlier recording', async () => {
    const first = await start();
    answer(guest, first, all);
    stop();
    // Another question: nothing is answered of itself.
    const second = await start(all, { purpose: 'Training' });
    expect(await attempt(openTrack(second, guest))).toEqual(refused('recording/no-consent'));
    expect(await attempt(openTrack(first, guest))).toEqual(refused('recording/not-active'));
    // Even when the old receipt is put in the new one's place.
    const receipt = host.vault.receipts.get(first, guest.self().id)!;
    host.vault.receipts.put({ ...receipt, recordingId: second });
    expect(await attempt(openTrack(second, guest))).toEqual(refused('recording/no-consent'));
    host.vault.receipts.put({ ...receipt, recordingId: second, answer: { ...receipt.answer, recordingId: second } });
    expect(await attempt(openTrack(second, guest))).toEqual(refused('recording/no-consent'));
  });

  test('after a withdrawal', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    withdraw(guest, recordingId, ['video']);
    expect(await attempt(openTrack(recordingId, guest, 'video'))).toEqual(refused('recording/no-consent'));
  });

  test('from a guest, outside of a recording, for a stranger, and after the end', async () => {
    const nowhere = Buffer.alloc(16).toString('base64url');
    expect(await attempt(openTrack(nowhere, host))).toEqual(refused('recording/not-active'));
    const recordingId = await start();
    answer(guest, recordingId, all);
    expect(await attempt(openTrack(recordingId, guest, 'audio', guest))).toEqual(refused('recording/not-host'));
    expect(await guest.files()).toEqual([]);
    expect(await attempt(openTrack(recordingId, nowhere))).toEqual(refused('session/unknown-participant'));
    const left = guest.self().id;
    meeting.leave(left);
    expect(await attempt(openTrack(recordingId, left))).toEqual(refused('session/unknown-participant'));
    stop();
    expect(await attempt(openTrack(recordingId, host))).toEqual(refused('recording/not-active'));
    await until(() => phaseOf(recordingId) === 'ready');
  });

  test('on a receipt somebody changed in the vault', async () => {
    const recordingId = await start();
    answer(guest, recordingId, { audio: false, video: false, chat: false });
    const receipt = host.vault.receipts.get(recordingId, guest.self().id)!;
    host.vault.receipts.put({ ...receipt, answer: { ...receipt.answer, decisions: all } });
    expect(await attempt(openTrack(recordingId, guest))).toEqual(refused('recording/no-consent'));
    // Signed by the host in the guest's place.
    const forged = { ...receipt.answer, decisions: all, noticeHash: textHash(receipt.noticeText) };
    const answerSignature = host.environment.signer().sign('consentAnswer', forged);
    host.vault.receipts.put({ ...receipt, answer: forged, answerSignature });
    expect(await attempt(openTrack(recordingId, guest))).toEqual(refused('recording/no-consent'));
  });

  test('when consent is taken back while the file is being created', async () => {
    let created: () => void = () => undefined;
    let goOn: () => void = () => undefined;
    const creating = new Promise<void>((resolve) => (created = resolve));
    const wait = new Promise<void>((resolve) => (goOn = resolve));
    await seat({
      openFile: async (path, mode) => {
        const handle = await openOnDisk(path, mode);
        created();
        await wait;
        return handle;
      },
    });
    const recordingId = await start();
    answer(guest, recordingId, all);
    const opening = openTrack(recordingId, guest);
    await creating;
    withdraw(guest, recordingId, ['audio']);
    goOn();
    expect(await attempt(opening)).toEqual(refused('recording/no-consent'));
  });
});

describe('recording', () => {
  test('a late joiner is recorded from their yes on; who is recorded already goes on', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const first = await openTrack(recordingId, guest);
    const late = await testPerson('Late', timers);
    timers.now += 4_000;
    late.enter(meeting);
    await expect(openTrack(recordingId, late)).rejects.toMatchObject({ code: 'recording/no-consent' });
    await append(first, Buffer.from('still going'));
    answer(late, recordingId, all);
    const trackId = await openTrack(recordingId, late);
    expect(host.vault.recordings.track(trackId)).toMatchObject({ offsetMs: 4_000, phase: 'writing' });
  });

  test('becomes a seekable track per person and kind, listed, played and deleted', async () => {
    const recordingId = await start();
    answer(guest, recordingId, { audio: true, video: true, chat: false });
    const video = await openTrack(recordingId, guest, 'video');
    timers.now += 250;
    const audio = await openTrack(recordingId, guest, 'audio');
    await record(video, await film('remote-vp8'));
    await record(audio, await film('remote-opus'));
    expect(phaseOf(recordingId)).toBe('recording');
    await expect(host.service.commands['recordings.delete']({ recordingId })).rejects.toMatchObject({
      code: 'recording/in-progress',
    });
    stop();
    await Promise.all([close(video), close(audio)]);
    await until(() => phaseOf(recordingId) === 'ready');
    const result = await detail(recordingId);
    expect(result.tracks).toMatchObject([
      {
        id: video,
        kind: 'video',
        offsetMs: 0,
        url: `app://konklave/media/${video}`,
        mimeType: 'video/webm;codecs=vp8',
      },
      { id: audio, kind: 'audio', offsetMs: 250 },
    ]);
    for (const track of result.tracks) expect(Math.abs(track.durationMs - 6_000)).toBeLessThan(700);
    expect(result.durationMs).toBe(250 + 500 * (chunks['remote-vp8'].length + chunks['remote-opus'].length));
    expect(result.people).toMatchObject([
      { name: 'Hanna', kinds: ['audio', 'video', 'chat'], withdrawn: [] },
      { name: 'Gustav', kinds: ['audio', 'video'], withdrawn: [] },
    ]);
    // Two finalized files, no raw one, and no picture to be found in them.
    const files = await host.files();
    expect(files).toHaveLength(2);
    expect(result.bytes).toBe(
      (await Promise.all(files.map((name) => readFile(join(host.vault.recordingsFolder, name))))).reduce(
        (sum, bytes) => sum + bytes.length,
        0,
      ),
    );
    const whole = await (await host.service.mediaResponse(video, null)).arrayBuffer();
    expect(Buffer.from(whole).subarray(0, 4).toString('hex')).toBe('1a45dfa3');
    await host.service.commands['recordings.delete']({ recordingId });
    expect(await host.files()).toEqual([]);
    expect(host.vault.recordings.trackKey(video)).toBeNull();
    expect(host.service.commands['recordings.list']()).toEqual([]);
    expect(host.vault.receipts.ofRecording(recordingId)).toHaveLength(2);
  });

  test('what is flushed after the end is still taken, until closed or until time is over', async () => {
    const recordingId = await start();
    const [first, ...rest] = await film('remote-opus');
    const trackId = await openTrack(recordingId, host);
    const forgotten = await openTrack(recordingId, host, 'video');
    await append(trackId, first!);
    stop();
    await record(trackId, rest);
    await close(trackId);
    expect(phaseOf(recordingId)).toBe('finalizing');
    await expect(append(trackId, first!)).rejects.toMatchObject({ code: 'recording/unknown-track' });
    timers.pass(5_000);
    await until(() => phaseOf(recordingId) === 'ready');
    await expect(append(forgotten, first!)).rejects.toMatchObject({ code: 'recording/erased' });
    expect((await detail(recordingId)).tracks).toMatchObject([{ id: trackId }]);
    // The empty one is gone with its file.
    expect(await host.files()).toHaveLength(1);
  });

  test('appends in flight stay in order', async () => {
    const recordingId = await start();
    const trackId = await openTrack(recordingId, host);
    const parts = await film('remote-opus');
    await Promise.all(parts.map((part) => append(trackId, part)));
    const { fileName } = host.vault.recordings.track(trackId)!;
    const key = host.vault.recordings.trackKey(trackId)!;
    const reader = await SealedReader.open(join(host.vault.recordingsFolder, fileName), key);
    expect(Buffer.from(await reader.read(0, reader.size)).equals(Buffer.concat(parts))).toBe(true);
    await reader.close();
  });

  test('who leaves has their tracks closed, others go on', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const theirs = await openTrack(recordingId, guest);
    const own = await openTrack(recordingId, host);
    await append(theirs, Buffer.from('bye'));
    meeting.leave(guest.self().id);
    timers.pass(5_000);
    await until(() => host.vault.recordings.track(theirs)?.phase === 'closed');
    await append(own, Buffer.from('going on'));
    await expect(append(theirs, Buffer.from('late'))).rejects.toMatchObject({ code: 'recording/unknown-track' });
  });

  test('a second stretch of the same kind ends the first', async () => {
    const recordingId = await start();
    const first = await openTrack(recordingId, host, 'video');
    const second = await openTrack(recordingId, host, 'video');
    expect(host.vault.recordings.track(first)?.phase).toBe('closed');
    expect(host.vault.recordings.track(second)?.phase).toBe('writing');
  });

  test('chat is kept of those who agreed to that, in order', async () => {
    const recordingId = await start();
    const say = (person: TestPerson, text: string) => host.service.handleChat(person.self().id, person.name, text);
    say(guest, 'before my answer');
    answer(guest, recordingId, { audio: false, video: false, chat: true });
    say(guest, 'one');
    timers.now += 1_000;
    say(guest, 'two\nlines');
    say(host, 'three');
    const no = await testPerson('No', timers);
    no.enter(meeting);
    answer(no, recordingId, { audio: true, video: true, chat: false });
    say(no, 'not this');
    await until(() => host.vault.recordings.tracks(recordingId).length === 2);
    // Read while it is being written, as nothing was flushed to be closed.
    await expect.poll(async () => (await detail(recordingId)).chat.length).toBe(3);
    stop();
    say(host, 'after the end');
    await until(() => phaseOf(recordingId) === 'ready');
    expect((await detail(recordingId)).chat).toEqual([
      { participantId: guest.self().id, name: 'Gustav', text: 'one', offsetMs: 0 },
      { participantId: guest.self().id, name: 'Gustav', text: 'two\nlines', offsetMs: 1_000 },
      { participantId: host.self().id, name: 'Hanna', text: 'three', offsetMs: 1_000 },
    ]);
    withdraw(guest, recordingId, ['chat']);
    expect((await detail(recordingId)).chat.map(({ text }) => text)).toEqual(['three']);
    await expect.poll(() => host.files()).toHaveLength(1);
  });

  test('a full disk closes one track and says so; the others go on', async () => {
    let full = false;
    await seat({
      openFile: async (path, mode) => {
        const handle = await openOnDisk(path, mode);
        const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<{ bytesWritten: number }>;
        return Object.assign(handle, {
          write: async (...args: unknown[]) => {
            if (!full) return write(...args);
            throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
          },
        });
      },
    });
    const recordingId = await start();
    const parts = await film('remote-opus');
    const [first, second] = [await openTrack(recordingId, host, 'audio'), await openTrack(recordingId, host, 'video')];
    await record(first, parts.slice(0, 4));
    full = true;
    await expect(append(first, parts[4]!)).rejects.toMatchObject({ code: 'recording/disk-full' });
    await expect(append(first, parts[4]!)).rejects.toMatchObject({ code: 'recording/unknown-track' });
    expect(host.states.at(-1)?.trouble).toBe('disk-full');
    expect(host.vault.recordings.track(first)?.phase).toBe('closed');
    await expect(openTrack(recordingId, host, 'audio')).rejects.toMatchObject({ code: 'recording/disk-full' });
    expect(await host.files()).toHaveLength(2);
    full = false;
    await append(second, Buffer.from('goes on'));
    stop();
    await close(second);
    await until(() => phaseOf(recordingId) === 'ready');
    const [kept] = (await detail(recordingId)).tracks;
    expect(kept).toMatchObject({ id: first });
    expect(kept!.durationMs).toBeGreaterThan(1_000);
  });
});

describe('withdrawing', () => {
  test('destroys the key within the call; chunks that come later and the bytes on the disk are worth nothing', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const video = await openTrack(recordingId, guest, 'video');
    const audio = await openTrack(recordingId, guest, 'audio');
    await append(video, Buffer.from('secret'));
    const path = join(host.vault.recordingsFolder, host.vault.recordings.track(video)!.fileName);
    const before = await readFile(path);
    const inFlight = append(video, Buffer.from('in flight'));
    withdraw(guest, recordingId, ['video']);
    expect(host.vault.recordings.trackKey(video)).toBeNull();
    expect(host.vault.recordings.track(video)?.phase).toBe('erased');
    await expect(inFlight).rejects.toMatchObject({ code: 'recording/erased' });
    await expect(append(video, Buffer.from('late'))).rejects.toMatchObject({ code: 'recording/erased' });
    await expect.poll(() => host.files()).toHaveLength(1);
    expect(before.includes('secret')).toBe(false);
    await append(audio, Buffer.from('audio goes on'));
    expect((await host.service.mediaResponse(video, null)).status).toBe(404);
  });

  test('after the recording, by a guest still there and by the host at any time', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const theirs = await openTrack(recordingId, guest);
    const own = await openTrack(recordingId, host);
    await record(theirs, await film('remote-opus'));
    await record(own, await film('remote-opus'));
    stop();
    await Promise.all([close(theirs), close(own)]);
    await until(() => phaseOf(recordingId) === 'ready');
    withdraw(guest, recordingId, ['audio', 'chat']);
    expect(host.vault.erased).toEqual([theirs]);
    expect((await detail(recordingId)).people[1]).toMatchObject({ kinds: ['video'], withdrawn: ['audio', 'chat'] });
    host.service.handleMeetingEnded();
    withdraw(host, recordingId, ['audio']);
    expect(host.vault.erased).toEqual([theirs, own]);
    expect((await detail(recordingId)).tracks).toEqual([]);
    await expect.poll(() => host.files()).toEqual([]);
  });

  test('while the track is being finalized does not bring it back', async () => {
    let goOn: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => (goOn = resolve));
    let running = false;
    await seat({
      runFinalize: async (job) => {
        const outcome = await finalizeTrack(job);
        running = true;
        await wait;
        return outcome;
      },
    });
    const recordingId = await start();
    const trackId = await openTrack(recordingId, host);
    await record(trackId, await film('remote-opus'));
    stop();
    await close(trackId);
    await until(() => running);
    withdraw(host, recordingId, ['audio']);
    goOn();
    await until(() => phaseOf(recordingId) === 'ready');
    expect(host.vault.recordings.track(trackId)?.phase).toBe('erased');
    expect(await host.files()).toEqual([]);
  });
});

describe('after a crash', () => {
  test('killed in any byte of the last chunk, all before it is recovered', async () => {
    const recordingId = await start();
    const parts = (await film('remote-opus')).slice(0, 5);
    const trackId = await openTrack(recordingId, host);
    await record(trackId, parts);
    const path = join(host.vault.recordingsFolder, host.vault.recordings.track(trackId)!.fileName);
    const key = host.vault.recordings.trackKey(trackId)!;
    const whole = await readFile(path);
    const before = Buffer.concat(parts.slice(0, -1));
    const lastBytes = 4 + parts.at(-1)!.length + 16;
    for (let cut = 1; cut <= lastBytes; cut += 1) {
      await truncate(path, whole.length - cut);
      const reader = await SealedReader.open(path, key);
      const read = Buffer.from(await reader.read(0, reader.size));
      await reader.close();
      expect(read.equals(before)).toBe(true);
    }
    await writeFile(path, whole.subarray(0, whole.length - 100));
    const again = host.restarted();
    await again.service.handleVaultOpened();
    expect(phaseOf(recordingId, again)).toBe('recovered');
    expect(host.vault.recordings.get(recordingId)?.endedAt).toBeGreaterThan(timers.now);
    const result = await again.service.commands['recordings.get']({ recordingId });
    expect(result.tracks[0]?.durationMs).toBeGreaterThan(1_500);
    again.service.commands['recordings.keep']({ recordingId });
    expect(phaseOf(recordingId, again)).toBe('ready');
  });

  test('leftover files go, missing ones are marked, withdrawals are carried out, foreign files stay', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const [vanished, withdrawn, fine] = [
      await openTrack(recordingId, host, 'audio'),
      await openTrack(recordingId, guest, 'audio'),
      await openTrack(recordingId, guest, 'video'),
    ];
    for (const part of await film('remote-vp8')) await append(fine, part);
    for (const part of await film('remote-opus')) await append(withdrawn, part);
    const fileOf = (id: string) => join(host.vault.recordingsFolder, host.vault.recordings.track(id)!.fileName);
    await writeFile(join(host.vault.recordingsFolder, `${Buffer.alloc(16, 1).toString('base64url')}.sealed`), 'x');
    await writeFile(join(host.vault.recordingsFolder, 'notes.txt'), 'x');
    await rm(fileOf(vanished));
    // Noted, and killed before the key was destroyed.
    const withdrawal = { recordingId, participantId: guest.self().id, kinds: ['audio' as const], withdrawnAt: 1 };
    host.vault.receipts.addWithdrawal(recordingId, guest.self().id, withdrawal, 'signature');
    const again = host.restarted();
    await again.service.handleVaultOpened();
    expect(again.vault.recordings.track(vanished)?.phase).toBe('erased');
    expect(again.vault.recordings.track(withdrawn)?.phase).toBe('erased');
    expect(again.vault.recordings.track(fine)?.phase).toBe('final');
    expect(await again.files()).toEqual(
      expect.arrayContaining([again.vault.recordings.track(fine)?.fileName, 'notes.txt']),
    );
    expect(await again.files()).toHaveLength(2);
  });

  test('a damaged track is kept as it is, and said in the log', async () => {
    const recordingId = await start();
    const trackId = await openTrack(recordingId, host, 'video');
    for (const part of await film('remote-vp8')) await append(trackId, part);
    const { fileName } = host.vault.recordings.track(trackId)!;
    const path = join(host.vault.recordingsFolder, fileName);
    const file = await readFile(path);
    file.writeUInt8(file.readUInt8(30_000) ^ 1, 30_000);
    await writeFile(path, file);
    const again = host.restarted();
    await again.service.handleVaultOpened();
    expect(again.vault.recordings.track(trackId)).toMatchObject({ phase: 'closed', fileName });
    expect(again.logged.some((line) => line.includes('damaged'))).toBe(true);
    expect(phaseOf(recordingId, again)).toBe('recovered');
    const response = await again.service.mediaResponse(trackId, 'bytes=0-999');
    expect((await response.arrayBuffer()).byteLength).toBe(1_000);
    const broken = await again.service.mediaResponse(trackId, null);
    await expect(broken.arrayBuffer()).rejects.toThrow();
  });

  test('the vault opened again during a recording does not disturb it', async () => {
    const recordingId = await start();
    const trackId = await openTrack(recordingId, host);
    await host.service.handleVaultOpened();
    await append(trackId, Buffer.from('on it goes'));
    expect(phaseOf(recordingId)).toBe('recording');
  });

  test('shutting down closes the files, and the next start finalizes them', async () => {
    const recordingId = await start();
    const trackId = await openTrack(recordingId, host);
    await record(trackId, await film('remote-opus'));
    await host.service.shutDown();
    expect(host.vault.recordings.track(trackId)?.phase).toBe('closed');
    expect(phaseOf(recordingId)).toBe('finalizing');
    // It was stopped, not cut off: nobody is asked whether to keep it.
    await host.restarted().service.handleVaultOpened();
    expect(phaseOf(recordingId)).toBe('ready');
  });
});

describe('playing', () => {
  test('answers ranges as HTTP does, and refuses what is erased or locked', async () => {
    const recordingId = await start();
    const trackId = await openTrack(recordingId, host, 'video');
    await record(trackId, await film('remote-vp8'));
    expect((await host.service.mediaResponse(trackId, null)).status).toBe(404);
    stop();
    await close(trackId);
    await until(() => phaseOf(recordingId) === 'ready');
    const get = (range: string | null) => host.service.mediaResponse(trackId, range);
    const whole = Buffer.from(await (await get(null)).arrayBuffer());
    const size = whole.length;
    const part = async (range: string, start_: number, end: number) => {
      const response = await get(range);
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(`bytes ${start_}-${end - 1}/${size}`);
      expect(response.headers.get('content-length')).toBe(`${end - start_}`);
      expect(response.headers.get('accept-ranges')).toBe('bytes');
      expect(response.headers.get('content-type')).toBe('video/webm;codecs=vp8');
      expect(Buffer.from(await response.arrayBuffer()).equals(whole.subarray(start_, end))).toBe(true);
    };
    await part('bytes=0-', 0, size);
    await part('bytes=0-0', 0, 1);
    await part('bytes=1000-2999', 1000, 3000);
    await part(`bytes=100-${size + 100}`, 100, size);
    await part('bytes=-500', size - 500, size);
    await part(`bytes=-${size + 5}`, 0, size);
    for (const range of [`bytes=${size}-`, 'bytes=-0']) {
      const response = await get(range);
      expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
    }
    for (const range of ['bytes=5-2', 'bytes=a-b', 'bytes=-', 'items=0-1', 'bytes=0-1,4-5']) {
      const response = await get(range);
      expect(response.status).toBe(200);
      await response.body?.cancel();
    }
    const started = await get(null);
    host.vault.locked = true;
    expect((await get(null)).status).toBe(403);
    await expect(started.arrayBuffer()).rejects.toThrow();
    host.vault.locked = false;
    const playing = await get(null);
    withdraw(host, recordingId, ['video']);
    expect((await get(null)).status).toBe(404);
    await expect(playing.arrayBuffer()).rejects.toThrow('recording/erased');
    expect((await host.service.mediaResponse(recordingId, null)).status).toBe(404);
  });
});

describe('exporting', () => {
  const exportTo = async (choose: (name: string) => string | null) => {
    const shown: string[] = [];
    const suggested: string[] = [];
    await seat({
      exportPorts: {
        chooseFile: async (name) => {
          suggested.push(name);
          return choose(name);
        },
        reveal: (path) => void shown.push(path),
      },
    });
    const recordingId = await start();
    const trackId = await openTrack(recordingId, host);
    await record(trackId, await film('remote-opus'));
    stop();
    await close(trackId);
    await until(() => phaseOf(recordingId) === 'ready');
    const { commands } = host.service;
    const begin = async () => (await commands['export.begin']({ recordingId, language: 'de' }))!;
    const write = async (exportId: string, position: number, text: string) =>
      commands['export.write']({ exportId, position, bytes: Buffer.from(text) });
    return { recordingId, shown, suggested, commands, begin, write };
  };
  const folder = () => mkdtemp(join(tmpdir(), 'export-'));

  test('writes positioned chunks, then gives the file its name', async () => {
    const target = await folder();
    const one = await exportTo((name) => join(target, name));
    const { exportId } = await one.begin();
    expect(one.suggested).toEqual(['Quarterly review 2026-03-05.webm']);
    await Promise.all([one.write(exportId, 5, 'world'), one.write(exportId, 0, 'hallo'), one.write(exportId, 1, 'e')]);
    expect(await readdir(target)).toEqual(['Quarterly review 2026-03-05.webm.part']);
    expect(() => one.commands['export.reveal']({ exportId })).toThrow('export/unknown');
    expect(await one.commands['export.finish']({ exportId })).toEqual({
      fileName: 'Quarterly review 2026-03-05.webm',
      bytes: 10,
    });
    expect(await readFile(join(target, 'Quarterly review 2026-03-05.webm'), 'utf8')).toBe('helloworld');
    one.commands['export.reveal']({ exportId });
    expect(one.shown).toHaveLength(1);
    await expect(one.write(exportId, 0, 'x')).rejects.toMatchObject({ code: 'export/unknown' });
    expect(await host.files()).toHaveLength(1);
  });

  test('cancelled, by hand or in the dialog, or its recording changed: nothing is left', async () => {
    const target = await folder();
    let cancel = false;
    const one = await exportTo((name) => (cancel ? null : join(target, name)));
    cancel = true;
    expect(await one.begin()).toBeNull();
    cancel = false;
    for (const end of [
      (exportId: string) => one.commands['export.cancel']({ exportId }),
      () => host.service.handleWindowGone(),
      () => withdraw(host, one.recordingId, ['audio']),
    ]) {
      expect(await host.files()).toHaveLength(1);
      const { exportId } = await one.begin();
      await one.write(exportId, 0, 'half');
      await end(exportId);
      await expect.poll(() => readdir(target)).toEqual([]);
      await expect(one.write(exportId, 4, 'x')).rejects.toMatchObject({ code: 'export/unknown' });
    }
    await expect.poll(() => host.files()).toEqual([]);
  });

  test('killed in between, the next start deletes the part and nothing else of that name', async () => {
    const target = await folder();
    const one = await exportTo((name) => join(target, name));
    const theirs = join(target, 'Quarterly review 2026-03-05.webm.part');
    await writeFile(theirs, 'not ours');
    const { exportId } = await one.begin();
    await one.write(exportId, 0, 'plain');
    expect(await readdir(target)).toHaveLength(2);
    const notes = await Promise.all(
      (await host.files()).map((name) => readFile(join(host.vault.recordingsFolder, name))),
    );
    expect(notes.some((bytes) => bytes.includes('Quarterly'))).toBe(false);
    const again = host.restarted();
    await again.service.handleVaultOpened();
    expect(await readdir(target)).toEqual(['Quarterly review 2026-03-05.webm.part']);
    expect(await readFile(theirs, 'utf8')).toBe('not ours');
    expect(await again.files()).toHaveLength(1);
  });

  test('where nothing can be written it says so', async () => {
    const one = await exportTo((name) => join('/nowhere', name));
    await expect(one.begin()).rejects.toMatchObject({ code: 'export/write-failed' });
  });
});
