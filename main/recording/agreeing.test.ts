import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  AnswerOrigin,
  ConsentRequest,
  Decisions,
  RecordingKind,
  RecordingState,
} from '../../common/consent/models';
import { currentTemplates } from '../../common/consent/purposeTemplates';
import type { Body } from '../../common/protocol/bodies';
import { isGenuineAnswer } from './consentProof';
import type { StartInput } from './consentSide';
import { documentHash } from './documents';
import { signAnswer } from './signedConsent';
import { allKinds as all, noKinds as none, startRequest } from './testing/startRequest';
import { testVerify } from './testing/testIdentity';
import { TestMeeting } from './testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';

type AnswerBody = Extract<Body, { type: 'consentAnswer' }>;

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
const start = async (changes: Partial<StartInput> = {}) => {
  await host.service.commands['recording.start'](startRequest(changes));
  return state(host).request.recordingId;
};
const stop = () => host.service.commands['recording.stop']();
const answer = (person: TestPerson, recordingId: string, decisions: Decisions) =>
  person.service.commands['consent.answer']({ recordingId, decisions, language: 'en' });
const withdraw = (person: TestPerson, recordingId: string, kinds: RecordingKind[], scope: 'everything' | 'future') =>
  person.service.commands['consent.withdraw']({ recordingId, kinds, scope });
const statusOf = (viewer: TestPerson, person: TestPerson) =>
  state(viewer).consents.find(({ participantId }) => participantId === person.self().id);
/** What the host holds of somebody, and how it came about. */
const held = (recordingId: string, participantId: string) => {
  const receipt = host.vault.receipts.get(recordingId, participantId);
  if (!receipt) return null;
  const { answer: said, answerSignature, hostSignature } = receipt;
  return {
    given: said.given,
    decisions: said.decisions,
    byPerson: answerSignature !== null,
    byHost: hostSignature !== null,
  };
};
const send = (from: TestPerson, body: Body) => meeting.send(from.self(), host.self().id, body);
const answers = () => meeting.sent.flatMap(({ body }) => (body.type === 'consentAnswer' ? [body] : []));
const lastAnswer = (): AnswerBody => answers().at(-1)!;
/** An answer signed by a program that does as it likes. */
const signed = (person: TestPerson, request: ConsentRequest, decisions: Decisions, given: AnswerOrigin): AnswerBody => {
  const asked = { ...request, terms: { ...request.terms!, kinds: Object.keys(decisions) as RecordingKind[] } };
  const { answer: made } = signAnswer(person.environment, person.self(), asked, { decisions, language: 'en', given });
  // Made for the kinds in it, said of the request as it is.
  const right = signAnswer(person.environment, person.self(), request, {
    ...{ decisions: Object.fromEntries(request.terms!.kinds.map((kind) => [kind, false])), language: 'en', given },
  }).answer;
  const said = { ...made, requestHash: right.requestHash, noticeHash: right.noticeHash };
  return { type: 'consentAnswer', answer: said, signature: person.environment.signer().sign('consentAnswer', said) };
};
const leave = (person: TestPerson) => {
  const { id } = person.self();
  person.service.handleMeetingEnded();
  meeting.leave(id);
  return id;
};
/** The connection breaks: the person's program gets nothing said any more. */
const vanish = (person: TestPerson) => {
  const { id } = person.self();
  meeting.leave(id);
  person.service.handleMeetingEnded();
  return id;
};

