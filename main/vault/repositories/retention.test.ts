import { describe, expect, test } from 'vitest';
import type { StoredReceipt, Vault } from '../repositories';
import { addRecording, allFiles, decryptedPages, newId, openFixture, vaultFixture } from '../testing/vaultFixture';

const day = 24 * 60 * 60 * 1000;
const startMeeting = (vault: Vault, startedAt: number) => {
  const meetingId = newId();
  vault.meetings.start({ meetingId, title: 'Board', role: 'host', hostName: 'Ada', hostKey: 'k', startedAt });
  return meetingId;
};

describe('R21: settings', () => {
  test('have short defaults and survive a restart', async () => {
    const { manager, vault } = await openFixture(vaultFixture());
    expect(vault.retention.periods()).toEqual({
      recording: 14,
      chat: 30,
      registration: 30,
      receipt: 3,
      contact: 365,
      request: 3,
      log: 365,
      incident: 5,
    });
    vault.retention.setPeriod('chat', 90);
    vault.retention.setPeriod('chat', 7);
    vault.retention.setClock({ seenAt: 5, doubtedAt: null });
    vault.retention.setClock({ seenAt: 6, doubtedAt: 7 });
    await manager.close();
    await manager.start();
    expect(manager.vault().retention.periods()).toMatchObject({ recording: 14, chat: 7 });
    expect(manager.vault().retention.clock()).toEqual({ seenAt: 6, doubtedAt: 7 });
  });

  test('a meeting keeps the days that were set when it began', async () => {
    const { vault } = await openFixture(vaultFixture());
    const before = startMeeting(vault, 1_000);
    vault.retention.setPeriod('chat', 90);
    const after = startMeeting(vault, 2_000);
    // Joined once more: still the same promise.
    vault.meetings.start({
      meetingId: before,
      title: 'Board',
      role: 'guest',
      hostName: '',
      hostKey: '',
      startedAt: 3_000,
    });
    expect(vault.meetings.recent(5).map(({ meetingId, deleteAfter }) => [meetingId, deleteAfter])).toEqual([
      [after, 2_000 + 90 * day],
      [before, 1_000 + 30 * day],
    ]);
  });
});

describe('R21: the deletion log', () => {
  test('has what kind, when, why and how many, and nothing else', async () => {
    const fixture = vaultFixture();
    const { vault } = await openFixture(fixture);
    const { recording } = addRecording(vault, 2, { phase: 'ready', title: 'Secret title' });
    const meetingId = startMeeting(vault, 1_000);
    vault.recordings.delete(recording.id, 'retention');
    fixture.clock.now += 1_000;
    vault.meetings.delete(meetingId);
    vault.people.met({ identityKey: 'a', name: 'Bob', at: 1 });
    vault.people.met({ identityKey: 'b', name: 'Carol', at: 2 });
    vault.people.expire(['a', 'b', 'unknown']);
    const at = fixture.clock.now;
    expect(vault.deletionLog.newest(10)).toEqual([
      { kind: 'contact', at, why: 'retention', count: 2 },
      { kind: 'chat', at, why: 'by-hand', count: 1 },
      { kind: 'recording', at: at - 1_000, why: 'retention', count: 1 },
    ]);
    expect(vault.deletionLog.newest(1)).toHaveLength(1);
    expect(vault.deletionLog.oldest(1)).toEqual([at - 1_000]);
    vault.deletionLog.forgetUntil(at - 1_000);
    expect(vault.deletionLog.count()).toBe(2);
  });

  test('notes nothing when there was nothing to delete', async () => {
    const { vault } = await openFixture(vaultFixture());
    vault.recordings.delete(newId());
    vault.meetings.delete(newId());
    vault.people.expire([]);
    vault.receipts.expire([{ recordingId: newId(), participantId: newId() }], 1);
    expect(vault.deletionLog.count()).toBe(0);
  });
});

