import { describe, expect, test } from 'vitest';
import type { Result } from '../../common/errors';
import type { RetentionOverview } from '../../common/retention';
import { commandNames } from '../../common/ipc/names';
import { registerCommands, type CommandHandlers } from '../../main/ipc/registerCommands';
import { receiptDueAt } from '../../main/privacy/retentionDue';
import type { StoredReceipt } from '../../main/vault/repositories';
import { addRecording, newId, openFixture, vaultFixture } from '../../main/vault/testing/vaultFixture';
import { retainedKinds } from '../../main/privacy/retainedKinds';
import { RetentionService } from '../../main/privacy/retention';
import { retentionCommands } from '../../main/privacy/retentionCommands';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Retention over a real vault, as main/index.ts puts it together; only time and the window are the test's. */
async function world() {
  const fixture = vaultFixture();
  const { vault } = await openFixture(fixture);
  const { clock } = fixture;
  const told: string[] = [];
  let run = () => {};
  let roundDone = () => {};
  const errors: string[] = [];
  const service = new RetentionService({
    kinds: retainedKinds({
      vault: () => vault,
      deleteRecording: async (id) => vault.recordings.delete(id, 'retention'),
      deleteMeeting: (id) => vault.meetings.delete(id, 'retention'),
    }),
    now: () => clock.now,
    after: (_, task) => {
      run = task;
      return () => {};
    },
    clock: { get: () => vault.retention.clock(), set: (seen) => vault.retention.setClock(seen) },
    changed: () => roundDone(),
    log: { error: (message) => void errors.push(message) },
  });
  const listeners = new Map<string, (event: never, request: unknown) => Promise<Result<unknown>>>();
  const others = Object.fromEntries(commandNames.map((name) => [name, () => undefined]));
  registerCommands(
    { handle: (channel, listener) => void listeners.set(channel, listener as never) },
    {
      ...(others as unknown as CommandHandlers),
      ...retentionCommands({
        vault: () => vault,
        now: () => clock.now,
        resumesAt: () => service.resumesAt(),
        changed: () => void told.push('retention'),
        recordingsChanged: () => void told.push('recordings'),
      }),
    },
    () => true,
  );
  const call = async (name: string, request?: unknown) =>
    listeners.get(`konklave:${name}`)!({ senderFrame: null } as never, request);
  return {
    vault,
    told,
    errors,
    service,
    call,
    clock,
    /** What the window would show. */
    overview: async () => {
      const answer = await call('retention.overview');
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value as RetentionOverview;
    },
    /** Lets days pass, with a round after every few of them: more than a week at once would be a leap. */
    pass: async (days: number, step = 1) => {
      for (let left = days; left > 0; left -= step) {
        clock.now += Math.min(step, left) * day;
        await new Promise<void>((resolve) => {
          roundDone = resolve;
          run();
        });
      }
    },
  };
}

const receiptOf = (recordingId: string, at: number): Omit<StoredReceipt, 'withdrawals' | 'takenAt'> => ({
  ...{ recordingId, participantId: newId(), identityKey: 'k', name: 'Bob', answerSignature: 's', hostSignature: null },
  request: { requestedAt: at, retentionDays: 14 } as StoredReceipt['request'],
  answer: { answeredAt: at, decisions: { audio: true } } as StoredReceipt['answer'],
  noticeText: 'words',
});