describe('the kinds asked for', () => {
  test.each<[string, Decisions]>([
    ['one missing', { audio: true, video: true }],
    ['one more', { ...all, screen: true }],
    ['one more that is a no', { ...all, clip: false }],
    ['another instead', { audio: true, video: true, summary: true }],
    ['none at all', {}],
  ])('are answered exactly: refused is %s', async (_, decisions) => {
    const recordingId = await start();
    expect(() => answer(guest, recordingId, decisions)).toThrow('recording/not-active');
    expect(guest.vault.receipts.all()).toEqual([]);
    send(guest, signed(guest, state(host).request, decisions, 'asked'));
    expect(held(recordingId, guest.self().id)).toBeNull();
    expect(statusOf(host, guest)).toMatchObject({ audio: 'pending' });
    // The same hand, answering what was asked, is heard.
    send(guest, signed(guest, state(host).request, all, 'asked'));
    expect(held(recordingId, guest.self().id)).toMatchObject({ decisions: all, byPerson: true });
  });

  test('are those the host chose, and nothing else is pending', async () => {
    await start({ kinds: ['chat'], own: { chat: true } });
    expect(statusOf(guest, guest)).toEqual({ participantId: guest.self().id, chat: 'pending' });
  });

  test('the host answers exactly too', async () => {
    await expect(start({ own: { audio: true } })).rejects.toMatchObject({ code: 'recording/not-active' });
    expect(host.vault.recordings.list()).toEqual([]);
    expect(host.service.commands['recording.state']()).toBeNull();
  });
});

describe('agreeing later', () => {
  test('adds to a no, of the person’s own accord, and is proven on both sides', async () => {
    const recordingId = await start();
    answer(guest, recordingId, none);
    expect(state(guest).given).toBe('asked');
    answer(guest, recordingId, { ...none, audio: true });
    expect(statusOf(host, guest)).toMatchObject({ audio: 'yes', video: 'no', chat: 'no' });
    expect(state(guest)).toMatchObject({ asked: false, given: 'later' });
    expect(held(recordingId, guest.self().id)).toMatchObject({ given: 'later', byPerson: true, byHost: true });
    expect(guest.vault.receipts.all()).toEqual(host.vault.receipts.all().filter(({ name }) => name === 'Gustav'));
    answer(guest, recordingId, all);
    expect(statusOf(host, guest)).toMatchObject({ audio: 'yes', video: 'yes', chat: 'yes' });
  });

  test('the host may too, and nobody may say the same again', async () => {
    const recordingId = await start({ own: none });
    answer(host, recordingId, { ...none, chat: true });
    expect(held(recordingId, host.self().id)).toMatchObject({ given: 'later', byPerson: true, byHost: true });
    expect(() => answer(host, recordingId, { ...none, chat: true })).toThrow('recording/not-active');
    expect(() => answer(host, recordingId, { ...none, audio: true })).toThrow('recording/not-active');
  });

  test('takes no yes away: a later answer that drops one is refused, on both sides', async () => {
    const recordingId = await start();
    answer(guest, recordingId, { ...none, audio: true, video: true });
    for (const dropped of [none, { ...none, audio: true }, { ...none, audio: true, chat: true }]) {
      expect(() => answer(guest, recordingId, dropped)).toThrow('recording/not-active');
      send(guest, signed(guest, state(host).request, dropped, 'later'));
      expect(held(recordingId, guest.self().id)?.decisions).toEqual({ ...none, audio: true, video: true });
    }
  });

  test('an earlier no, sent again after a later yes, does not count', async () => {
    const recordingId = await start();
    answer(guest, recordingId, none);
    const before = lastAnswer();
    answer(guest, recordingId, all);
    send(guest, before);
    expect(held(recordingId, guest.self().id)).toMatchObject({ given: 'later', decisions: all });
    expect(statusOf(host, guest)).toMatchObject({ audio: 'yes', video: 'yes', chat: 'yes' });
  });

  test.each(['everything', 'future'] as const)(
    'a yes sent again after it was taken back (%s) does not count',
    async (scope) => {
      const recordingId = await start();
      answer(guest, recordingId, { ...none, audio: true, video: true });
      const before = lastAnswer();
      withdraw(guest, recordingId, ['audio', 'video'], scope);
      const gone = scope === 'everything' ? 'withdrawn' : 'stopped';
      send(guest, before);
      // Nor does one that says it anew together with more.
      send(guest, signed(guest, state(host).request, all, 'later'));
      expect(statusOf(host, guest)).toMatchObject({ audio: gone, video: gone, chat: 'yes' });
      const openTrack = host.service.commands['recording.openTrack']({
        ...{ recordingId, participantId: guest.self().id, kind: 'audio', mimeType: 'audio/webm;codecs=opus' },
      });
      await expect(openTrack).rejects.toMatchObject({ code: 'recording/no-consent' });
    },
  );

  test('is not possible any more once the recording has ended', async () => {
    const recordingId = await start();
    answer(guest, recordingId, none);
    const { request } = state(host);
    stop();
    expect(() => answer(guest, recordingId, all)).toThrow('recording/not-active');
    send(guest, signed(guest, request, all, 'later'));
    expect(held(recordingId, guest.self().id)).toMatchObject({ decisions: none, given: 'asked' });
  });
});

