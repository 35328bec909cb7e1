import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionFacts } from '../../stores/mediaStore';
import { watchFacts } from './watchFacts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What `watchFacts` needs of a connection; the other end's address is told from `address` on. */
function connectionWith(told: { address: string | null; asked: number }) {
  const stats = () => {
    told.asked += 1;
    const entries = [
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
      { id: 'P', type: 'candidate-pair', state: 'succeeded', localCandidateId: 'L', remoteCandidateId: 'R' },
      { id: 'L', type: 'local-candidate', candidateType: 'host', address: '192.0.2.1', port: 5001 },
      { id: 'R', type: 'remote-candidate', candidateType: 'prflx', address: told.address ?? '', port: 5002 },
    ];
    return Promise.resolve(new Map(entries.map((entry) => [entry.id, entry])));
  };
  return Object.assign(new EventTarget(), { connectionState: 'connected', getStats: stats, getSenders: () => [] });
}

function watched(told: { address: string | null; asked: number }) {
  const connection = connectionWith(told);
  const facts: ConnectionFacts[] = [];
  watchFacts(connection as unknown as RTCPeerConnection, (one) => facts.push(one));
  connection.dispatchEvent(new Event('connectionstatechange'));
  return { connection, facts };
}

it('asks again until the address of the other end is told, and then no more', async () => {
  const told: { address: string | null; asked: number } = { address: null, asked: 0 };
  const { facts } = watched(told);
  await vi.advanceTimersByTimeAsync(400);
  expect(facts.map(({ reached }) => reached)).toEqual([[]]);
  told.address = '192.0.2.2';
  await vi.advanceTimersByTimeAsync(60_000);
  expect(facts.at(-1)?.reached).toEqual([{ address: '192.0.2.2', port: 5002, isServer: false }]);
  expect(told.asked).toBe(2);
});

it('asks more and more seldom, and not at all once the connection is over', async () => {
  const told = { address: null, asked: 0 };
  const { connection } = watched(told);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.asked).toBeLessThan(10);
  connection.connectionState = 'closed';
  const before = told.asked;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(told.asked).toBe(before);
});
