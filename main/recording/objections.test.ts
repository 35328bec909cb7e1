import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Decisions, MediaKind } from '../../common/consent/models';
import { noticeText } from '../../common/consent/noticeText';
import { errorCodeOf } from '../../common/errors';
import type { StartInput } from './consentSide';
import { signAnswer } from './signedConsent';
import { allKinds as all, startRequest } from './testing/startRequest';
import { TestMeeting } from './testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

let timers: TestTimers;
let meeting: TestMeeting;
let host: TestPerson;
let james: TestPerson;
let late: TestPerson;

beforeEach(async () => {
  timers = new TestTimers();
  meeting = new TestMeeting();
  [host, james, late] = await Promise.all([
    testPerson('Hanna', timers),
    testPerson('James Miller', timers),
    testPerson('Lena', timers),
  ]);
  host.enter(meeting);
  james.enter(meeting);
});
afterEach(dismissPersons);

const object = (who: { identityKey?: string; name?: string; email?: string }) =>
  host.vault.objections.add({ kind: 'recording', reason: 'wish', addedAt: 1, who });
const start = async (changes: Partial<StartInput> = {}) => {
  await host.service.commands['recording.start'](startRequest(changes));
  return host.service.commands['recording.state']()!.request.recordingId;
};
const stateOf = (person: TestPerson) => person.service.commands['recording.state']();
const how = (attempt: Promise<unknown>) => attempt.then(() => 'taken', errorCodeOf);
const open = (recordingId: string, person: TestPerson, kind: MediaKind = 'audio') =>
  host.service.commands['recording.openTrack']({
    ...{ recordingId, participantId: person.self().id, kind, mimeType: 'audio/webm;codecs=opus' },
  });
/** A yes that is signed and fits in every respect, as a program sends it that was told of no objection. */
const signedYes = (person: TestPerson, decisions: Decisions = all) => {
  const { request } = stateOf(host)!;
  const { answer, answerSignature } = signAnswer(person.environment, person.self(), request, {
    ...{ decisions, language: 'en', given: 'asked' },
  });
  return { request, answer, signature: answerSignature ?? '' };
};
const sendYes = (person: TestPerson) => {
  const { answer, signature } = signedYes(person);
  meeting.send(person.self(), host.self().id, { type: 'consentAnswer', answer, signature });
};