describe('no answer', () => {
  test('in time is a no that the person’s own program signs, and can still become a yes', async () => {
    const recordingId = await start({ answerSeconds: 60 });
    expect(state(guest).answerBy).toBe(timers.now + 60_000);
    timers.pass(59_999);
    expect(state(guest).asked).toBe(true);
    timers.pass(1);
    expect(state(guest)).toMatchObject({ asked: false, given: 'time-ran-out', answerBy: null });
    expect(held(recordingId, guest.self().id)).toEqual({
      ...{ given: 'time-ran-out', decisions: none, byPerson: true, byHost: true },
    });
    timers.pass(10_000);
    expect(held(recordingId, guest.self().id)?.given).toBe('time-ran-out');
    answer(guest, recordingId, all);
    expect(held(recordingId, guest.self().id)).toMatchObject({ given: 'later', decisions: all });
  });

  test('of a program that says nothing at all is a no that the host alone signs, ten seconds later', async () => {
    const silent = meeting.join('Silent', other.environment.signer().publicKey);
    meeting.settle();
    const recordingId = await start({ answerSeconds: 60 });
    timers.pass(69_999);
    expect(held(recordingId, silent.selfId)).toBeNull();
    timers.pass(1);
    expect(held(recordingId, silent.selfId)).toEqual({
      ...{ given: 'none', decisions: none, byPerson: false, byHost: true },
    });
    expect(state(host).consents.find(({ participantId }) => participantId === silent.selfId)).toMatchObject({
      audio: 'no',
    });
    const receipt = host.vault.receipts.get(recordingId, silent.selfId)!;
    expect(receipt.answerSignature).toBeNull();
    expect(testVerify(host.self().identityKey, 'consentReceipt', receipt.answer, receipt.hostSignature!)).toBe(true);
    // What the host alone says never permits anything.
    const claim = { ...receipt.answer, decisions: all };
    const asked = { request: receipt.request, person: { ...receipt, id: receipt.participantId } };
    expect(isGenuineAnswer(claim, null, asked, testVerify)).toBe(false);
    host.vault.receipts.put({ ...receipt, answer: claim });
    const openTrack = host.service.commands['recording.openTrack']({
      ...{ recordingId, participantId: silent.selfId, kind: 'audio', mimeType: 'audio/webm;codecs=opus' },
    });
    await expect(openTrack).rejects.toMatchObject({ code: 'recording/no-consent' });
  });

  test('before leaving or before the end is a no too, and said so', async () => {
    const recordingId = await start();
    const left = leave(guest);
    expect(held(recordingId, left)).toEqual({ given: 'left', decisions: none, byPerson: true, byHost: true });
    other.enter(meeting);
    stop();
    expect(held(recordingId, other.self().id)).toEqual({
      ...{ given: 'stopped', decisions: none, byPerson: true, byHost: true },
    });
    expect(other.vault.receipts.get(recordingId, other.self().id)?.hostSignature).not.toBeNull();
  });

  test('of somebody whose connection broke is told by the host alone', async () => {
    const recordingId = await start();
    const first = vanish(guest);
    expect(held(recordingId, first)).toEqual({ given: 'none', decisions: none, byPerson: false, byHost: true });
  });

  test('a late yes to an ended recording is refused, a late no is kept instead of the host’s word alone', async () => {
    const recordingId = await start();
    const { request } = state(host);
    const late = signed(guest, request, all, 'asked');
    const no = signed(guest, request, none, 'left');
    const { participantId } = no.answer;
    meeting.leave(participantId);
    stop();
    host.service.handleMeetingEnded();
    const next = new TestMeeting();
    host.enter(next);
    other.enter(next);
    const seat = next.join('Gustav', guest.environment.signer().publicKey);
    const self = seat.participants().find(({ id }) => id === seat.selfId)!;
    const tell = (body: Body) => next.send(self, host.self().id, body);
    expect(held(recordingId, participantId)).toMatchObject({ given: 'none', byPerson: false });
    tell(late);
    expect(held(recordingId, participantId)).toMatchObject({ given: 'none', byPerson: false });
    // Somebody else answers for the one who was silent: with their key, and with the right words carried by the wrong hand.
    const signature = other.environment.signer().sign('consentAnswer', no.answer);
    next.send(other.self(), host.self().id, { ...no, signature });
    tell({ ...no, signature });
    next.send(other.self(), host.self().id, no);
    expect(held(recordingId, participantId)).toMatchObject({ given: 'none', byPerson: false });
    tell(no);
    expect(held(recordingId, participantId)).toEqual({ given: 'left', decisions: none, byPerson: true, byHost: true });
    // And stays: neither another no nor a yes takes its place.
    tell(late);
    expect(held(recordingId, participantId)).toMatchObject({ given: 'left', decisions: none });
  });

  test('who comes back after the connection broke says then what could not be said, and gets what was lost', async () => {
    const recordingId = await start();
    const silent = vanish(guest);
    expect(held(recordingId, silent)).toMatchObject({ given: 'none', byPerson: false });
    // Their program had signed the no, and nobody heard.
    const self = { ...guest.environment.vault().profile.get(), id: silent };
    const { request } = state(host);
    const said = { decisions: none, language: 'en', given: 'left' } as const;
    guest.vault.receipts.put(signAnswer(guest.environment, { ...self, name: 'Gustav' }, request, said));
    guest.enter(meeting);
    expect(held(recordingId, silent)).toEqual({ given: 'left', decisions: none, byPerson: true, byHost: true });
    expect(guest.vault.receipts.get(recordingId, silent)?.hostSignature).not.toBeNull();
    // In the same way nothing can be agreed to for somebody who is gone.
    const yes = signAnswer(guest.environment, { ...self, name: 'Gustav' }, request, { ...said, decisions: all });
    send(guest, { type: 'consentAnswer', answer: yes.answer, signature: yes.answerSignature });
    expect(held(recordingId, silent)).toMatchObject({ decisions: none });
  });

  test('a lost countersignature comes when both meet next', async () => {
    const recordingId = await start();
    const receiptsOf = () => guest.vault.receipts.ofRecording(recordingId);
    answer(guest, recordingId, all);
    guest.vault.receipts.put({ ...receiptsOf()[0]!, hostSignature: null });
    leave(guest);
    host.service.handleMeetingEnded();
    const next = new TestMeeting();
    host.enter(next);
    guest.enter(next);
    expect(receiptsOf()).toHaveLength(1);
    expect(receiptsOf()[0]!.hostSignature).not.toBeNull();
    expect(host.vault.receipts.get(recordingId, receiptsOf()[0]!.participantId)?.answer).toEqual(
      receiptsOf()[0]!.answer,
    );
  });
});