describe('R21: holds', () => {
  test('what is held is deleted by nobody, and goes when it is lifted; both are noted', async () => {
    const fixture = vaultFixture();
    const { vault } = await openFixture(fixture);
    const { recording, tracks } = addRecording(vault, 1, { phase: 'ready' });
    const meetingId = startMeeting(vault, 1_000);
    const [held, chat] = [{ kind: 'recording', id: recording.id } as const, { kind: 'chat', id: meetingId } as const];
    vault.holds.set({ ...held, reason: 'Claim', since: 5 });
    vault.holds.set({ ...chat, reason: 'Claim', since: 6 });
    for (const why of ['retention', 'by-hand'] as const) {
      expect(() => vault.recordings.delete(recording.id, why)).toThrow('retention/held');
      expect(() => vault.meetings.delete(meetingId, why)).toThrow('retention/held');
    }
    expect(vault.recordings.trackKey(tracks[0]!.track.id)).not.toBeNull();
    expect(vault.meetings.recent(5)[0]).toMatchObject({ meetingId, hold: { reason: 'Claim', since: 6 } });

    // A new reason is no new hold.
    vault.holds.set({ ...held, reason: 'Other claim', since: 9 });
    expect(vault.holds.of(held)).toEqual({ ...held, reason: 'Other claim', since: 5 });
    expect(vault.holds.list()).toEqual([
      { ...held, reason: 'Other claim', since: 5 },
      { ...chat, reason: 'Claim', since: 6 },
    ]);

    expect(vault.holds.lift(held)).toBe(true);
    expect(vault.holds.lift(held)).toBe(false);
    vault.recordings.delete(recording.id, 'retention');
    expect(vault.deletionLog.newest(9).map(({ kind, why }) => `${kind} ${why}`)).toEqual([
      ...['recording retention', 'recording hold-lifted', 'chat hold-set', 'recording hold-set'],
    ]);
  });

  test('a withdrawal reaches the tracks of a held recording', async () => {
    const { vault } = await openFixture(vaultFixture());
    const { recording, tracks } = addRecording(vault, 2, { phase: 'ready' });
    vault.holds.set({ kind: 'recording', id: recording.id, reason: 'Claim', since: 5 });
    vault.recordings.eraseTracks([tracks[0]!.track.id]);
    expect(vault.recordings.trackKey(tracks[0]!.track.id)).toBeNull();
    expect(vault.recordings.trackKey(tracks[1]!.track.id)).not.toBeNull();
  });
});

test('R21: a receipt whose time is up is in no file any more, and the chain holds', async () => {
  const fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  const receipt = (name: string): Omit<StoredReceipt, 'withdrawals' | 'takenAt'> => ({
    ...{
      recordingId: newId(),
      participantId: newId(),
      identityKey: 'k',
      name,
      answerSignature: 's',
      hostSignature: null,
    },
    request: { requestedAt: 1 } as StoredReceipt['request'],
    answer: { answeredAt: 2, decisions: {} } as StoredReceipt['answer'],
    noticeText: `words for ${name}`,
  });
  const [bob, carol] = [receipt('Bob'), receipt('Carol')];
  vault.receipts.put(bob);
  vault.receipts.put(carol);
  vault.receipts.addWithdrawal(
    ...([bob.recordingId, bob.participantId] as const),
    { recordingId: bob.recordingId, participantId: bob.participantId, kinds: ['audio'], withdrawnAt: 3 },
    'signature of Bob',
  );
  vault.receipts.expire([bob], 9);
  expect(vault.receipts.all().map(({ name }) => name)).toEqual(['Carol']);
  expect(vault.receipts.verifyChain()).toEqual([]);
  expect(vault.deletionLog.newest(5)).toMatchObject([{ kind: 'receipt', why: 'retention', count: 1 }]);
  await manager.close();
  const plain = allFiles(fixture.folder)
    .filter(({ path }) => path.endsWith('.db'))
    .map(({ path }) => decryptedPages(path, fixture.drawn[0]!));
  expect(plain.length).toBeGreaterThan(1);
  for (const bytes of plain) {
    expect(bytes.includes('words for Carol')).toBe(true);
    expect(bytes.includes('words for Bob')).toBe(false);
    expect(bytes.includes('signature of Bob')).toBe(false);
  }
});

test('R21: what somebody took back is in the deletion log: tracks and chat lines, each once', async () => {
  const { vault } = await openFixture(vaultFixture());
  const { recording, tracks } = addRecording(vault, 2);
  const [first, second] = tracks;
  vault.recordings.eraseTracks([first!.track.id], 'withdrawn');
  vault.recordings.eraseTracks([first!.track.id, second!.track.id], 'withdrawn');
  vault.recordings.eraseTracks([second!.track.id]);
  const meetingId = recording.meetingId;
  vault.meetings.start({
    ...{ meetingId, title: 'T', role: 'host' as const },
    hostName: 'A',
    hostKey: 'k',
    startedAt: 1,
  });
  for (const senderKey of ['a', 'b', 'b']) {
    const id = newId();
    vault.chat.add({
      id,
      meetingId,
      senderId: null,
      senderName: 'N',
      senderKey,
      mine: false,
      text: 'hello',
      sentAt: 1,
    });
  }
  expect(vault.chat.deleteOf(meetingId, 'b')).toBe(2);
  expect(vault.chat.deleteOf(meetingId, 'b')).toBe(0);
  expect(vault.chat.search('hello').map(({ message }) => message.senderKey)).toEqual(['a']);
  expect(vault.deletionLog.newest(9).map(({ kind, why, count }) => [kind, why, count])).toEqual([
    ['line', 'withdrawn', 2],
    ['track', 'withdrawn', 1],
    ['track', 'withdrawn', 1],
  ]);
});
