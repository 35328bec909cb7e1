import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConsentAnswer, Decisions, RecordingState, WithdrawalScope } from '../../common/consent/models';
import { noticeText } from '../../common/consent/noticeText';
import type { Body } from '../../common/protocol/bodies';
import { documentHash } from './documents';
import { allKinds as all, noKinds as none, startRequest } from './testing/startRequest';
import { TestMeeting } from './testing/testMeeting';
import { testVerify } from './testing/testIdentity';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

let timers: TestTimers;
let meeting: TestMeeting;
let host: TestPerson;
let guest: TestPerson;
let other: TestPerson;

beforeEach(async () => {
  timers = new TestTimers();
  meeting = new TestMeeting();
  [host, guest, other] = await Promise.all([
    testPerson('Hanna', timers),
    testPerson('Gustav', timers),
    testPerson('Olga', timers),
  ]);
  host.enter(meeting);
  guest.enter(meeting);
});

afterEach(dismissPersons);

const state = (person: TestPerson): RecordingState => {
  const now = person.service.commands['recording.state']();
  if (!now) throw new Error('nothing is being recorded');
  return now;
};
const start = async () => {
  await host.service.commands['recording.start'](startRequest());
  return state(host).request.recordingId;
};
const answer = (person: TestPerson, recordingId: string, decisions: Decisions) =>
  person.service.commands['consent.answer']({ recordingId, decisions, language: 'en' });
const statusOf = (viewer: TestPerson, person: TestPerson) =>
  state(viewer).consents.find(({ participantId }) => participantId === person.self().id);
const lastSent = (type: Body['type']) => [...meeting.sent].reverse().find(({ body }) => body.type === type)!;

describe('asking', () => {
  test('everybody is asked, the host has answered, both see how it stands', async () => {
    await start();
    expect(state(host).asked).toBe(false);
    expect(state(guest).asked).toBe(true);
    expect(statusOf(host, host)).toMatchObject(toStatus(all, 'yes'));
    expect(statusOf(guest, guest)).toMatchObject({ audio: 'pending', video: 'pending', chat: 'pending' });
    expect(state(guest).request).toEqual(state(host).request);
  });

  test('a guest cannot start or stop a recording', async () => {
    await expect(guest.service.commands['recording.start'](startRequest())).rejects.toMatchObject({
      code: 'recording/not-host',
    });
    await start();
    expect(() => guest.service.commands['recording.stop']()).toThrow('recording/not-host');
    expect(guest.vault.recordings.list()).toEqual([]);
    expect(state(host)).toBeTruthy();
  });

  test('a second recording at once is refused, stopping twice is fine', async () => {
    await start();
    await expect(host.service.commands['recording.start'](startRequest())).rejects.toMatchObject({
      code: 'recording/already-active',
    });
    host.service.commands['recording.stop']();
    host.service.commands['recording.stop']();
    expect(meeting.sent.filter(({ body }) => body.type === 'recordingStopped')).toHaveLength(1);
    expect(guest.states.at(-1)).toBeNull();
  });

  test('who joins later is asked, by themselves; nobody is asked twice', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const before = meeting.sent.filter(({ body }) => body.type === 'consentRequest').length;
    other.enter(meeting);
    const asked = meeting.sent.filter(({ body }) => body.type === 'consentRequest').slice(before);
    expect(asked.map(({ to }) => to)).toEqual([other.self().id]);
    expect(state(other).asked).toBe(true);
    expect(statusOf(other, guest)).toMatchObject(toStatus(all, 'yes'));
    // The host says it again, during and after the recording.
    const request = lastSent('consentRequest').body;
    meeting.send(host.self(), guest.self().id, request);
    expect(state(guest).asked).toBe(false);
    host.service.commands['recording.stop']();
    meeting.send(host.self(), guest.self().id, request);
    expect(guest.service.commands['recording.state']()).toBeNull();
  });

  test('who left without an answer and comes back is somebody new and asked again', async () => {
    await start();
    const first = guest.self().id;
    meeting.leave(first);
    guest.service.handleMeetingEnded();
    guest.enter(meeting);
    expect(guest.self().id).not.toBe(first);
    expect(state(guest).asked).toBe(true);
    expect(statusOf(host, guest)).toMatchObject({ audio: 'pending' });
  });

  test('a request that is not the host’s own is not shown', async () => {
    await start();
    const { body } = lastSent('consentRequest');
    if (body.type !== 'consentRequest') throw new Error('unreachable');
    other.enter(meeting);
    host.service.commands['recording.stop']();
    const request = { ...body.request, recordingId: Buffer.alloc(16, 3).toString('base64url') };
    meeting.send(other.self(), guest.self().id, { type: 'consentRequest', request });
    const foreignKey = { ...request, controllerKey: other.self().identityKey };
    meeting.send(host.self(), guest.self().id, { type: 'consentRequest', request: foreignKey });
    const otherMeeting = { ...request, meetingId: request.recordingId };
    meeting.send(host.self(), guest.self().id, { type: 'consentRequest', request: otherMeeting });
    expect(guest.service.commands['recording.state']()).toBeNull();
  });

  test('only the host says how it stands and that it is over', async () => {
    const recordingId = await start();
    other.enter(meeting);
    const before = state(guest);
    meeting.send(other.self(), null, {
      type: 'recordingStatus',
      recordingId,
      startedAt: 1,
      consents: [],
      recordable: [],
    });
    meeting.send(other.self(), null, { type: 'recordingStopped', recordingId });
    expect(state(guest)).toEqual(before);
  });

  test('the recording ends with the meeting, and everybody hears of it', async () => {
    const recordingId = await start();
    host.service.handleMeetingEnded();
    expect(lastSent('recordingStopped').body).toEqual({ type: 'recordingStopped', recordingId });
    expect(guest.states.at(-1)).toBeNull();
    expect(host.vault.recordings.get(recordingId)?.phase).not.toBe('recording');
  });
});

