import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decisions, MediaKind, RecordingKind } from '../../common/consent/models';
import { errorCodeOf } from '../../common/errors';
import { limits } from '../../common/meeting/limits';
import type { StartInput } from './consentSide';
import { finalizeTrack, type FinalizeJob } from './finalize/finalizeTrack';
import { startRequest } from './testing/startRequest';
import { TestMeeting } from './testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

const kinds = ['audio', 'video', 'chat', 'clip'] as const satisfies readonly RecordingKind[];
const none: Decisions = { audio: false, video: false, chat: false, clip: false };
const everything: Decisions = { audio: true, video: true, chat: true, clip: true };
const second = 1_000;

let timers: TestTimers;
let meeting: TestMeeting;
let host: TestPerson;
let guest: TestPerson;
let jobs: FinalizeJob[];

beforeEach(async () => {
  timers = new TestTimers();
  meeting = new TestMeeting();
  jobs = [];
  const runFinalize = async (job: FinalizeJob) => {
    jobs.push(job);
    return finalizeTrack(job);
  };
  [host, guest] = await Promise.all([testPerson('Hanna', timers, { runFinalize }), testPerson('Gustav', timers)]);
  host.enter(meeting);
  guest.enter(meeting);
});
afterEach(dismissPersons);

/** A recording with consent clips, to which the guest has answered; the host keeps out of it. */
async function start(guestSays: Decisions, changes: Partial<StartInput> = {}): Promise<string> {
  await host.service.commands['recording.start'](
    startRequest({ kinds: [...kinds], clipRetentionDays: 90, own: none, ...changes }),
  );
  const recordingId = host.states.at(-1)!.request.recordingId;
  guest.service.commands['consent.answer']({ recordingId, decisions: guestSays, language: 'en' });
  return recordingId;
}
const open = (recordingId: string, kind: MediaKind = 'clip', person: TestPerson = guest) =>
  host.service.commands['recording.openTrack']({
    recordingId,
    participantId: person.self().id,
    kind,
    mimeType: kind === 'audio' ? 'audio/webm;codecs=opus' : 'video/webm;codecs=vp8,opus',
  });
const codeOf = (work: Promise<unknown>) => work.then(() => 'fine', errorCodeOf);
const append = (trackId: string, bytes: Uint8Array<ArrayBuffer>) =>
  host.service.commands['recording.appendTrack']({ trackId, bytes });
const clipsSeenBy = (person: TestPerson) => person.service.commands['recording.state']()?.clips;
const film = async () => Uint8Array.from(await readFile(join(__dirname, 'finalize', 'fixtures', 'clip-vp8-opus.webm')));
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 15_000, interval: 20 }).toBe(true);
const finished = async (recordingId: string) => {
  host.service.commands['recording.stop']();
  await until(() => host.vault.recordings.get(recordingId)?.phase === 'ready');
  return host.service.commands['recordings.get']({ recordingId });
};

describe('a consent clip needs its own yes:', () => {
  test('a yes to sound, picture and chat is none to the clip, and the other way round', async () => {
    const recordingId = await start({ ...everything, clip: false });
    expect(await codeOf(open(recordingId))).toBe('recording/no-consent');
    expect(await codeOf(open(recordingId, 'audio'))).toBe('fine');
    host.service.commands['recording.stop']();
    const other = await start({ ...none, clip: true }, { purpose: 'Something else' });
    expect(await codeOf(open(other, 'audio'))).toBe('recording/no-consent');
    expect(await codeOf(open(other, 'video'))).toBe('recording/no-consent');
    expect(await codeOf(open(other))).toBe('fine');
  });

  test('where nobody asked for clips there are none', async () => {
    const recordingId = await start(
      { audio: true, video: true, chat: true },
      { kinds: ['audio', 'video', 'chat'], clipRetentionDays: null, own: { audio: false, video: false, chat: false } },
    );
    expect(await codeOf(open(recordingId))).toBe('recording/no-consent');
  });

  test('where everybody has to agree, it does not wait for the others', async () => {
    const recordingId = await start(everything, { policy: 'everybody' });
    expect(await codeOf(open(recordingId, 'audio'))).toBe('recording/no-consent');
    expect(await codeOf(open(recordingId))).toBe('fine');
  });
});

