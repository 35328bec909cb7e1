import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConsentWithdrawal, MediaKind, RecordingKind, WithdrawalScope } from '../../common/consent/models';
import { errorCodeOf } from '../../common/errors';
import { SealedReader } from '../vault/sealed/sealedReader';
import { documentHash } from './documents';
import { signAnswer } from './signedConsent';
import { allKinds as all, startRequest } from './testing/startRequest';
import { testVerify } from './testing/testIdentity';
import { TestMeeting } from './testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from './testing/testPerson';
import { TestTimers } from './testing/testTimers';
import { keepErasureProof, WithdrawalDesk, type SignedErasureProof } from './withdrawalDesk';

let timers: TestTimers;
let meeting: TestMeeting;
let host: TestPerson;
let guest: TestPerson;
let other: TestPerson;
let recordingId: string;

beforeEach(async () => {
  timers = new TestTimers();
  meeting = new TestMeeting();
  [host, guest, other] = await Promise.all([
    testPerson('Hanna', timers),
    testPerson('Gustav', timers),
    testPerson('Olga', timers),
  ]);
  for (const person of [host, guest, other]) person.enter(meeting);
  await host.service.commands['recording.start'](startRequest());
  recordingId = host.service.commands['recording.state']()!.request.recordingId;
  for (const person of [guest, other]) {
    person.service.commands['consent.answer']({ recordingId, decisions: all, language: 'de' });
  }
});

afterEach(dismissPersons);

const withdraw = (person: TestPerson, kinds: RecordingKind[], scope: WithdrawalScope) =>
  person.service.commands['consent.withdraw']({ recordingId, kinds, scope });
const open = async (person: TestPerson, kind: MediaKind = 'audio') => {
  const input = { recordingId, participantId: person.self().id, kind, mimeType: 'audio/webm;codecs=opus' };
  return (await host.service.commands['recording.openTrack'](input)).trackId;
};
const append = async (trackId: string, text = 'sound') =>
  host.service.commands['recording.appendTrack']({ trackId, bytes: Buffer.from(text) });
const how = (attempt: Promise<unknown>) => attempt.then(() => 'taken', errorCodeOf);
const statusOf = (person: TestPerson) =>
  host.service.commands['recording.state']()?.consents.find(({ participantId }) => participantId === person.self().id);
const content = async (trackId: string) => {
  const [{ fileName }, key] = [host.vault.recordings.track(trackId)!, host.vault.recordings.trackKey(trackId)!];
  const reader = await SealedReader.open(join(host.vault.recordingsFolder, fileName), key);
  const text = Buffer.from(await reader.read(0, reader.size)).toString();
  await reader.close();
  return text;
};