describe('R2: who has objected to being recorded', () => {
  test('is not asked, is told why, and counts as No to everybody', async () => {
    object({ identityKey: james.environment.signer().publicKey });
    late.enter(meeting);
    await start();
    const asked = meeting.sent.flatMap(({ to, body }) => (body.type === 'consentRequest' ? [{ to, ...body }] : []));
    expect(asked.find(({ to }) => to === james.self().id)).toMatchObject({ objected: true });
    expect(asked.find(({ to }) => to === late.self().id)).not.toHaveProperty('objected');
    expect(stateOf(james)).toMatchObject({ asked: false, given: null, answerBy: null, objected: [james.self().id] });
    expect(stateOf(host)!.objected).toEqual([james.self().id]);
    // Why is nobody else's business.
    expect(stateOf(late)!.objected).toEqual([]);
    const shown = stateOf(late)!.consents.find(({ participantId }) => participantId === james.self().id);
    expect(shown).toMatchObject({ audio: 'no', video: 'no', chat: 'no' });
  });

  test('is not recorded by an honest yes, a forged one, or one that lies in the vault already', async () => {
    object({ identityKey: james.environment.signer().publicKey });
    const recordingId = await start();
    expect(() => james.service.commands['consent.answer']({ recordingId, decisions: all, language: 'en' })).toThrow(
      'recording/objected',
    );
    sendYes(james);
    expect(host.vault.receipts.get(recordingId, james.self().id)).toBeNull();
    expect(await how(open(recordingId, james))).toBe('recording/objected');
    const { request, answer, signature } = signedYes(james);
    host.vault.receipts.put({
      ...{ recordingId, participantId: james.self().id, identityKey: james.self().identityKey, name: james.name },
      ...{ request, answer, answerSignature: signature, noticeText: noticeText(request, 'en') },
      hostSignature: host.environment.signer().sign('consentReceipt', answer),
    });
    for (const kind of ['audio', 'video', 'clip'] as const) {
      expect(await how(open(recordingId, james, kind))).toBe('recording/objected');
    }
    host.service.handleChat(james.self().id, james.name, 'not to be kept');
    host.service.handleChat(host.self().id, host.name, 'kept');
    const chat = async () => (await host.service.commands['recordings.get']({ recordingId })).chat;
    await expect.poll(async () => (await chat()).map(({ text }) => text)).toEqual(['kept']);
    expect(await how(open(recordingId, host))).toBe('taken');
  });

  test('is found under the name too, however it is spelled, and again after coming back under another place', async () => {
    object({ name: '  james   MILLER ' });
    await start();
    expect(stateOf(host)!.objected).toEqual([james.self().id]);
    meeting.leave(james.self().id);
    james.enter(meeting);
    expect(stateOf(host)!.objected).toContain(james.self().id);
    expect(stateOf(james)!.asked).toBe(false);
  });

  test('is found under the e-mail address they gave at the door', async () => {
    object({ email: 'James@Example.org' });
    await start();
    expect(stateOf(host)!.objected).toEqual([]);
    host.service.commands['recording.stop']();
    host.vault.registered.push({
      ...{ meetingId: meeting.meetingId, identityKey: james.self().identityKey, name: james.name, title: 'Talk' },
      ...{ registeredAt: 1, deleteAfter: 2, answers: [{ id: 'email', question: null, text: 'james@example.org' }] },
    });
    const recordingId = await start();
    expect(stateOf(host)!.objected).toEqual([james.self().id]);
    expect(await how(open(recordingId, james))).toBe('recording/objected');
  });

  test('does not concern the host, who bears the name of somebody else', async () => {
    object({ name: 'Hanna' });
    const recordingId = await start();
    expect(stateOf(host)!.objected).toEqual([]);
    expect(await how(open(recordingId, host))).toBe('taken');
  });

  test('while it runs: what is open is closed at once and stays, and no later yes opens it again', async () => {
    const recordingId = await start();
    james.service.commands['consent.answer']({ recordingId, decisions: all, language: 'en' });
    const { trackId } = await open(recordingId, james);
    const append = () => host.service.commands['recording.appendTrack']({ trackId, bytes: Buffer.from('sound') });
    expect(await how(append())).toBe('taken');
    object({ identityKey: james.self().identityKey });
    host.service.handleObjections();
    expect(await how(append())).toBe('recording/unknown-track');
    expect(await how(open(recordingId, james))).toBe('recording/objected');
    expect(host.vault.recordings.trackKey(trackId)).not.toBeNull();
    expect(stateOf(james)!.objected).toEqual([james.self().id]);
    sendYes(james);
    expect(await how(open(recordingId, james))).toBe('recording/objected');
    // What there is can be taken back as before.
    james.service.commands['consent.withdraw']({ recordingId, kinds: ['audio'], scope: 'everything' });
    expect(host.vault.recordings.trackKey(trackId)).toBeNull();
  });

  test('closes the question of somebody who was just being asked, and no silence is noted for it later', async () => {
    const recordingId = await start();
    expect(stateOf(james)!.asked).toBe(true);
    object({ identityKey: james.self().identityKey });
    host.service.handleObjections();
    expect(stateOf(james)!.asked).toBe(false);
    timers.pass(24 * 60 * 60 * 1_000);
    host.service.commands['recording.stop']();
    expect(host.vault.receipts.get(recordingId, james.self().id)).toBeNull();
    expect(james.vault.receipts.all()).toEqual([]);
  });

  test('keeps everything waiting where everybody must agree, and nothing once they have left', async () => {
    object({ identityKey: james.environment.signer().publicKey });
    const recordingId = await start({ policy: 'everybody' });
    expect(stateOf(host)!.recordable).toEqual([]);
    expect(await how(open(recordingId, host))).toBe('recording/objected');
    meeting.leave(james.self().id);
    expect(stateOf(host)!.recordable).toEqual(['audio', 'video', 'chat']);
    expect(await how(open(recordingId, host))).toBe('taken');
  });
});

describe('R4: who has set that they are never recorded', () => {
  test('answers No at once, signed and said so; is asked nothing; and may still agree by hand', async () => {
    james.settings.neverRecordMe = true;
    const recordingId = await start();
    expect(stateOf(james)).toMatchObject({ asked: false, given: 'own-setting', objected: [] });
    const kept = host.vault.receipts.get(recordingId, james.self().id)!;
    expect(kept.answer).toMatchObject({ given: 'own-setting', decisions: { audio: false, video: false, chat: false } });
    expect(james.vault.receipts.get(recordingId, james.self().id)!.hostSignature).not.toBeNull();
    expect(await how(open(recordingId, james))).toBe('recording/no-consent');
    james.service.commands['consent.answer']({ recordingId, decisions: all, language: 'en' });
    expect(await how(open(recordingId, james))).toBe('taken');
  });

  test('comes before what was agreed to before, and is no answer of theirs once it is switched off', async () => {
    const first = await start();
    james.service.commands['consent.answer']({ recordingId: first, decisions: all, language: 'en' });
    host.service.commands['recording.stop']();
    james.settings.neverRecordMe = true;
    const second = await start();
    expect(await how(open(second, james))).toBe('recording/no-consent');
    host.service.commands['recording.stop']();
    james.settings.neverRecordMe = false;
    const third = await start();
    expect(stateOf(james)).toMatchObject({ given: 'same-terms' });
    expect(await how(open(third, james))).toBe('taken');
  });

  test('is a No only: a yes that calls itself so is refused, and the host records themself as ever', async () => {
    host.settings.neverRecordMe = true;
    const recordingId = await start();
    const { request } = stateOf(host)!;
    const { answer, answerSignature } = signAnswer(james.environment, james.self(), request, {
      ...{ decisions: all, language: 'en', given: 'own-setting' },
    });
    meeting.send(james.self(), host.self().id, { type: 'consentAnswer', answer, signature: answerSignature ?? '' });
    expect(host.vault.receipts.get(recordingId, james.self().id)).toBeNull();
    expect(await how(open(recordingId, james))).toBe('recording/no-consent');
    expect(await how(open(recordingId, host))).toBe('taken');
  });
});