describe('the same question in the same meeting', () => {
  /** Stops, starts again with these changes, and says how the guest came to their answer; null when they are asked. */
  const again = async (changes: Partial<StartInput> = {}) => {
    stop();
    timers.pass(1_000);
    await start(changes);
    return state(guest).given;
  };

  test('is answered as it was before, and not shown', async () => {
    const recordingId = await start();
    answer(guest, recordingId, { ...none, audio: true });
    expect(await again()).toBe('same-terms');
    expect(guest.states.at(-1)?.asked).toBe(false);
    expect(statusOf(host, guest)).toMatchObject({ audio: 'yes', video: 'no', chat: 'no' });
    const second = state(host).request.recordingId;
    expect(held(second, guest.self().id)).toMatchObject({ given: 'same-terms', byPerson: true, byHost: true });
    // How long there is to answer is not part of the question.
    expect(await again({ answerSeconds: 30 })).toBe('same-terms');
    // A no of one's own is an answer as well; what was agreed to meanwhile counts.
    answer(guest, state(host).request.recordingId, all);
    timers.pass(1);
    await again();
    expect(statusOf(host, guest)).toMatchObject({ audio: 'yes', video: 'yes', chat: 'yes' });
  });

  test('what was taken back is not given again', async () => {
    const recordingId = await start();
    answer(guest, recordingId, all);
    withdraw(guest, recordingId, ['audio'], 'future');
    withdraw(guest, recordingId, ['chat'], 'everything');
    expect(await again()).toBe('same-terms');
    expect(statusOf(host, guest)).toMatchObject({ audio: 'no', video: 'yes', chat: 'no' });
  });

  test('is answered again after leaving and coming back, during the same recording', async () => {
    const recordingId = await start();
    answer(guest, recordingId, { ...none, video: true });
    const first = leave(guest);
    guest.enter(meeting);
    expect(guest.self().id).not.toBe(first);
    expect(state(guest)).toMatchObject({ asked: false, given: 'same-terms' });
    expect(held(recordingId, guest.self().id)?.decisions).toEqual({ ...none, video: true });
  });

  test('time that ran out counts as the person’s no', async () => {
    await start({ answerSeconds: 30 });
    timers.pass(30_000);
    expect(await again()).toBe('same-terms');
    expect(statusOf(host, guest)).toMatchObject({ audio: 'no', video: 'no', chat: 'no' });
  });

  test('who had just left, or was cut short, is asked again', async () => {
    await start();
    expect(await again()).toBeNull();
    leave(guest);
    guest.enter(meeting);
    expect(state(guest).asked).toBe(true);
  });

  test.each<[string, Partial<StartInput>]>([
    ['purpose', { purpose: 'Training' }],
    ['retention', { retentionDays: 15 }],
    ['fewer kinds', { kinds: ['audio', 'video'], own: { audio: true, video: true } }],
    ['more kinds', { kinds: ['audio', 'video', 'screen', 'chat'], own: { ...all, screen: true } }],
    ['policy', { policy: 'everybody' }],
    ['a text of the library', { templateId: 'minutes' }],
    ['another clip', { kinds: ['audio', 'video', 'chat', 'clip'], own: { ...all, clip: true }, clipRetentionDays: 30 }],
    ['the pause for who does not agree', { pauseForDecliners: true }],
  ])('is another one when it differs in: %s', async (_, changes) => {
    answer(guest, await start(), all);
    expect(await again(changes)).toBeNull();
    expect(state(guest).asked).toBe(true);
    expect(host.vault.receipts.get(state(host).request.recordingId, guest.self().id)).toBeNull();
  });

  test('is another one with another clip retention, another library text, and another name or contact of the host', async () => {
    const clips = { kinds: ['audio', 'clip'] as const, own: { audio: true, clip: true } };
    answer(guest, await start({ ...clips, clipRetentionDays: 30 }), { audio: true, clip: true });
    expect(await again({ ...clips, clipRetentionDays: 31 })).toBeNull();
    answer(guest, state(host).request.recordingId, { audio: true, clip: true });
    expect(await again({ ...clips, clipRetentionDays: 31 })).toBe('same-terms');

    const [one, two] = currentTemplates();
    expect(await again({ templateId: one!.id })).toBeNull();
    answer(guest, state(host).request.recordingId, all);
    expect(await again({ templateId: one!.id })).toBe('same-terms');
    expect(await again({ templateId: two!.id })).toBeNull();
    answer(guest, state(host).request.recordingId, all);
    // The same words, in the host's own name.
    expect(await again({ purpose: two!.texts.de })).toBeNull();

    answer(guest, state(host).request.recordingId, all);
    const profile = host.vault.profile.get();
    host.vault.profile.get = () => ({ ...profile, contact: 'else@example.org' });
    expect(await again({ purpose: two!.texts.de })).toBeNull();
    answer(guest, state(host).request.recordingId, all);
    host.vault.profile.get = () => ({ ...profile, contact: 'else@example.org', name: 'Johanna' });
    expect(await again({ purpose: two!.texts.de })).toBeNull();
  });

  test('is another one in another meeting, and from another host', async () => {
    answer(guest, await start(), all);
    leave(guest);
    host.service.handleMeetingEnded();
    meeting = new TestMeeting();
    host.enter(meeting);
    guest.enter(meeting);
    await start();
    expect(state(guest).asked).toBe(true);

    answer(guest, state(host).request.recordingId, all);
    leave(guest);
    host.service.handleMeetingEnded();
    // The same meeting as far as its number goes, with somebody else as its host who calls themself the same.
    const profile = other.vault.profile.get();
    other.vault.profile.get = () => ({ ...profile, name: 'Hanna' });
    const stolen = new TestMeeting();
    Object.assign(stolen, { meetingId: meeting.meetingId });
    other.enter(stolen);
    guest.enter(stolen);
    await other.service.commands['recording.start'](startRequest());
    expect(state(guest).asked).toBe(true);
  });
});