describe('within the same tick', () => {
  test.each(['future', 'everything'] as const)(
    'the very next append is refused (%s), other tracks go on',
    async (scope) => {
      const [sound, picture, others] = [await open(guest), await open(guest, 'video'), await open(other)];
      for (const trackId of [sound, picture, others]) await append(trackId, 'before');
      const { fileName } = host.vault.recordings.track(sound)!;

      withdraw(guest, ['audio'], scope);
      const refused = how(append(sound, 'after'));
      const again = how(open(guest));
      const goOn = [how(append(picture, ' and after')), how(append(others, ' and after'))];

      expect(await refused).toBe(scope === 'everything' ? 'recording/erased' : 'recording/unknown-track');
      expect(await again).toBe('recording/no-consent');
      expect(await Promise.all(goOn)).toEqual(['taken', 'taken']);
      expect(statusOf(guest)).toMatchObject({ audio: scope === 'everything' ? 'withdrawn' : 'stopped', video: 'yes' });
      expect(statusOf(other)).toMatchObject({ audio: 'yes', video: 'yes', chat: 'yes' });
      if (scope === 'future') {
        await expect.poll(() => host.vault.recordings.track(sound)?.phase).toBe('closed');
        expect(await content(sound)).toBe('before');
      } else {
        expect(host.vault.recordings.trackKey(sound)).toBeNull();
        await expect.poll(() => readdir(host.vault.recordingsFolder)).not.toContain(fileName);
      }
      for (const trackId of [picture, others]) expect(await content(trackId)).toBe('before and after');
    },
  );

  test('what was only stopped can still be destroyed, once, and then no key and no file is left', async () => {
    const sound = await open(guest);
    await append(sound);
    const { fileName } = host.vault.recordings.track(sound)!;
    const path = join(host.vault.recordingsFolder, fileName);
    withdraw(guest, ['audio'], 'future');
    await expect.poll(() => host.vault.recordings.track(sound)?.phase).toBe('closed');
    expect((await readFile(path)).byteLength).toBeGreaterThan(0);
    timers.pass(1);
    withdraw(guest, ['audio'], 'future');
    withdraw(guest, ['audio'], 'everything');
    expect(host.vault.recordings.trackKey(sound)).toBeNull();
    await expect.poll(() => readdir(host.vault.recordingsFolder)).not.toContain(fileName);
    withdraw(guest, ['audio'], 'everything');
    withdraw(guest, ['audio'], 'future');
    const scopes = host.vault.receipts
      .get(recordingId, guest.self().id)!
      .withdrawals.map(({ withdrawal }) => withdrawal.scope);
    expect(scopes).toEqual(['future', 'everything']);
  });

  test('chat lines said before stay with "from now on", and what is said after is not kept', async () => {
    const say = (text: string) => host.service.handleChat(guest.self().id, guest.name, text);
    const kept = async () =>
      (await host.service.commands['recordings.get']({ recordingId })).chat.map(({ text }) => text);
    say('before');
    await expect.poll(kept).toEqual(['before']);
    withdraw(guest, ['chat'], 'future');
    say('after');
    host.service.handleChat(other.self().id, other.name, 'somebody else');
    await expect.poll(kept).toEqual(['before', 'somebody else']);
    timers.pass(1);
    withdraw(guest, ['chat'], 'everything');
    await expect.poll(kept).toEqual(['somebody else']);
  });
});

