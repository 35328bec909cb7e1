import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decisions, MediaKind, RecordingKind } from '../../common/consent/models';
import { errorCodeOf } from '../../common/errors';
import type { StartInput } from './consentSide';
import { allKinds as all, noKinds as none, startRequest } from './testing/startRequest';
import { TestMeeting } from './testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

let timers: TestTimers;
let meeting: TestMeeting;
let host: TestPerson;
let guest: TestPerson;
let late: TestPerson;

beforeEach(async () => {
  timers = new TestTimers();
  meeting = new TestMeeting();
  [host, guest, late] = await Promise.all([
    testPerson('Hanna', timers),
    testPerson('Gustav', timers),
    testPerson('Lena', timers),
  ]);
  host.enter(meeting);
  guest.enter(meeting);
});

afterEach(dismissPersons);

const recordable = (viewer: TestPerson = host) => viewer.service.commands['recording.state']()?.recordable;
const start = async (changes: Partial<StartInput> = {}) => {
  await host.service.commands['recording.start'](startRequest({ policy: 'everybody', ...changes }));
  return host.service.commands['recording.state']()!.request.recordingId;
};
const answer = (person: TestPerson, recordingId: string, decisions: Decisions) =>
  person.service.commands['consent.answer']({ recordingId, decisions, language: 'en' });
const withdraw = (person: TestPerson, recordingId: string, kinds: RecordingKind[], scope: 'everything' | 'future') =>
  person.service.commands['consent.withdraw']({ recordingId, kinds, scope });
/** As the window asks for it, whatever it was told. */
const open = async (recordingId: string, person: TestPerson, kind: MediaKind = 'audio') => {
  const participantId = person.self().id;
  const input = { recordingId, participantId, kind, mimeType: 'audio/webm;codecs=opus' };
  return (await host.service.commands['recording.openTrack'](input)).trackId;
};
const append = async (trackId: string) =>
  host.service.commands['recording.appendTrack']({ trackId, bytes: Buffer.from('sound') });
const how = (attempt: Promise<unknown>) => attempt.then(() => 'taken', errorCodeOf);