describe('R21: everything goes when it was promised', () => {
  test('each kind by its own period, with a line in the log', async () => {
    const { vault, clock, service, pass, overview } = await world();
    const startedAt = clock.now;
    const { recording } = addRecording(vault, 1, { phase: 'ready', startedAt, retentionDays: 2 });
    const meetingId = newId();
    vault.meetings.start({ meetingId, title: 'Board', role: 'host', hostName: '', hostKey: '', startedAt });
    vault.people.met({ identityKey: 'a', name: 'Bob', at: startedAt });
    vault.receipts.put(receiptOf(recording.id, startedAt));
    await service.start();
    expect((await overview()).kinds).toMatchObject({
      recording: { count: 1, upcoming: [{ id: recording.id, title: 'Weekly', at: startedAt + 2 * day }] },
      chat: { count: 1, upcoming: [{ id: meetingId, title: 'Board', at: startedAt + 30 * day }] },
      receipt: { count: 1, upcoming: [{ id: null, title: 'Bob', at: new Date(2030, 0, 1).getTime() }] },
      contact: { count: 1, upcoming: [{ id: null, title: 'Bob', at: startedAt + 365 * day }] },
      log: { count: 0, upcoming: [] },
    });

    await pass(1);
    expect(vault.recordings.list()).toHaveLength(1);
    await pass(1);
    expect(vault.recordings.list()).toHaveLength(0);
    await pass(27, 3);
    expect(vault.meetings.recent(5)).toHaveLength(1);
    await pass(1);
    expect(vault.meetings.recent(5)).toHaveLength(0);
    await pass(335, 5);
    expect(vault.people.list()).toHaveLength(0);
    expect((await overview()).log.map(({ kind, why, at }) => [kind, why, (at - startedAt) / day])).toEqual([
      ['contact', 'retention', 365],
      ['chat', 'retention', 30],
      ['recording', 'retention', 2],
    ]);

    // The log forgets too: the line of day 2 is gone after day 367.
    await pass(2);
    expect((await overview()).log.map(({ kind }) => kind)).toEqual(['contact', 'chat']);
    await pass(Math.ceil((new Date(2030, 0, 1).getTime() - clock.now) / day) - 1, 7);
    expect(vault.receipts.all()).toHaveLength(1);
    await pass(1);
    expect(vault.receipts.all()).toHaveLength(0);
    expect(vault.receipts.verifyChain()).toEqual([]);
    expect((await overview()).log.map(({ kind }) => kind)).toEqual(['receipt']);
  });

  test('a receipt by this clock: another’s documents from a year to come keep it no longer, those from the past no shorter', async () => {
    const { vault, clock } = await world();
    const came = clock.now;
    for (const forged of [Date.UTC(2999, 5), Date.UTC(1999, 5)]) {
      const receipt = receiptOf(newId(), forged);
      vault.receipts.put(receipt);
      const { recordingId, participantId } = receipt;
      const due = () => receiptDueAt(vault.receipts.get(recordingId, participantId)!, 3);
      const year = new Date(came).getFullYear();
      expect(due()).toBe(new Date(year + 4, 0, 1).getTime());
      // The host's signature, a year later, is no new answer; a withdrawal counts from when it came, each once.
      clock.now = came + 366 * day;
      vault.receipts.put({ ...receipt, hostSignature: 'h' });
      expect(due()).toBe(new Date(year + 4, 0, 1).getTime());
      const withdrawal = { recordingId, participantId, kinds: ['audio' as const], withdrawnAt: forged };
      vault.receipts.addWithdrawal(recordingId, participantId, withdrawal, 'w');
      expect(due()).toBe(new Date(year + 5, 0, 1).getTime());
      clock.now = came + 2 * 366 * day;
      vault.receipts.addWithdrawal(recordingId, participantId, withdrawal, 'w');
      expect(due()).toBe(new Date(year + 5, 0, 1).getTime());
      clock.now = came;
    }
  });

  test('the setting counts for what is yet to come: nothing is kept longer or shorter than was promised', async () => {
    const { vault, clock, call, overview, told } = await world();
    const { recording } = addRecording(vault, 1, { phase: 'ready', startedAt: clock.now, retentionDays: 14 });
    const at = clock.now + 14 * day;
    for (const period of [365, 1]) {
      expect(await call('retention.setPeriod', { kind: 'recording', period })).toEqual({ ok: true, value: undefined });
      expect((await overview()).kinds.recording).toMatchObject({ period, upcoming: [{ id: recording.id, at }] });
    }
    expect(told).toEqual(['retention', 'retention']);
  });

  test('a clock that is a year ahead deletes nothing for an hour, and the window is told', async () => {
    const { vault, clock, service, overview } = await world();
    addRecording(vault, 1, { phase: 'ready', startedAt: clock.now, retentionDays: 14 });
    await service.start();
    const lastSeen = clock.now;
    clock.now += 365 * day;
    await service.start();
    expect(vault.recordings.list()).toHaveLength(1);
    expect((await overview()).leap).toEqual({ lastSeen, resumesAt: clock.now + hour });
    clock.now = lastSeen + hour;
    await service.start();
    expect(vault.recordings.list()).toHaveLength(1);
    expect((await overview()).leap).toBeNull();
    // Not set right: what it says counts, also across a restart.
    clock.now = lastSeen + 365 * day;
    await service.start();
    clock.now += hour;
    await service.start();
    expect(vault.recordings.list()).toHaveLength(0);
  });
});