describe('a withdrawal that comes some other way', () => {
  const signed = (person: TestPerson, changes: Partial<ConsentWithdrawal> = {}, by = person) => {
    const withdrawal: ConsentWithdrawal = {
      ...{ recordingId, participantId: person.self().id, kinds: ['audio'], scope: 'everything' },
      ...{ withdrawnAt: timers.now, ...changes },
    };
    return { withdrawal, signature: by.environment.signer().sign('consentWithdrawal', withdrawal) };
  };
  const take = (person: TestPerson, { withdrawal, signature }: ReturnType<typeof signed>) =>
    person.service.withdrawals.take({ withdrawal, signature });

  test('is carried out, proven, kept with the receipt, and gives the same proof the second time', async () => {
    const trackId = await open(guest);
    await append(trackId);
    host.vault.recordings.addExport(recordingId, timers.now - 5);
    host.vault.chat.deleteOf = () => 3;
    const letter = signed(guest, { kinds: ['chat', 'audio'] });
    const proven = take(host, letter)!;
    expect(host.vault.recordings.trackKey(trackId)).toBeNull();
    expect(await how(append(trackId))).toBe('recording/erased');
    expect(proven.proof).toEqual({
      ...{ recordingId, participantId: guest.self().id, withdrawalHash: documentHash(letter.withdrawal) },
      ...{ kinds: ['audio', 'chat'], scope: 'everything', erasedAt: timers.now, tracks: 1, chatLines: 3 },
      exports: [timers.now - 5],
    });
    expect(testVerify(host.self().identityKey, 'erasureProof', proven.proof, proven.signature)).toBe(true);
    timers.pass(60_000);
    expect(take(host, letter)).toEqual(proven);
    expect(host.vault.receipts.get(recordingId, guest.self().id)!.withdrawals).toHaveLength(1);
    expect(statusOf(guest)).toMatchObject({ audio: 'withdrawn', chat: 'withdrawn', video: 'yes' });
  });

  test('of the future only destroys nothing, and says so', async () => {
    const trackId = await open(guest);
    await append(trackId);
    let deleted = 0;
    host.vault.chat.deleteOf = () => (deleted += 1);
    const { proof } = take(host, signed(guest, { kinds: ['audio', 'chat'], scope: 'future' }))!;
    expect(proof).toMatchObject({ scope: 'future', tracks: 0, chatLines: 0 });
    expect(deleted).toBe(0);
    expect(host.vault.recordings.trackKey(trackId)).not.toBeNull();
    expect(await how(append(trackId))).toBe('recording/unknown-track');
  });

  test('is refused when it is not that person’s, of no recording here, or changed on its way', async () => {
    const trackId = await open(guest);
    const good = signed(guest);
    const participantId = guest.self().id;
    const letters = [
      signed(guest, {}, other),
      signed(guest, {}, host),
      signed(other, { participantId }),
      { ...good, signature: guest.environment.signer().sign('consentAnswer', good.withdrawal) },
      { ...good, withdrawal: { ...good.withdrawal, kinds: ['audio', 'video'] as RecordingKind[] } },
      { ...good, withdrawal: { ...good.withdrawal, scope: 'future' as const } },
      { ...good, withdrawal: { ...good.withdrawal, participantId: other.self().id } },
      signed(guest, { participantId: other.self().id }),
      signed(guest, { recordingId: Buffer.alloc(16, 9).toString('base64url') }),
    ];
    for (const letter of letters) {
      expect(take(host, letter)).toBeNull();
      expect(statusOf(guest)).toMatchObject({ audio: 'yes', video: 'yes', chat: 'yes' });
      expect(statusOf(other)).toMatchObject({ audio: 'yes', video: 'yes', chat: 'yes' });
    }
    // Nor by somebody who only was in it, and does not record.
    expect(take(guest, good)).toBeNull();
    expect(await how(append(trackId))).toBe('taken');
    expect(take(host, good)).not.toBeNull();
    expect(await how(append(trackId))).toBe('recording/erased');
  });

  test('of what had never been agreed to is kept and confirmed all the same: a yes that comes after it does not count', async () => {
    const late = meeting.join('Late', guest.environment.signer().publicKey);
    meeting.settle();
    timers.pass(130_000);
    const receipt = host.vault.receipts.get(recordingId, late.selfId)!;
    expect(receipt.answer.given).toBe('none');
    const withdrawal: ConsentWithdrawal = {
      ...{ recordingId, participantId: late.selfId, kinds: ['audio'], scope: 'everything', withdrawnAt: timers.now },
    };
    const signature = guest.environment.signer().sign('consentWithdrawal', withdrawal);
    expect(take(host, { withdrawal, signature })?.proof).toMatchObject({ tracks: 0, kinds: ['audio'] });
    expect(host.vault.receipts.get(recordingId, late.selfId)!.withdrawals).toHaveLength(1);
    // The yes was on its way.
    const self = late.participants().find(({ id }) => id === late.selfId)!;
    const { request } = receipt;
    const yes = signAnswer(guest.environment, self, request, { decisions: all, language: 'de', given: 'later' });
    const { answer, answerSignature } = yes;
    meeting.send(self, host.self().id, { type: 'consentAnswer', answer, signature: answerSignature });
    expect(host.vault.receipts.get(recordingId, late.selfId)!.answer.decisions).toEqual(all);
    const openLate = (kind: MediaKind) =>
      how(
        host.service.commands['recording.openTrack']({
          ...{ recordingId, participantId: late.selfId, kind, mimeType: 'audio/webm;codecs=opus' },
        }),
      );
    const shown = host.service.commands['recording.state']()?.consents.find((one) => one.participantId === late.selfId);
    expect(shown).toMatchObject({ audio: 'withdrawn', video: 'yes' });
    expect(await openLate('audio')).toBe('recording/no-consent');
    expect(await openLate('video')).toBe('taken');
  });

  test('names no more exports than a proof can hold, the newest', () => {
    for (let at = 1; at <= 1_001; at += 1) host.vault.recordings.addExport(recordingId, at);
    const { proof } = take(host, signed(guest))!;
    expect(proof.exports).toHaveLength(1_000);
    expect(proof.exports.at(-1)).toBe(1_001);
  });

  test('is not proven while it could not be carried out, and is tried again', async () => {
    const trackId = await open(guest);
    await append(trackId);
    let broken = true;
    let applied = 0;
    const desk = new WithdrawalDesk(host.environment, (_recording, _participant, _kinds, scope) => {
      applied += 1;
      if (broken) throw new Error('no room');
      if (scope === 'everything') host.vault.recordings.eraseTracks([trackId]);
    });
    const { withdrawal, signature } = signed(guest);
    expect(() => desk.take(withdrawal, signature)).toThrow('no room');
    expect(host.vault.confirmations.of(signature)).toBeNull();
    broken = false;
    expect(desk.take(withdrawal, signature)?.proof.tracks).toBe(1);
    expect(desk.take(withdrawal, signature)).not.toBeNull();
    expect(applied).toBe(2);
  });
});