describe('answering', () => {
  test('a yes and a no are both proven on both sides', async () => {
    const recordingId = await start();
    other.enter(meeting);
    answer(guest, recordingId, { audio: true, video: false, chat: true });
    answer(other, recordingId, none);
    for (const person of [guest, other]) {
      const [there, here] = [host, person].map(({ vault }) => vault.receipts.get(recordingId, person.self().id)!);
      expect(here).toEqual(there);
      expect(testVerify(person.self().identityKey, 'consentAnswer', here!.answer, here!.answerSignature!)).toBe(true);
      expect(testVerify(host.self().identityKey, 'consentReceipt', here!.answer, here!.hostSignature!)).toBe(true);
      expect(here!.noticeText).toBe(noticeText(here!.request, 'en'));
    }
    expect(statusOf(guest, guest)).toMatchObject({ audio: 'yes', video: 'no', chat: 'yes' });
    expect(statusOf(guest, other)).toMatchObject(toStatus(none, 'no'));
    expect(state(guest).asked).toBe(false);
    expect(host.vault.receipts.get(recordingId, host.self().id)?.noticeText).toContain('Wer aufzeichnet: Hanna');
  });

  test('forged answers are refused and leave no receipt', async () => {
    const recordingId = await start();
    other.enter(meeting);
    answer(other, recordingId, all);
    const good: ConsentAnswer = {
      ...other.vault.receipts.get(recordingId, other.self().id)!.answer,
      participantId: guest.self().id,
      participantName: 'Gustav',
    };
    const hash = documentHash('something else');
    const elsewhere = Buffer.alloc(16, 5).toString('base64url');
    const signedBy = (person: TestPerson, one: ConsentAnswer) => ({
      answer: one,
      signature: person.environment.signer().sign('consentAnswer', one),
    });
    const forgeries = [
      signedBy(other, good),
      signedBy(host, good),
      { ...signedBy(guest, good), answer: { ...good, decisions: { ...all, chat: false } } },
      signedBy(guest, { ...good, requestHash: hash }),
      signedBy(guest, { ...good, noticeHash: hash }),
      signedBy(guest, { ...good, noticeVersion: 1 }),
      signedBy(guest, { ...good, noticeVersion: 3 }),
      signedBy(guest, { ...good, noticeLanguage: 'de' }),
      signedBy(guest, { ...good, recordingId: elsewhere }),
      signedBy(guest, { ...good, participantId: other.self().id }),
      signedBy(guest, { ...good, participantName: 'Olga' }),
      { answer: good, signature: guest.environment.signer().sign('consentReceipt', good) },
    ];
    for (const forgery of forgeries) {
      meeting.send(guest.self(), host.self().id, { type: 'consentAnswer', ...forgery });
      expect(host.vault.receipts.get(recordingId, guest.self().id)).toBeNull();
      expect(statusOf(host, guest)).toMatchObject({ audio: 'pending', video: 'pending', chat: 'pending' });
    }
    // Somebody else sends Gustav's own answer.
    meeting.send(other.self(), host.self().id, { type: 'consentAnswer', ...signedBy(guest, good) });
    expect(host.vault.receipts.get(recordingId, guest.self().id)).toBeNull();
    // The same, unforged, is taken.
    meeting.send(guest.self(), host.self().id, { type: 'consentAnswer', ...signedBy(guest, good) });
    expect(statusOf(host, guest)).toMatchObject(toStatus(all, 'yes'));
  });

  test('a receipt that is not the host’s signature over this answer is not kept', async () => {
    const recordingId = await start();
    meeting.leave(host.self().id);
    answer(guest, recordingId, all);
    const { answer: given } = guest.vault.receipts.get(recordingId, guest.self().id)!;
    const body = (signer: TestPerson, hostKey: string, answerHash = documentHash(given)) =>
      ({
        type: 'consentReceipt',
        recordingId,
        answerHash,
        hostKey,
        signature: signer.environment.signer().sign('consentReceipt', given),
      }) as const;
    const from = { ...guest.self(), id: guest.channel.hostId };
    const hostKey = host.environment.signer().publicKey;
    meeting.send(from, guest.self().id, body(guest, guest.self().identityKey));
    meeting.send(from, guest.self().id, body(guest, hostKey));
    meeting.send(from, guest.self().id, body(host, hostKey, documentHash('else')));
    expect(guest.vault.receipts.get(recordingId, guest.self().id)?.hostSignature).toBeNull();
    meeting.send(from, guest.self().id, body(host, hostKey));
    expect(guest.vault.receipts.get(recordingId, guest.self().id)?.hostSignature).not.toBeNull();
  });
});

