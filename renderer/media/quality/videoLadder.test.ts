import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../common/meeting/limits';
import type { PeerMeasure } from './peerMeasure';
import { newLadder, stepLadder, type LadderState } from './videoLadder';
import { offRung, videoTarget } from './videoTarget';

const fine: PeerMeasure = {
  roundTripMs: 40,
  lostHere: 0,
  concealed: 0,
  lostThere: 0,
  outgoingBps: 5_000_000,
  frames: 30,
};

/** The rungs after each of so many measurements; what is measured may depend on what is sent. */
function run(count: number, measure: (rung: number, n: number) => Partial<PeerMeasure>, from: LadderState = newLadder) {
  const rungs: number[] = [];
  let state = from;
  for (let n = 0; n < count; n += 1) {
    state = stepLadder(state, { ...fine, ...measure(state.rung, n) }, 1);
    rungs.push(state.rung);
  }
  return { rungs, state };
}

/** Sound and picture through a way that carries so much: what is too much is lost, and makes the rest wait. */
const narrow = (bps: number) => (rung: number) => {
  const target = videoTarget(rung, 1);
  const sent = 60_000 + (target === 'off' ? 0 : target.maxBitrate);
  return sent <= bps ? {} : { lostThere: (sent - bps) / sent, roundTripMs: 900, outgoingBps: bps };
};

describe('stepLadder', () => {
  it('leaves the picture alone while all is well, and for a single hiccup', () => {
    expect(run(50, (_, n) => (n % 5 === 0 ? { lostThere: 0.3 } : {})).rungs.every((rung) => rung === 0)).toBe(true);
  });

  it('finds what a narrow way carries, and stays near it', () => {
    const { rungs } = run(200, narrow(350_000));
    expect(rungs.slice(6).every((rung) => rung === 1 || rung === 2)).toBe(true);
    const settled = rungs.slice(100);
    expect(settled.filter((rung) => rung === 2).length / settled.length).toBeGreaterThan(0.85);
  });

  it('switches the picture off where only sound fits, within half a minute, and hardly tries again', () => {
    const { rungs } = run(300, narrow(70_000));
    expect(rungs.indexOf(offRung)).toBeLessThan(15);
    const settled = rungs.slice(100);
    expect(settled.filter((rung) => rung === offRung).length / settled.length).toBeGreaterThan(0.85);
  });

  it('keeps a small picture where the loss comes from elsewhere and sound gains nothing', () => {
    const { rungs } = run(70, () => ({ lostThere: 0.2 }));
    const off = rungs.filter((rung) => rung === offRung).length;
    expect(off).toBeGreaterThan(0);
    expect(off).toBeLessThanOrEqual(4);
    expect(rungs.at(-1)).toBe(offRung - 1);
  });

  it('is not misled by reports that are a lottery', () => {
    // 40 % loss, as ten packets or fewer tell it.
    const lottery = [0.1, 0.6, 0.4, 0.2, 0.7, 0.4, 0.5, 0.3, 0.1, 0.7];
    const { rungs } = run(70, (_, n) => ({ lostThere: lottery[n % lottery.length]! }));
    expect(rungs.filter((rung) => rung === offRung).length).toBeLessThanOrEqual(8);
  });

  it('tries again when it gets much worse than when it was no use', () => {
    const { state } = run(30, () => ({ lostThere: 0.2 }));
    expect(state.rung).toBe(offRung - 1);
    expect(run(6, () => ({ lostThere: 0.6 }), state).rungs).toContain(offRung);
    expect(run(20, () => ({ lostThere: 0.25 }), state).rungs).not.toContain(offRung);
  });

  it('comes back step by step when the way is wide again', () => {
    const { state } = run(100, narrow(70_000));
    const { rungs } = run(200, () => ({}), state);
    expect(rungs.at(-1)).toBe(0);
    expect(rungs.every((rung, n) => n === 0 || rungs[n - 1]! - rung <= 1)).toBe(true);
  });

  it('gives a smaller picture where congestion control leaves half of what this one needs', () => {
    expect(run(3, () => ({ outgoingBps: 200_000 })).rungs.at(-1)).toBe(1);
  });

  it('never leaves the ladder nor moves two rungs at once, whatever is measured', () => {
    const measures = fc.array(
      fc.record({
        lostThere: fc.double({ min: 0, max: 1, noNaN: true }),
        roundTripMs: fc.nat(5_000),
        outgoingBps: fc.option(fc.nat(5_000_000)),
      }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(measures, fc.integer({ min: 1, max: 5 }), (list, peers) => {
        let state = newLadder;
        for (const one of list) {
          const next = stepLadder(state, { ...fine, ...one }, peers);
          expect(Math.abs(next.rung - state.rung)).toBeLessThanOrEqual(1);
          expect(next.rung).toBeGreaterThanOrEqual(0);
          expect(next.rung).toBeLessThanOrEqual(offRung);
          state = next;
        }
      }),
    );
  });
});

describe('videoTarget', () => {
  it('costs less on each rung and with each peer, and ends with nothing', () => {
    const cost = (rung: number, peers: number): number => {
      const target = videoTarget(rung, peers);
      return target === 'off' ? 0 : (target.maxBitrate * target.maxFramerate) / target.scaleResolutionDownBy;
    };
    for (let peers = 1; peers <= 5; peers += 1) {
      for (let rung = 1; rung <= offRung; rung += 1) expect(cost(rung, peers)).toBeLessThan(cost(rung - 1, peers));
      expect(cost(0, peers + 1)).toBeLessThanOrEqual(cost(0, peers));
    }
    expect(videoTarget(offRung, 1)).toBe('off');
  });

  it('keeps what one sends in all below a tenth of 10 Mbit/s, with as many as a meeting takes', () => {
    // Opus at its usual rate, and the headers of its packets.
    const soundBps = 57_000;
    for (let peers = 1; peers < limits.participants; peers += 1) {
      const target = videoTarget(0, peers);
      expect(target === 'off' ? 0 : peers * (target.maxBitrate + soundBps)).toBeLessThan(1_000_000);
    }
  });
});