describe('of each person one clip of at most its length, whatever the window sends:', () => {
  test('a second one is refused, also at the same moment and after the first is closed', async () => {
    const recordingId = await start(everything);
    const both = await Promise.all([codeOf(open(recordingId)), codeOf(open(recordingId))]);
    expect([...both].sort()).toEqual(['fine', 'recording/clip-made']);
    const [clip] = host.vault.recordings.tracks(recordingId);
    await host.service.commands['recording.closeTrack']({ trackId: clip!.id });
    expect(await codeOf(open(recordingId))).toBe('recording/clip-made');
    expect(host.vault.recordings.tracks(recordingId)).toHaveLength(1);
  });

  test('what comes after its time is not written', async () => {
    const recordingId = await start(everything);
    const { trackId } = await open(recordingId);
    await append(trackId, new Uint8Array(1_000));
    // The clock alone: no timer has run, as on a machine that was busy.
    timers.now += (limits.clipSeconds + 6) * second;
    expect(await codeOf(append(trackId, new Uint8Array(1_000)))).toBe('recording/unknown-track');
    expect(host.vault.recordings.track(trackId)).toMatchObject({ phase: 'closed' });
    expect(host.vault.recordings.track(trackId)!.bytes).toBeLessThan(1_500);
  });

  test('a window that never ends it has it ended', async () => {
    const recordingId = await start(everything);
    const { trackId } = await open(recordingId);
    timers.pass((limits.clipSeconds + 6) * second);
    await until(() => host.vault.recordings.track(trackId)?.phase === 'closed');
    expect(clipsSeenBy(host)).toEqual([{ participantId: guest.self().id, phase: 'made' }]);
  });

  test('more bytes than so many seconds take are not written', async () => {
    const recordingId = await start(everything);
    const { trackId } = await open(recordingId);
    const part = new Uint8Array(limits.chunkBytes);
    for (let count = 0; count < 4; count += 1) expect(await codeOf(append(trackId, part))).toBe('fine');
    expect(await codeOf(append(trackId, new Uint8Array(1)))).toBe('recording/unknown-track');
    expect(await codeOf(append(trackId, new Uint8Array(1)))).toBe('recording/unknown-track');
    expect(host.vault.recordings.track(trackId)?.phase).toBe('closed');
  });

  test('no other kind is cut', async () => {
    const recordingId = await start(everything);
    const { trackId } = await open(recordingId, 'audio');
    timers.pass(60 * second);
    for (let count = 0; count < 6; count += 1) {
      expect(await codeOf(append(trackId, new Uint8Array(limits.chunkBytes)))).toBe('fine');
    }
  });
});

test('the person knows from the host whether their clip is being recorded', async () => {
  const recordingId = await start(everything);
  expect(clipsSeenBy(guest)).toEqual([]);
  const { trackId } = await open(recordingId);
  expect(clipsSeenBy(guest)).toEqual([{ participantId: guest.self().id, phase: 'recording' }]);
  expect(clipsSeenBy(host)).toEqual(clipsSeenBy(guest));
  await host.service.commands['recording.closeTrack']({ trackId });
  expect(clipsSeenBy(guest)).toEqual([{ participantId: guest.self().id, phase: 'made' }]);
});

test('who agreed to a clip is told the date until which that stays, everybody else that of the recording', async () => {
  const datesOf = (person: TestPerson) => {
    const [newest] = person.service.commands['consents.list']();
    return (newest!.deleteAfter - newest!.requestedAt) / (24 * 60 * 60 * second);
  };
  await start(everything);
  expect([datesOf(guest), datesOf(host)]).toEqual([90, 14]);
  host.service.commands['recording.stop']();
  timers.now += second;
  await start(everything, { clipRetentionDays: 7 });
  expect(datesOf(guest)).toBe(14);
});

test('sound and picture of a clip stay together, beside the time line; no other kind is finalized with both', async () => {
  const recordingId = await start(everything);
  const bytes = await film();
  const clip = await open(recordingId);
  await append(clip.trackId, bytes);
  await host.service.commands['recording.closeTrack']({ trackId: clip.trackId });
  const video = await open(recordingId, 'video');
  await append(video.trackId, bytes);
  await host.service.commands['recording.closeTrack']({ trackId: video.trackId });
  const detail = await finished(recordingId);
  expect(detail.clips).toEqual([
    expect.objectContaining({
      id: clip.trackId,
      participantId: guest.self().id,
      mimeType: 'video/webm;codecs=vp8,opus',
    }),
  ]);
  expect(detail.clips[0]!.durationMs).toBeGreaterThan(3_000);
  expect(detail.tracks.map(({ id }) => id)).toEqual([video.trackId]);
  expect(host.vault.recordings.track(video.trackId)?.phase).toBe('closed');
  expect(jobs.map(({ clipMs }) => clipMs)).toEqual([limits.clipSeconds * second, undefined]);
  const response = await host.service.mediaResponse(clip.trackId, null);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toBe('video/webm;codecs=vp8,opus');
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
});

test('taking back sound and picture leaves the clip; taking back the clip destroys it', async () => {
  const recordingId = await start(everything);
  const bytes = await film();
  for (const kind of ['clip', 'audio'] as const) await append((await open(recordingId, kind)).trackId, bytes);
  const withdraw = (...taken: RecordingKind[]) =>
    guest.service.commands['consent.withdraw']({ recordingId, kinds: taken, scope: 'everything' });
  const standing = () =>
    host.vault.recordings.tracks(recordingId).flatMap(({ kind, phase }) => (phase === 'erased' ? [] : [kind]));
  withdraw('audio', 'video');
  expect(standing()).toEqual(['clip']);
  await expect.poll(async () => (await host.files()).length).toBe(1);
  withdraw('clip');
  expect(standing()).toEqual([]);
  await expect.poll(async () => (await host.files()).length).toBe(0);
  expect(await codeOf(open(recordingId))).toBe('recording/clip-made');
});