describe('a text of the library', () => {
  const shown = async (change: (request: ConsentRequest) => ConsentRequest) => {
    await start({ templateId: 'minutes' });
    const real = state(host).request;
    stop();
    const sent = change({ ...real, recordingId: Buffer.alloc(16, 3).toString('base64url') });
    meeting.send(host.self(), guest.self().id, { type: 'consentRequest', request: sent });
    return guest.service.commands['recording.state']();
  };
  const template = (real: ConsentRequest) => real.terms!.template!;

  test('is taken when it is the one this program knows, in either language', async () => {
    expect(await shown((real) => real)).toMatchObject({ asked: true });
    stop();
    const english = currentTemplates().find(({ id }) => id === 'minutes')!.texts.en;
    guest.service.handleMeetingEnded();
    meeting.leave(guest.self().id);
    guest.enter(meeting);
    expect(await shown((real) => ({ ...real, purpose: english }))).toMatchObject({ asked: true });
  });

  test.each<[string, (request: ConsentRequest) => ConsentRequest]>([
    ['another hash', (real) => withTemplate(real, { hash: documentHash('else') })],
    ['the hash of another text', (real) => withTemplate(real, { hash: documentHash(currentTemplates()[1]) })],
    ['an unknown text', (real) => withTemplate(real, { id: 'advertising' })],
    ['an unknown version', (real) => withTemplate(real, { version: 99 })],
    ['another purpose under its name', (real) => ({ ...real, purpose: 'Advertising' })],
    ['the purpose of another text', (real) => ({ ...real, purpose: currentTemplates()[1]!.texts.de })],
  ])('misused, is not shown: %s', async (_, change) => {
    expect(await shown(change)).toBeNull();
    expect(guest.logged).toContain('a consent request was refused');
  });

  test('that does not exist cannot be named by the host', async () => {
    await expect(start({ templateId: 'advertising' })).rejects.toMatchObject({ code: 'recording/not-found' });
    expect(host.vault.recordings.list()).toEqual([]);
  });

  function withTemplate(real: ConsentRequest, change: Partial<ReturnType<typeof template>>): ConsentRequest {
    return { ...real, terms: { ...real.terms!, template: { ...template(real), ...change } } };
  }
});