describe('withdrawing', () => {
  const withdraw = (
    person: TestPerson,
    recordingId: string,
    kinds: ('audio' | 'video' | 'chat')[],
    scope: WithdrawalScope = 'everything',
  ) => person.service.commands['consent.withdraw']({ recordingId, kinds, scope });

  test('takes back the kinds named, on both sides, and is confirmed', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    withdraw(guest, recordingId, ['video']);
    expect(statusOf(guest, guest)).toMatchObject({ audio: 'yes', video: 'withdrawn', chat: 'yes' });
    const { withdrawal } = guest.vault.receipts.get(recordingId, guest.self().id)!.withdrawals[0]!;
    expect(withdrawal.kinds).toEqual(['video']);
    expect(lastSent('erasureProof')).toMatchObject({
      to: guest.self().id,
      body: { proof: { recordingId, withdrawalHash: documentHash(withdrawal), kinds: ['video'], tracks: 0 } },
    });
    for (const { vault } of [host, guest]) {
      const [only, ...more] = vault.receipts.get(recordingId, guest.self().id)!.withdrawals;
      expect(more).toEqual([]);
      expect(testVerify(guest.self().identityKey, 'consentWithdrawal', only!.withdrawal, only!.signature)).toBe(true);
    }
    withdraw(guest, recordingId, ['video']);
    expect(guest.vault.receipts.get(recordingId, guest.self().id)!.withdrawals).toHaveLength(1);
  });

  test('somebody else’s, a replayed and a forged withdrawal change nothing', async () => {
    const recordingId = await start();
    other.enter(meeting);
    answer(guest, recordingId, all);
    answer(other, recordingId, all);
    const withdrawal = {
      recordingId,
      participantId: guest.self().id,
      kinds: ['audio' as const],
      withdrawnAt: timers.now,
    };
    const sign = (person: TestPerson, context: string) => person.environment.signer().sign(context, withdrawal);
    const send = (from: TestPerson, signature: string, one = withdrawal) =>
      meeting.send(from.self(), host.self().id, { type: 'consentWithdrawal', withdrawal: one, signature });
    send(other, sign(other, 'consentWithdrawal'));
    send(guest, sign(other, 'consentWithdrawal'));
    send(guest, sign(guest, 'consentAnswer'));
    send(guest, sign(guest, 'consentWithdrawal'), { ...withdrawal, withdrawnAt: 1 });
    send(guest, sign(guest, 'consentWithdrawal'), { ...withdrawal, participantId: other.self().id });
    expect(statusOf(host, guest)).toMatchObject(toStatus(all, 'yes'));
    expect(statusOf(host, other)).toMatchObject(toStatus(all, 'yes'));
    expect(meeting.sent.filter(({ body }) => body.type === 'erasureProof')).toEqual([]);
    send(guest, sign(guest, 'consentWithdrawal'));
    send(guest, sign(guest, 'consentWithdrawal'));
    expect(host.vault.receipts.get(recordingId, guest.self().id)!.withdrawals).toHaveLength(1);
  });

  test('counts whoever carries it, and is confirmed to nobody but the person themself', async () => {
    const recordingId = await start();
    other.enter(meeting);
    answer(guest, recordingId, all);
    const participantId = guest.self().id;
    const withdrawal = { recordingId, participantId, kinds: ['audio' as const], withdrawnAt: timers.now };
    const signature = guest.environment.signer().sign('consentWithdrawal', withdrawal);
    meeting.send(other.self(), host.self().id, { type: 'consentWithdrawal', withdrawal, signature });
    expect(statusOf(host, guest)).toMatchObject({ audio: 'withdrawn', video: 'yes', chat: 'yes' });
    expect(meeting.sent.filter(({ body }) => body.type === 'erasureProof')).toEqual([]);
  });

  test('is final: the earlier yes, sent again, does not count', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const { body } = lastSent('consentAnswer');
    withdraw(guest, recordingId, ['audio', 'video', 'chat']);
    meeting.send(guest.self(), host.self().id, body);
    expect(statusOf(host, guest)).toMatchObject(toStatus(all, 'withdrawn'));
  });

  test('without an answer or for an unknown recording it is refused by name', async () => {
    const recordingId = await start();
    expect(() => withdraw(guest, recordingId, ['audio'])).toThrow('recording/not-found');
    guest.service.handleMeetingEnded();
    expect(() => withdraw(guest, guest.self().id, ['audio'])).toThrow('recording/not-found');
  });

  test('what the host could not hear is said again when they meet next', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    const first = guest.self().id;
    host.service.handleMeetingEnded();
    // The host is gone; the guest does not know yet.
    meeting.leave(host.self().id);
    const seat = { ...guest.channel, participants: () => [guest.self(), { ...guest.self(), id: guest.channel.hostId, identityKey: host.environment.signer().publicKey }] }; // prettier-ignore
    guest.service.handleMeetingStarted(seat);
    withdraw(guest, recordingId, ['audio']);
    expect(host.vault.receipts.get(recordingId, first)!.withdrawals).toEqual([]);
    const next = new TestMeeting();
    host.enter(next);
    guest.enter(next);
    expect(host.vault.receipts.get(recordingId, first)!.withdrawals).toHaveLength(1);
  });
});

describe('the text', () => {
  test('is given in both languages while it runs and after it was answered', async () => {
    const recordingId = await start();
    const text = guest.service.commands['consent.noticeText']({ recordingId, language: 'de' });
    expect(text).toBe(noticeText(state(guest).request, 'de'));
    answer(guest, recordingId, none);
    host.service.commands['recording.stop']();
    expect(guest.service.commands['consent.noticeText']({ recordingId, language: 'de' })).toBe(text);
    expect(() =>
      guest.service.commands['consent.noticeText']({ recordingId: guest.self().id, language: 'de' }),
    ).toThrow('recording/not-found');
  });
});

function toStatus(decisions: Decisions, value: 'yes' | 'no' | 'withdrawn') {
  return Object.fromEntries(Object.keys(decisions).map((kind) => [kind, value]));
}