describe('R21: a hold', () => {
  test('keeps a recording and its receipts beyond their date, until it is lifted', async () => {
    const { vault, clock, service, pass, call, overview, told } = await world();
    const { recording } = addRecording(vault, 1, { phase: 'ready', startedAt: clock.now, retentionDays: 3 });
    // It came in four years ago, by this clock.
    clock.now -= 4 * 365 * day;
    vault.receipts.put(receiptOf(recording.id, clock.now));
    clock.now += 4 * 365 * day;
    const held = { kind: 'recording', id: recording.id };
    expect(await call('retention.hold', { ...held, reason: '  Claim of Berger  ' })).toMatchObject({ ok: true });
    expect(told).toEqual(['recordings', 'retention']);
    await service.start();
    await pass(5);
    expect(vault.recordings.get(recording.id)).not.toBeNull();
    expect(vault.receipts.all()).toHaveLength(1);
    expect(await overview()).toMatchObject({
      holds: [{ ...held, title: 'Weekly', reason: 'Claim of Berger', deleteAfter: recording.startedAt + 3 * day }],
      kinds: { recording: { count: 1, upcoming: [] }, receipt: { upcoming: [] } },
      log: [{ kind: 'recording', why: 'hold-set', count: 1 }],
    });

    expect(await call('retention.lift', held)).toMatchObject({ ok: true });
    await pass(1);
    expect(vault.recordings.get(recording.id)).toBeNull();
    expect(vault.receipts.all()).toHaveLength(0);
    expect((await overview()).log.map(({ kind, why }) => `${kind} ${why}`)).toEqual([
      ...['receipt retention', 'recording retention', 'recording hold-lifted', 'recording hold-set'],
    ]);
  });

  test('of something that is not here, or lifting what is not held, is refused', async () => {
    const { call, told } = await world();
    const gone = { ok: false, error: { code: 'retention/not-found' } };
    for (const kind of ['recording', 'chat']) {
      expect(await call('retention.hold', { kind, id: newId(), reason: 'x' })).toEqual(gone);
      expect(await call('retention.lift', { kind, id: newId() })).toEqual(gone);
    }
    expect(told).toEqual([]);
  });
});

describe('R21: forged requests change nothing', () => {
  test.each([
    ['retention.setPeriod', { kind: 'recording', period: 0 }],
    ['retention.setPeriod', { kind: 'recording', period: 3_651 }],
    ['retention.setPeriod', { kind: 'recording', period: 1.5 }],
    ['retention.setPeriod', { kind: 'recording', period: '14' }],
    ['retention.setPeriod', { kind: 'recording', period: Infinity }],
    ['retention.setPeriod', { kind: 'chat', period: 366 }],
    ['retention.setPeriod', { kind: 'receipt', period: 11 }],
    ['retention.setPeriod', { kind: 'contact', period: 6 }],
    ['retention.setPeriod', { kind: 'log', period: 29 }],
    ['retention.setPeriod', { kind: 'profile', period: 14 }],
    ['retention.setPeriod', undefined],
    ['retention.hold', { kind: 'recording', id: 'x', reason: 'Claim' }],
    ['retention.hold', { kind: 'receipt', id: 'A'.repeat(22), reason: 'Claim' }],
    ['retention.hold', { kind: 'recording', id: 'A'.repeat(22), reason: '   ' }],
    ['retention.hold', { kind: 'recording', id: 'A'.repeat(22), reason: 'a\u0000b' }],
    ['retention.hold', { kind: 'recording', id: 'A'.repeat(22), reason: 'x'.repeat(301) }],
    ['retention.hold', { kind: 'recording', id: 'A'.repeat(22) }],
    ['retention.lift', { kind: 'recording' }],
    ['retention.overview', { everything: true }],
  ])('%s %j', async (name, request) => {
    const { call, vault, told } = await world();
    const before = vault.retention.periods();
    expect(await call(name, request)).toEqual({ ok: false, error: { code: 'ipc/invalid' } });
    expect(vault.retention.periods()).toEqual(before);
    expect(vault.holds.list()).toEqual([]);
    expect(told).toEqual([]);
  });
});
