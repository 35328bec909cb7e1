import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calmMs, isInitiator, meshTransition, type MeshEffect, type MeshEvent, type MeshState } from './meshMachine';

const known = (selfId: string, peerIds: readonly string[], returns: Record<string, number> = {}): MeshEvent => ({
  type: 'peers',
  selfId,
  selfReturns: returns[selfId] ?? 0,
  peers: peerIds.map((id) => ({ id, returns: returns[id] ?? 0 })),
});
const peers = (selfId: string, ...peerIds: string[]): MeshState => meshTransition([], known(selfId, peerIds)).state;

function run(state: MeshState, ...events: MeshEvent[]): { state: MeshState; effects: readonly MeshEffect[] } {
  const effects: MeshEffect[] = [];
  let now = state;
  for (const event of events) {
    const next = meshTransition(now, event);
    now = next.state;
    effects.push(...next.effects);
  }
  return { state: now, effects };
}

describe('the mesh', () => {
  it('has one initiator for each pair, whoever asks', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        expect(isInitiator(one, other)).toBe(!isInitiator(other, one));
      }),
    );
  });

  it('meets a peer that is further, as after coming back at another host, and believes no impossible number', () => {
    const asked = (generation: number) =>
      run(
        peers('a', 'b'),
        { type: 'reconnect', peerId: 'b', generation, at: 0 },
        { type: 'due', peerId: 'b', generation },
      ).state.map((link) => link.generation);
    expect(asked(1_000_000)).toEqual([1_000_001]);
    expect(asked(Number.MAX_SAFE_INTEGER)).toEqual([0]);
  });

  it('keeps what it knows of those who stay', () => {
    const { state } = run(
      peers('a', 'b', 'c'),
      { type: 'failed', peerId: 'b', generation: 0, at: 0 },
      { type: 'due', peerId: 'b', generation: 0 },
      known('a', ['b', 'd']),
    );
    expect(state.map(({ peerId, generation }) => [peerId, generation])).toEqual([
      ['b', 1],
      ['d', 0],
    ]);
  });

  it('waits longer each time, and forgets after a calm while', () => {
    const attempts = (...times: number[]) =>
      run(
        peers('a', 'b'),
        ...times.flatMap((at, generation): MeshEvent[] => [
          { type: 'failed', peerId: 'b', generation, at },
          { type: 'due', peerId: 'b', generation },
        ]),
      ).effects.flatMap((one) => (one.type === 'schedule' ? [one.attempt] : []));
    expect(attempts(0, 1, 2, 3)).toEqual([0, 1, 2, 3]);
    expect(attempts(0, 1, 2, 3 + calmMs)).toEqual([0, 1, 2, 0]);
  });

  it('lets only the initiator raise the generation; the other asks, until it is answered', () => {
    const initiator = run(peers('a', 'b'), { type: 'reconnect', peerId: 'b', generation: 0, at: 0 });
    expect(initiator.effects).toEqual([{ type: 'schedule', peerId: 'b', generation: 0, attempt: 0 }]);
    expect(run(peers('b', 'a'), { type: 'reconnect', peerId: 'a', generation: 0, at: 0 }).effects).toEqual([]);

    const other = run(
      peers('b', 'a'),
      { type: 'failed', peerId: 'a', generation: 0, at: 0 },
      { type: 'due', peerId: 'a', generation: 0 },
      { type: 'failed', peerId: 'a', generation: 0, at: 0 },
    );
    expect(other.effects).toEqual([
      { type: 'schedule', peerId: 'a', generation: 0, attempt: 0 },
      { type: 'ask-reconnect', peerId: 'a', generation: 0 },
      { type: 'schedule', peerId: 'a', generation: 0, attempt: 1 },
    ]);
    expect(run(other.state, { type: 'due', peerId: 'a', generation: 0 }).effects).toEqual([
      { type: 'ask-reconnect', peerId: 'a', generation: 0 },
      { type: 'schedule', peerId: 'a', generation: 0, attempt: 2 },
    ]);
    expect(other.state[0]?.generation).toBe(0);
    // A peer that is not the initiator cannot raise it by a signal either.
    expect(run(peers('a', 'b'), { type: 'signal', peerId: 'b', generation: 7 })).toEqual({
      state: peers('a', 'b'),
      effects: [],
    });
  });

  it('does not wait any longer once the way is open again', () => {
    const failed: MeshEvent = { type: 'failed', peerId: 'b', generation: 0, at: 0 };
    expect(run(peers('a', 'b'), failed, { type: 'hurry', peerId: 'b' }).state[0]?.generation).toBe(1);
    expect(run(peers('a', 'b'), { type: 'hurry', peerId: 'b' }).state).toEqual(peers('a', 'b'));
  });

  it('begins above everything before when a process comes back, the same on both ends', () => {
    const before = run(
      peers('a', 'b', 'c'),
      { type: 'failed', peerId: 'b', generation: 0, at: 0 },
      { type: 'due', peerId: 'b', generation: 0 },
    ).state;
    const stayed = meshTransition(before, known('a', ['b', 'c'], { b: 1 })).state;
    const returned = meshTransition([], known('b', ['a', 'c'], { b: 1 })).state;
    expect(stayed[0]?.generation).toBeGreaterThan(1);
    expect(stayed[0]?.generation).toBe(returned[0]?.generation);
    // The others are left alone, and so is this one from then on.
    expect(stayed[1]?.generation).toBe(0);
    expect(meshTransition(stayed, known('a', ['b', 'c'], { b: 1 })).state).toEqual(stayed);
  });

  it('meets again on one generation, whatever fails in whatever order', () => {
    const step = fc.constantFrom('a fails', 'b fails', 'a is due', 'b is due', 'deliver');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let a = peers('a', 'b');
        let b = peers('b', 'a');
        // What is on its way between them, in order.
        const toA: MeshEvent[] = [];
        const toB: MeshEvent[] = [];
        const of = (state: MeshState) => state[0] ?? expect.fail('no link');
        const applyA = (event: MeshEvent) => {
          const before = of(a).generation;
          a = meshTransition(a, event).state;
          if (of(a).generation > before) toB.push({ type: 'signal', peerId: 'a', generation: of(a).generation });
        };
        const applyB = (event: MeshEvent) => {
          const next = meshTransition(b, event);
          b = next.state;
          for (const one of next.effects) {
            if (one.type === 'ask-reconnect')
              toA.push({ type: 'reconnect', peerId: 'b', generation: one.generation, at: 0 });
          }
        };
        const deliver = () => {
          const forB = toB.shift();
          if (forB !== undefined) applyB(forB);
          const forA = toA.shift();
          if (forA !== undefined) applyA(forA);
        };
        const due = (state: MeshState, peerId: string): MeshEvent => ({
          type: 'due',
          peerId,
          generation: of(state).generation,
        });
        for (const one of steps) {
          switch (one) {
            case 'a fails':
              applyA({ type: 'failed', peerId: 'b', generation: of(a).generation, at: 0 });
              break;
            case 'b fails':
              applyB({ type: 'failed', peerId: 'a', generation: of(b).generation, at: 0 });
              break;
            case 'a is due':
              applyA(due(a, 'b'));
              break;
            case 'b is due':
              applyB(due(b, 'a'));
              break;
            case 'deliver':
              deliver();
              break;
          }
        }
        // In the end every timer runs and every message arrives.
        for (let round = 0; round < 4; round += 1) {
          applyA(due(a, 'b'));
          applyB(due(b, 'a'));
          while (toA.length + toB.length > 0) deliver();
        }
        expect(of(a).generation).toBe(of(b).generation);
        expect([of(a).phase, of(b).phase]).toEqual(['wanted', 'wanted']);
      }),
    );
  });
});