describe('the host’s word', () => {
  /** The guest took back; the host heard and answered, and the answer was lost. */
  const lost = (kinds: RecordingKind[] = ['audio', 'video'], scope: WithdrawalScope = 'everything') => {
    const { confirmations } = guest.vault;
    const add = confirmations.add.bind(confirmations);
    confirmations.add = () => undefined;
    withdraw(guest, kinds, scope);
    confirmations.add = add;
    const stored = guest.vault.receipts.get(recordingId, guest.self().id)!.withdrawals.at(-1)!;
    const known = host.vault.confirmations.of(stored.signature)!;
    const word: SignedErasureProof = { proof: known.proof!, signature: known.hostSignature };
    return { stored, word };
  };
  const signedBy = (person: TestPerson, proof: SignedErasureProof['proof']): SignedErasureProof => ({
    proof,
    signature: person.environment.signer().sign('erasureProof', proof),
  });

  test('is kept only when the host signed it, about this withdrawal, in its scope and of all its kinds', () => {
    const { stored, word } = lost();
    const { proof } = word;
    const refused: SignedErasureProof[] = [
      signedBy(guest, proof),
      signedBy(other, proof),
      { ...word, signature: host.environment.signer().sign('withdrawalDone', proof) },
      { ...word, proof: { ...proof, exports: [1] } },
      { ...word, proof: { ...proof, tracks: proof.tracks + 1 } },
      { ...word, proof: { ...proof, erasedAt: proof.erasedAt + 1 } },
      signedBy(host, { ...proof, scope: 'future' }),
      signedBy(host, { ...proof, kinds: ['audio'] }),
      signedBy(host, { ...proof, withdrawalHash: documentHash('another') }),
      signedBy(host, { ...proof, participantId: other.self().id }),
      signedBy(host, { ...proof, recordingId: Buffer.alloc(16, 9).toString('base64url') }),
    ];
    for (const one of refused) {
      expect(keepErasureProof(guest.environment, one)).toBe(false);
      expect(guest.vault.confirmations.of(stored.signature)).toBeNull();
    }
    expect(keepErasureProof(guest.environment, word)).toBe(true);
    expect(guest.vault.confirmations.of(stored.signature)?.proof).toEqual(proof);
  });

  test('about "from now on" does not settle that everything was to go, nor one withdrawal another', () => {
    const stopped = lost(['audio'], 'future');
    timers.pass(1);
    const destroyed = lost(['audio'], 'everything');
    expect(keepErasureProof(guest.environment, stopped.word)).toBe(true);
    expect(guest.vault.confirmations.of(destroyed.stored.signature)).toBeNull();
    const swapped = signedBy(host, { ...stopped.word.proof, withdrawalHash: destroyed.word.proof.withdrawalHash });
    expect(keepErasureProof(guest.environment, swapped)).toBe(false);
    expect(keepErasureProof(guest.environment, destroyed.word)).toBe(true);
  });

  test('that was lost is given again when both meet next, and the withdrawal changes nothing more', () => {
    const { stored, word } = lost();
    guest.service.handleMeetingEnded();
    host.service.handleMeetingEnded();
    const next = new TestMeeting();
    host.enter(next);
    guest.enter(next);
    expect(guest.vault.confirmations.of(stored.signature)?.proof).toEqual(word.proof);
    expect(host.vault.receipts.get(recordingId, word.proof.participantId)!.withdrawals).toHaveLength(1);
  });
});
