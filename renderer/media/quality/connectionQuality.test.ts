import { describe, expect, it } from 'vitest';
import { judgeQuality, newQuality, weakSide } from './connectionQuality';
import type { PeerMeasure } from './peerMeasure';

const fine: PeerMeasure = { roundTripMs: 40, lostHere: 0, concealed: 0, lostThere: 0, outgoingBps: null, frames: 0 };

function levels(...measures: readonly Partial<PeerMeasure>[]) {
  let state = newQuality;
  return measures.map((one) => {
    state = judgeQuality(state, { ...fine, ...one });
    return state.shown.level;
  });
}
const shown = (measure: Partial<PeerMeasure>) => {
  let state = newQuality;
  for (let n = 0; n < 3; n += 1) state = judgeQuality(state, { ...fine, ...measure });
  return state.shown;
};

describe('judgeQuality', () => {
  it('says what is wrong, and how much', () => {
    expect(shown({})).toMatchObject({ level: 'good', cause: null });
    expect(shown({ lostHere: 0.05 })).toMatchObject({ level: 'weak', cause: 'hearing', lostHere: 0.05 });
    expect(shown({ concealed: 0.2 })).toMatchObject({ level: 'bad', cause: 'hearing' });
    expect(shown({ lostThere: 0.05 })).toMatchObject({ level: 'weak', cause: 'sending', lostThere: 0.05 });
    expect(shown({ lostHere: 0.2, lostThere: 0.2 })).toMatchObject({ level: 'bad', cause: 'both' });
    expect(shown({ roundTripMs: 500 })).toMatchObject({ level: 'weak', cause: 'delay' });
    expect(shown({ roundTripMs: 500, lostThere: 0.2 }), 'the worst').toMatchObject({ level: 'bad', cause: 'sending' });
  });

  it('passes over a hiccup', () => {
    expect(levels({}, {}, { lostHere: 0.9 }, {}, {}, { roundTripMs: 3_000 }, {})).toEqual(Array(7).fill('good'));
  });

  it('says so soon, and takes it back only when it lasts', () => {
    const bad = { lostHere: 0.5 };
    expect(levels({}, {}, bad, bad, {}, {}, {}, {})).toEqual([
      ...['good', 'good', 'good', 'bad', 'bad'],
      ...['bad', 'bad', 'good'],
    ]);
    expect(levels(bad, bad, bad, {}, bad, {}, bad, {}, bad).slice(2), 'no flicker').toEqual(Array(7).fill('bad'));
  });
});

describe('weakSide', () => {
  it('names the side where several connections tell it', () => {
    expect(weakSide({ a: 'weak' }, 'a')).toBeNull();
    expect(weakSide({ a: 'weak', b: 'bad' }, 'a')).toBe('own');
    expect(weakSide({ a: 'weak', b: 'good', c: 'good' }, 'a')).toBe('theirs');
    expect(weakSide({ a: 'weak', b: 'weak', c: 'good' }, 'a')).toBeNull();
    expect(weakSide({ a: 'good', b: 'weak', c: 'good' }, 'a')).toBeNull();
  });
});
