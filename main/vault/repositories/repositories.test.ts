import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ConsentAnswer, ConsentRequest, ConsentWithdrawal, ErasureProof } from '../../../common/consent/models';
import type { ChatMessage } from '../../../common/meeting/models';
import type { StoredReceipt, Vault } from '../repositories';
import { addRecording, newId, newTrack, openFixture, vaultFixture, type Fixture } from '../testing/vaultFixture';

/** A vault that holds what `fill` put in, read back after it was closed and opened again. */
async function reopened(fill: (vault: Vault) => void): Promise<Vault> {
  const fixture: Fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  fill(vault);
  await manager.close();
  await manager.start();
  return manager.vault();
}

const meeting = (meetingId: string, startedAt: number) =>
  ({ meetingId, title: `Meeting ${startedAt}`, role: 'guest', hostName: 'Grace', hostKey: 'host', startedAt }) as const;
const message = (meetingId: string, text: string, sentAt: number): ChatMessage => ({
  ...{ id: newId(), meetingId, senderId: newId(), senderName: 'Bob', senderKey: 'bob', mine: false, text, sentAt },
});

describe('profile', () => {
  test('R24: name, contact and data protection officer change, the identity stays', async () => {
    let identityKey = '';
    const vault = await reopened((fresh) => {
      ({ identityKey } = fresh.profile.get());
      expect(fresh.profile.get().officerContact).toBe('');
      fresh.profile.save({ name: 'Ada King', contact: '', officerContact: 'Oskar, dsb@example.org' });
    });
    expect(vault.profile.get()).toEqual({
      ...{ name: 'Ada King', contact: '', officerContact: 'Oskar, dsb@example.org', identityKey },
    });
  });

  test('the identity is an Ed25519 pair whose halves fit', async () => {
    const vault = await reopened(() => undefined);
    const { publicKey, privateKey } = vault.profile.identity();
    expect(publicKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(publicKey).toBe(vault.profile.get().identityKey);
    const privateObject = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
    const signature = sign(null, Buffer.from('words'), privateObject);
    const publicObject = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    expect(verify(null, Buffer.from('words'), publicObject, signature)).toBe(true);
  });
});

test('a confirmation is kept by the withdrawal it answers, and the first one counts', async () => {
  const proof: ErasureProof = {
    ...{ recordingId: newId(), participantId: newId(), withdrawalHash: 'A'.repeat(43), kinds: ['audio', 'chat'] },
    ...{ scope: 'everything', erasedAt: 9, tracks: 2, chatLines: 3, exports: [7, 8] },
  };
  const vault = await reopened(({ confirmations }) => {
    confirmations.add({ withdrawalSignature: 'a', hostSignature: 'first', confirmedAt: 10, proof });
    confirmations.add({ withdrawalSignature: 'a', hostSignature: 'second', confirmedAt: 20, proof: null });
    confirmations.add({ withdrawalSignature: 'old', hostSignature: 'third', confirmedAt: 30, proof: null });
  });
  const first = { withdrawalSignature: 'a', hostSignature: 'first', confirmedAt: 10, proof };
  expect(vault.confirmations.of('a')).toEqual(first);
  expect(vault.confirmations.of('old')?.proof).toBeNull();
  expect(vault.confirmations.of('b')).toBeNull();
});

test('a meeting is known by its title until it is deleted', async () => {
  const [one, two] = [newId(), newId()];
  const vault = await reopened(({ meetings }) => {
    meetings.start(meeting(one, 100));
    meetings.start(meeting(two, 200));
    meetings.delete(two);
  });
  expect([one, two].map((id) => vault.meetings.titleOf(id))).toEqual(['Meeting 100', null]);
});

test('a comparison of codes is kept with the name it was made under, and can be taken back', async () => {
  const vault = await reopened(({ people }) => {
    people.met({ identityKey: 'a', name: 'Anna', at: 10 });
    people.verify({ identityKey: 'a', name: 'Anna', at: 20 });
    people.met({ identityKey: 'a', name: 'Anna', at: 30 });
    people.verify({ identityKey: 'b', name: 'Ben', at: 15 });
    people.met({ identityKey: 'b', name: 'Max', at: 25 });
    people.accept({ identityKey: 'c', name: 'Cleo', at: 5 });
    people.verify({ identityKey: 'd', name: 'Dora', at: 1 });
    people.unverify('d');
  });
  const none = { verifiedAt: null, verifiedAs: null, acceptedAs: null };
  expect(vault.people.list()).toEqual([
    { identityKey: 'd', name: 'Dora', metAt: 1, namedAt: 1, ...none },
    { identityKey: 'c', name: 'Cleo', metAt: 5, namedAt: 5, ...none, acceptedAs: 'Cleo' },
    { identityKey: 'b', name: 'Max', metAt: 25, namedAt: 25, ...none, verifiedAt: 15, verifiedAs: 'Ben' },
    { identityKey: 'a', name: 'Anna', metAt: 30, namedAt: 10, ...none, verifiedAt: 20, verifiedAs: 'Anna' },
  ]);
});

test('people are known by the name they were last met under', async () => {
  const vault = await reopened(({ people }) => {
    people.met({ identityKey: 'a', name: 'First', at: 10 });
    people.met({ identityKey: 'a', name: 'Latest', at: 30 });
    people.met({ identityKey: 'a', name: 'Late news of old times', at: 20 });
    people.met({ identityKey: 'b', name: 'Other', at: 5 });
  });
  expect(['a', 'b', 'c'].map((key) => vault.people.nameOf(key))).toEqual(['Latest', 'Other', null]);
});

describe('meetings', () => {
  test('are listed newest first with who was there and how much was said', async () => {
    const [one, two, three] = [newId(), newId(), newId()];
    const vault = await reopened(({ meetings, chat }) => {
      meetings.start(meeting(two, 200));
      meetings.start(meeting(one, 100));
      meetings.start(meeting(three, 300));
      meetings.end(one, 150);
      for (const [identityKey, name] of [
        ['x', 'Xavier'],
        ['y', 'Yvonne'],
        ['x', 'Xaver'],
      ] as const) {
        meetings.addParticipant(two, { identityKey, name });
      }
      chat.add(message(two, 'a', 201));
      chat.add(message(two, 'b', 202));
    });
    expect(vault.meetings.recent(10)).toEqual([
      { ...summary(three, 300), endedAt: null, participantNames: [], messageCount: 0 },
      { ...summary(two, 200), endedAt: null, participantNames: ['Xaver', 'Yvonne'], messageCount: 2 },
      { ...summary(one, 100), endedAt: 150, participantNames: [], messageCount: 0 },
    ]);
    expect(vault.meetings.recent(1).map(({ meetingId }) => meetingId)).toEqual([three]);
  });

  function summary(meetingId: string, startedAt: number) {
    const { hostKey: _, ...rest } = meeting(meetingId, startedAt);
    return { ...rest, deleteAfter: startedAt + 30 * 24 * 60 * 60 * 1000, hold: null };
  }

  test('joining one again goes on with it', async () => {
    const id = newId();
    const vault = await reopened(({ meetings, chat }) => {
      meetings.start(meeting(id, 100));
      chat.add(message(id, 'before', 110));
      meetings.end(id, 120);
      meetings.start({ ...meeting(id, 130), title: 'Renamed' });
    });
    expect(vault.meetings.recent(10)).toMatchObject([
      { title: 'Renamed', startedAt: 100, endedAt: null, messageCount: 1 },
    ]);
  });
});

describe('chat', () => {
  test('comes back as it was, oldest first, each message once', async () => {
    const [here, there] = [newId(), newId()];
    const first = { ...message(here, 'Grüße 👋\nzweite Zeile\tTab', 10), senderId: null, mine: true };
    const second = message(here, "Robert'); DROP TABLE chat;--", 20);
    const vault = await reopened(({ meetings, chat }) => {
      meetings.start(meeting(here, 1));
      meetings.start(meeting(there, 2));
      chat.add(second);
      chat.add(first);
      chat.add({ ...first, text: 'the same message again' });
      chat.add(message(there, 'elsewhere', 5));
    });
    expect(vault.chat.history(here)).toEqual([first, second]);
    expect(vault.chat.history(newId())).toEqual([]);
  });

  test('is searched by beginnings of words across meetings, newest first, at most a hundred', async () => {
    const [one, two] = [newId(), newId()];
    const vault = await reopened(({ meetings, chat }) => {
      meetings.start(meeting(one, 1));
      meetings.start(meeting(two, 2));
      chat.add(message(one, 'Die Rechnung für Müller', 10));
      chat.add(message(two, 'rechnungen, überall', 30));
      chat.add(message(two, 'nichts davon', 20));
      for (let index = 0; index < 150; index += 1) chat.add(message(two, `viele ${index}`, 100 + index));
    });
    const found = (query: string) => vault.chat.search(query).map(({ message: { text } }) => text);
    expect(found('rechn')).toEqual(['rechnungen, überall', 'Die Rechnung für Müller']);
    expect(found('MÜLLER rech')).toEqual(['Die Rechnung für Müller']);
    expect(found('muller')).toEqual(['Die Rechnung für Müller']);
    expect(found('echnung')).toEqual([]);
    expect(found('rechnung nichts')).toEqual([]);
    expect(found('viele')).toEqual(Array.from({ length: 100 }, (_, index) => `viele ${149 - index}`));
    expect(vault.chat.search('Müller')[0]).toMatchObject({ meetingTitle: 'Meeting 1', message: { meetingId: one } });
  });
});

describe('receipts', () => {
  const [recordingId, participantId] = [newId(), newId()];
  const request: ConsentRequest = {
    ...{ recordingId, meetingId: newId(), controllerName: 'Ada', controllerContact: 'ada@example.org' },
    ...{ controllerKey: 'k', purpose: 'Protokoll „Straße“', retentionDays: 14, requestedAt: 5 },
  };
  const answer: ConsentAnswer = {
    ...{ recordingId, participantId, participantName: 'Bob', requestHash: 'r', noticeHash: 'n', noticeVersion: 1 },
    ...{ noticeLanguage: 'de', decisions: { audio: true, video: false, chat: true }, answeredAt: 6 },
  };
  const receipt: Omit<StoredReceipt, 'withdrawals' | 'takenAt'> = {
    ...{ recordingId, participantId, identityKey: 'i', name: 'Bob', request, answer, answerSignature: 's' },
    ...{ hostSignature: null, noticeText: 'Wir nehmen auf.\n§ 201' },
  };
  const withdrawal = (withdrawnAt: number): ConsentWithdrawal => ({
    ...{ recordingId, participantId, kinds: ['audio'], withdrawnAt },
  });

  test('keep their withdrawals when they are replaced, and their order', async () => {
    const later = { ...receipt, participantId: newId(), name: 'Carol' };
    const elsewhere = { ...receipt, recordingId: newId() };
    const vault = await reopened(({ receipts }) => {
      receipts.put(receipt);
      receipts.put(later);
      receipts.put(elsewhere);
      receipts.addWithdrawal(recordingId, participantId, withdrawal(7), 'w7');
      receipts.addWithdrawal(recordingId, participantId, withdrawal(7), 'w7');
      receipts.put({ ...receipt, hostSignature: 'h' });
      receipts.addWithdrawal(recordingId, participantId, withdrawal(8), 'w8');
    });
    const withdrawals = [
      { withdrawal: withdrawal(7), signature: 'w7' },
      { withdrawal: withdrawal(8), signature: 'w8' },
    ];
    const takenAt: unknown = expect.any(Number);
    const complete = { ...receipt, hostSignature: 'h', takenAt, withdrawals };
    expect(vault.receipts.get(recordingId, participantId)).toEqual(complete);
    expect(vault.receipts.get(recordingId, newId())).toBeNull();
    expect(vault.receipts.ofRecording(recordingId)).toEqual([complete, { ...later, takenAt, withdrawals: [] }]);
    expect(vault.receipts.all()).toHaveLength(3);
  });

  test('a withdrawal of nothing is refused', async () => {
    const { vault } = await openFixture(vaultFixture());
    expect(() => vault.receipts.addWithdrawal(recordingId, participantId, withdrawal(7), 'w')).toThrow(
      'recording/not-found',
    );
  });

  test('outlive the recording', async () => {
    const vault = await reopened(({ receipts, recordings }) => {
      recordings.create({
        ...{ id: recordingId, meetingId: newId(), title: 't', purpose: 'p', retentionDays: 1, phase: 'ready' },
        ...{ startedAt: 1, endedAt: 2, clipRetentionDays: null },
      });
      receipts.put(receipt);
      recordings.delete(recordingId);
    });
    expect(vault.recordings.get(recordingId)).toBeNull();
    expect(vault.receipts.ofRecording(recordingId)).toHaveLength(1);
  });
});

describe('recordings', () => {
  test('come back with tracks and keys', async () => {
    const added: ReturnType<typeof addRecording>[] = [];
    const vault = await reopened((fresh) => {
      added.push(addRecording(fresh, 3, { startedAt: 1 }), addRecording(fresh, 1, { startedAt: 2 }));
      fresh.recordings.update(added[0]!.recording.id, { phase: 'ready', endedAt: 99 });
      fresh.recordings.update(added[0]!.recording.id, {});
      fresh.recordings.updateTrack(added[0]!.tracks[1]!.track.id, { bytes: 512, phase: 'closed' });
    });
    const [older, newer] = added as [(typeof added)[0], (typeof added)[0]];
    const finished = { ...older.recording, phase: 'ready', endedAt: 99 };
    expect(vault.recordings.list()).toEqual([newer.recording, finished]);
    expect(vault.recordings.get(older.recording.id)).toEqual(finished);
    const [one, two, three] = older.tracks.map(({ track }) => track);
    expect(vault.recordings.tracks(older.recording.id)).toEqual([one, { ...two, bytes: 512, phase: 'closed' }, three]);
    for (const { track, key } of [...older.tracks, ...newer.tracks]) {
      expect(vault.recordings.trackKey(track.id)).toEqual(key);
    }
    expect(vault.recordings.track(newer.tracks[0]!.track.id)).toEqual(newer.tracks[0]!.track);
  });

  test('what is not there is not found', async () => {
    const { vault } = await openFixture(vaultFixture());
    const file = { fileName: 'f', bytes: 1, durationMs: 1, mimeType: 'audio/webm' };
    expect(vault.recordings.get(newId())).toBeNull();
    expect(vault.recordings.track(newId())).toBeNull();
    expect(vault.recordings.trackKey(newId())).toBeNull();
    expect(vault.recordings.tracks(newId())).toEqual([]);
    expect(() => vault.recordings.update(newId(), { endedAt: 1 })).toThrow('recording/not-found');
    expect(() => vault.recordings.addTrack(newTrack(newId()), Buffer.alloc(32))).toThrow('recording/not-found');
    expect(() => vault.recordings.updateTrack(newId(), { bytes: 1 })).toThrow('recording/unknown-track');
    expect(() => vault.recordings.replaceTrackFile(newId(), file, Buffer.alloc(32))).toThrow('recording/unknown-track');
  });

  test('a track without a whole key is not added at all', async () => {
    const { vault } = await openFixture(vaultFixture());
    const { recording } = addRecording(vault, 0);
    expect(() => vault.recordings.addTrack(newTrack(recording.id), Buffer.alloc(31))).toThrow();
    expect(vault.recordings.tracks(recording.id)).toEqual([]);
  });
});
