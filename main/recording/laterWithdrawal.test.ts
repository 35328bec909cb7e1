import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decisions, ErasureProof, RecordingKind } from '../../common/consent/models';
import { ownStanding } from '../../common/consent/ownConsent';
import type { Body } from '../../common/protocol/bodies';
import { documentHash } from './documents';
import { allKinds as all, noKinds as none, startRequest } from './testing/startRequest';
import { testVerify } from './testing/testIdentity';
import { TestMeeting } from './testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

const day = 24 * 60 * 60 * 1000;

let opus: Uint8Array<ArrayBuffer>;
let timers: TestTimers;
let host: TestPerson;
let guest: TestPerson;
let stranger: TestPerson;

beforeEach(async () => {
  opus = Uint8Array.from(await readFile(join(__dirname, 'finalize', 'fixtures', 'remote-opus.webm')));
  timers = new TestTimers();
  [host, guest, stranger] = await Promise.all([
    testPerson('Hanna', timers),
    testPerson('Gustav', timers),
    testPerson('Olga', timers),
  ]);
});

afterEach(dismissPersons);

function meet(first: TestPerson, ...others: TestPerson[]): TestMeeting {
  const meeting = new TestMeeting();
  for (const person of [first, ...others]) person.enter(meeting);
  return meeting;
}

function part(...people: TestPerson[]): void {
  for (const { service } of people) service.handleMeetingEnded();
}

/** A meeting that the host records with sound and chat of both, and that is over. Returns what was recorded. */
async function recordedMeeting(decisions: Decisions = all): Promise<string> {
  const meeting = meet(host, guest);
  guest.vault.titles.set(meeting.meetingId, 'Quarterly review');
  const { commands } = host.service;
  await commands['recording.start'](startRequest());
  const { recordingId } = commands['recording.state']()!.request;
  guest.service.commands['consent.answer']({ recordingId, decisions, language: 'en' });
  for (const person of [host, guest]) {
    if (person === guest && !decisions.audio) continue;
    const { trackId } = await commands['recording.openTrack']({
      recordingId,
      participantId: person.self().id,
      kind: 'audio',
      mimeType: 'audio/webm;codecs=opus',
    });
    await commands['recording.appendTrack']({ trackId, bytes: opus });
    await commands['recording.closeTrack']({ trackId });
  }
  part(guest, host);
  await expect.poll(() => host.vault.recordings.get(recordingId)?.phase).toBe('ready');
  return recordingId;
}

const withdraw = (person: TestPerson, recordingId: string, ...kinds: RecordingKind[]) =>
  person.service.commands['consent.withdraw']({ recordingId, kinds, scope: 'everything' });
const listed = (person: TestPerson) => person.service.commands['consents.list']();
const standing = (person: TestPerson) => ownStanding(listed(person)[0]!);
const tracksOf = (person: TestPerson, recordingId: string) =>
  host.vault.recordings
    .tracks(recordingId)
    .filter(({ identityKey }) => identityKey === person.environment.signer().publicKey)
    .map(({ kind, phase, id }) => `${kind} ${phase} ${host.vault.recordings.trackKey(id) ? 'key' : 'no key'}`);