describe('only while everybody agrees', () => {
  test('nobody is recorded while somebody has not answered, declined, or has just joined', async () => {
    const recordingId = await start();
    const both = async () => [await how(open(recordingId, host)), await how(open(recordingId, guest))];
    const refused = ['recording/no-consent', 'recording/no-consent'];
    expect(recordable()).toEqual([]);
    expect(await both()).toEqual(refused);
    answer(guest, recordingId, none);
    expect(await both()).toEqual(refused);
    answer(guest, recordingId, { ...none, audio: true });
    expect(recordable()).toEqual(['audio']);
    expect(recordable(guest)).toEqual(['audio']);
    expect(await both()).toEqual(['taken', 'taken']);
    expect(await how(open(recordingId, host, 'video'))).toBe('recording/no-consent');
    late.enter(meeting);
    expect(recordable()).toEqual([]);
    expect(await both()).toEqual(refused);
    answer(late, recordingId, all);
    expect(recordable(late)).toEqual(['audio']);
    expect(await both()).toEqual(['taken', 'taken']);
  });

  test('who joins, declines or takes back closes the open tracks of that kind of all, at once', async () => {
    const recordingId = await start();
    const closing: [string, () => void, MediaKind[]][] = [
      ['joined', () => late.enter(meeting), ['audio', 'video']],
      ['took back', () => withdraw(guest, recordingId, ['audio'], 'future'), ['audio']],
      ['took back altogether', () => withdraw(late, recordingId, ['video'], 'everything'), ['video']],
    ];
    answer(guest, recordingId, all);
    for (const [, happens, closed] of closing) {
      const people = late.channel ? [host, guest, late] : [host, guest];
      const kinds = (['audio', 'video'] as const).filter((kind) => recordable()?.includes(kind));
      const tracks: { trackId: string; person: TestPerson; kind: MediaKind }[] = [];
      for (const person of people) {
        for (const kind of kinds) tracks.push({ trackId: await open(recordingId, person, kind), person, kind });
      }
      for (const { trackId } of tracks) expect(await how(append(trackId))).toBe('taken');
      happens();
      // The very next append, in the same tick.
      const next = tracks.map(({ trackId, kind }) => ({ kind, attempt: how(append(trackId)) }));
      for (const { kind, attempt } of next) {
        if (closed.includes(kind)) expect(['recording/unknown-track', 'recording/erased']).toContain(await attempt);
        else expect(await attempt).toBe('taken');
      }
      for (const { trackId, kind } of tracks) if (!closed.includes(kind)) await host.service.commands['recording.closeTrack']({ trackId }); // prettier-ignore
      if (recordable()?.length === 0) answer(late, recordingId, all);
    }
    // What there was of the others stays.
    const left = host.vault.recordings.tracks(recordingId).filter(({ phase }) => phase === 'closed');
    expect(left.length).toBeGreaterThan(0);
    for (const { id } of left) expect(host.vault.recordings.trackKey(id)).not.toBeNull();
  });

  test('a track that was open when somebody joined takes nothing, though its number is known', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const trackId = await open(recordingId, host);
    await append(trackId);
    const before = host.vault.recordings.track(trackId)!;
    late.enter(meeting);
    expect(await how(append(trackId))).toBe('recording/unknown-track');
    answer(late, recordingId, all);
    // Everybody agrees again: that opens a new stretch, not the old one.
    expect(await how(append(trackId))).toBe('recording/unknown-track');
    expect(host.vault.recordings.track(trackId)?.fileName).toBe(before.fileName);
    expect(await open(recordingId, host)).not.toBe(trackId);
  });

  test('goes on when the only one who had not agreed leaves', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    late.enter(meeting);
    answer(late, recordingId, none);
    expect(recordable()).toEqual([]);
    meeting.leave(late.self().id);
    expect(recordable()).toEqual(['audio', 'video', 'chat']);
    expect(recordable(guest)).toEqual(['audio', 'video', 'chat']);
    expect(await how(open(recordingId, guest))).toBe('taken');
  });

  test('chat lines are kept only while all agreed to that, the host’s own included', async () => {
    const recordingId = await start();
    const say = (person: TestPerson, text: string) => host.service.handleChat(person.self().id, person.name, text);
    const kept = async () =>
      (await host.service.commands['recordings.get']({ recordingId })).chat.map(({ text }) => text);
    say(host, 'before');
    answer(guest, recordingId, { ...none, chat: true });
    say(host, 'one');
    say(guest, 'two');
    await expect.poll(kept).toEqual(['one', 'two']);
    late.enter(meeting);
    say(host, 'while somebody is new');
    answer(late, recordingId, all);
    say(guest, 'three');
    await expect.poll(kept).toEqual(['one', 'two', 'three']);
  });

  test('a consent clip is the person’s own: taken of who said yes to it, whatever the others say', async () => {
    const clips = { ...none, clip: true };
    const recordingId = await start({
      kinds: ['audio', 'video', 'chat', 'clip'],
      own: { ...all, clip: true },
      clipRetentionDays: 30,
    });
    expect(recordable()).toEqual(['clip']);
    expect(await how(open(recordingId, guest, 'clip'))).toBe('recording/no-consent');
    const own = await open(recordingId, host, 'clip');
    answer(guest, recordingId, clips);
    late.enter(meeting);
    expect(await how(append(own))).toBe('taken');
    expect(await how(open(recordingId, guest, 'clip'))).toBe('taken');
    answer(late, recordingId, { ...all, clip: false });
    expect(recordable()).toEqual(['clip']);
    expect(await how(append(own))).toBe('taken');
    expect(await how(open(recordingId, late, 'clip'))).toBe('recording/no-consent');
  });

  test('is decided on every receipt in the vault, not on what main remembers', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    expect(recordable()).toContain('audio');
    const receipt = host.vault.receipts.get(recordingId, guest.self().id)!;
    const { withdrawals: _, ...stored } = receipt;
    host.vault.receipts.put({
      ...stored,
      answerSignature: host.environment.signer().sign('consentAnswer', stored.answer),
    });
    expect(await how(open(recordingId, host))).toBe('recording/no-consent');
    host.vault.receipts.put(stored);
    expect(await how(open(recordingId, host))).toBe('taken');
  });

  test('an empty yes of the host alone records the host, and one who declines the other policy stops nobody', async () => {
    const alone = await start();
    meeting.leave(guest.self().id);
    expect(recordable()).toEqual(['audio', 'video', 'chat']);
    expect(await how(open(alone, host))).toBe('taken');
    host.service.commands['recording.stop']();
    late.enter(meeting);
    const recordingId = await start({ policy: 'those-who-agree' });
    answer(late, recordingId, none);
    expect(recordable()).toEqual(['audio', 'video', 'chat']);
    expect(await how(open(recordingId, host))).toBe('taken');
    expect(await how(open(recordingId, late))).toBe('recording/no-consent');
  });
});