describe('what one agreed to or declined', () => {
  test('is listed with who asked, what for and how long, newest first, and only one’s own', async () => {
    const declined = await recordedMeeting(none);
    const asked = timers.now;
    timers.pass(day);
    const agreed = await recordedMeeting({ ...none, audio: true });
    expect(listed(guest).map((one) => [one.recordingId, ownStanding(one)])).toEqual([
      [agreed, { audio: 'yes', video: 'no', chat: 'no' }],
      [declined, { audio: 'no', video: 'no', chat: 'no' }],
    ]);
    expect(listed(guest)[1]).toMatchObject({
      meetingTitle: 'Quarterly review',
      controller: {
        name: 'Hanna',
        contact: 'privacy@example.org',
        identityKey: host.environment.signer().publicKey,
        self: false,
      },
      purpose: 'Minutes',
      requestedAt: asked,
      answeredAt: asked,
      deleteAfter: asked + 14 * day,
      expired: false,
      withdrawals: [],
      kept: null,
    });
    expect(listed(guest)[1]!.noticeText).toContain('What for: Minutes');
    expect(listed(host).map(({ controller, kept }) => [controller.self, kept])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(listed(stranger)).toEqual([]);
    timers.pass(13 * day);
    expect(listed(guest).map(({ expired }) => expired)).toEqual([false, true]);
  });

  test('is listed without a title once the meeting is forgotten', async () => {
    await recordedMeeting();
    guest.vault.titles.clear();
    expect(listed(guest)[0]?.meetingTitle).toBeNull();
  });
});

describe('withdrawing after the meeting', () => {
  test('is signed and kept while the host is away, and done when both meet again', async () => {
    const recordingId = await recordedMeeting();
    withdraw(guest, recordingId, 'audio', 'chat');
    expect(standing(guest)).toEqual({ audio: 'waiting', video: 'yes', chat: 'waiting' });
    expect(tracksOf(guest, recordingId)).toEqual(['audio final key']);

    timers.pass(3 * day);
    const meeting = meet(host, guest);
    expect(standing(guest)).toEqual({ audio: 'done', video: 'yes', chat: 'done' });
    expect(tracksOf(guest, recordingId)).toEqual(['audio erased no key']);
    expect(tracksOf(host, recordingId)).toEqual(['audio final key']);
    await expect.poll(async () => (await host.files()).length).toBe(1);
    const [kept] = guest.vault.receipts.ofRecording(recordingId)[0]!.withdrawals;
    const word = guest.vault.confirmations.of(kept!.signature)!;
    expect(word.confirmedAt).toBe(timers.now);
    const hostKey = host.environment.signer().publicKey;
    expect(testVerify(hostKey, 'erasureProof', word.proof, word.hostSignature)).toBe(true);
    expect(word.proof).toEqual({
      ...{ recordingId, participantId: kept!.withdrawal.participantId, kinds: ['audio', 'chat'] },
      ...{ withdrawalHash: documentHash(kept!.withdrawal), scope: 'everything', erasedAt: timers.now },
      ...{ tracks: 1, chatLines: 0, exports: [] },
    });
    // The host has kept what they said.
    expect(host.vault.confirmations.of(kept!.signature)?.proof).toEqual(word.proof);
    expect(listed(guest)[0]!.withdrawals[0]!.proof).toEqual(word.proof);

    // What is confirmed is not said again.
    expect(meeting.sent.filter(({ body }) => body.type === 'consentWithdrawal')).toHaveLength(1);
    part(guest, host);
    expect(meet(host, guest).sent).toEqual([]);
  });

  test('tells nobody but the host whom it concerns', async () => {
    const recordingId = await recordedMeeting();
    const elsewhere = meet(stranger, guest);
    withdraw(guest, recordingId, 'audio');
    part(guest);
    const again = meet(stranger, guest, host);
    expect([...elsewhere.sent, ...again.sent]).toEqual([]);
    expect(standing(guest).audio).toBe('waiting');
  });

  test('is confirmed as done when the recording has been deleted', async () => {
    const recordingId = await recordedMeeting();
    withdraw(guest, recordingId, 'audio', 'video', 'chat');
    await host.service.commands['recordings.delete']({ recordingId });
    expect(listed(host)[0]?.kept).toBe(false);
    meet(host, guest);
    expect(standing(guest)).toEqual({ audio: 'done', video: 'done', chat: 'done' });
  });

  test('is not confirmed while destroying fails, and is tried again', async () => {
    const recordingId = await recordedMeeting();
    withdraw(guest, recordingId, 'audio');
    const { recordings } = host.vault;
    const eraseTracks = recordings.eraseTracks.bind(recordings);
    recordings.eraseTracks = () => {
      throw new Error('no room');
    };
    expect(meet(host, guest).sent.map(({ body }) => body.type)).toEqual(['consentWithdrawal']);
    expect(standing(guest).audio).toBe('waiting');
    part(guest, host);
    recordings.eraseTracks = eraseTracks;
    meet(host, guest);
    expect(standing(guest).audio).toBe('done');
    expect(tracksOf(guest, recordingId)).toEqual(['audio erased no key']);
  });

  test('is done at once in one’s own recording, also while a guest elsewhere', async () => {
    const recordingId = await recordedMeeting();
    withdraw(host, recordingId, 'video');
    expect(standing(host)).toEqual({ audio: 'yes', video: 'done', chat: 'yes' });
    const elsewhere = meet(stranger, host);
    withdraw(host, recordingId, 'audio', 'video');
    expect(standing(host)).toEqual({ audio: 'done', video: 'done', chat: 'yes' });
    expect(tracksOf(host, recordingId)).toEqual(['audio erased no key']);
    expect(elsewhere.sent).toEqual([]);
  });

  test('a no cannot be taken back, and nothing twice', async () => {
    const recordingId = await recordedMeeting({ ...none, audio: true });
    withdraw(guest, recordingId, 'video');
    withdraw(guest, recordingId, 'audio');
    withdraw(guest, recordingId, 'audio', 'video', 'chat');
    expect(listed(guest)[0]!.withdrawals.map(({ kinds }) => kinds)).toEqual([['audio']]);
  });
});

describe('a confirmation', () => {
  type Confirmation = Extract<Body, { type: 'erasureProof' }>;

  /** The guest withdrew twice; they meet a host who does not answer. */
  async function unanswered() {
    const recordingId = await recordedMeeting();
    withdraw(guest, recordingId, 'audio');
    timers.pass(1);
    withdraw(guest, recordingId, 'video');
    const meeting = new TestMeeting();
    host.channel = meeting.join(host.name, host.environment.signer().publicKey);
    guest.enter(meeting);
    stranger.enter(meeting);
    const [first, second] = guest.vault.receipts.ofRecording(recordingId)[0]!.withdrawals;
    const proof: ErasureProof = {
      ...{ recordingId, participantId: first!.withdrawal.participantId, kinds: ['audio'], scope: 'everything' },
      ...{
        withdrawalHash: documentHash(first!.withdrawal),
        erasedAt: timers.now,
        tracks: 1,
        chatLines: 0,
        exports: [],
      },
    };
    const by = (person: TestPerson, changes: Partial<ErasureProof> = {}, context = 'erasureProof'): Confirmation => {
      const said = { ...proof, ...changes };
      return { type: 'erasureProof', proof: said, signature: person.environment.signer().sign(context, said) };
    };
    const say = (from: TestPerson, body: Confirmation) => meeting.send(from.self(), guest.self().id, body);
    return { meeting, by, say, proof, first: first!, second: second! };
  }

  test('counts for the withdrawal that was signed, and for no other', async () => {
    const { by, say } = await unanswered();
    expect(standing(guest)).toEqual({ audio: 'waiting', video: 'waiting', chat: 'yes' });
    say(host, by(host));
    expect(standing(guest)).toEqual({ audio: 'done', video: 'waiting', chat: 'yes' });
  });

  test('forged or of something else is refused', async () => {
    const { by, say, proof, first, second } = await unanswered();
    const forgeries: [TestPerson, Confirmation][] = [
      [stranger, by(stranger)],
      [stranger, by(host)],
      [host, by(stranger)],
      [host, by(guest)],
      [host, by(host, {}, 'consentReceipt')],
      [host, by(host, {}, 'withdrawalDone')],
      [host, { ...by(host), signature: first.signature }],
      // Signed for one withdrawal, said of the other.
      [host, { ...by(host), proof: { ...proof, withdrawalHash: documentHash(second.withdrawal) } }],
      [host, { ...by(host), proof: { ...proof, tracks: 0 } }],
      [host, { ...by(host), proof: { ...proof, exports: [1] } }],
      // Signed as it is said, and not what was asked for.
      [host, by(host, { withdrawalHash: documentHash(second.withdrawal) })],
      [host, by(host, { withdrawalHash: documentHash({ ...first.withdrawal, withdrawnAt: 1 }) })],
      [host, by(host, { scope: 'future' })],
      [host, by(host, { kinds: ['video'] })],
      [host, by(host, { recordingId: guest.self().id })],
      [host, by(host, { participantId: host.self().id })],
    ];
    for (const [from, body] of forgeries) {
      say(from, body);
      expect(standing(guest)).toEqual({ audio: 'waiting', video: 'waiting', chat: 'yes' });
    }
    say(host, by(host));
    expect(standing(guest).audio).toBe('done');
  });

  test('signed by the right host counts whoever brings it, and a repeated one changes nothing', async () => {
    const { by, first } = await unanswered();
    const word = by(host);
    part(guest, stranger);
    const elsewhere = meet(stranger, guest);
    elsewhere.send(stranger.self(), guest.self().id, by(stranger));
    expect(standing(guest).audio).toBe('waiting');
    elsewhere.send(stranger.self(), guest.self().id, word);
    expect(standing(guest)).toEqual({ audio: 'done', video: 'waiting', chat: 'yes' });
    const confirmedAt = timers.now;
    timers.pass(day);
    elsewhere.send(stranger.self(), guest.self().id, by(host, { tracks: 7, erasedAt: timers.now }));
    expect(guest.vault.confirmations.of(first.signature)).toMatchObject({ confirmedAt, proof: word.proof });
  });

  test('that comes before anything was withdrawn is not kept for later', async () => {
    const recordingId = await recordedMeeting();
    const meeting = meet(host, guest);
    const { participantId } = listed(guest)[0]!;
    const scope = 'everything' as const;
    const withdrawal = { recordingId, participantId, kinds: ['audio'], scope, withdrawnAt: timers.now };
    const proof: ErasureProof = {
      ...{ recordingId, participantId, withdrawalHash: documentHash(withdrawal), kinds: ['audio'], scope },
      ...{ erasedAt: timers.now, tracks: 1, chatLines: 0, exports: [] },
    };
    const signature = host.environment.signer().sign('erasureProof', proof);
    meeting.send(host.self(), guest.self().id, { type: 'erasureProof', proof, signature });
    part(guest);
    withdraw(guest, recordingId, 'audio');
    expect(standing(guest).audio).toBe('waiting');
  });
});
