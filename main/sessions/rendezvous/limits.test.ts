import { describe, expect, it } from 'vitest';
import { ManualTime } from '../testing/manualTimers';
import { createTokenBucket } from './tokenBucket';
import { createWrongCodes, sourceOf } from './wrongCodes';

describe('a token bucket', () => {
  it('allows a burst, then the rate, and is not fooled by clocks', () => {
    const time = new ManualTime(1_000);
    const take = createTokenBucket({ burst: 3, perSecond: 2 }, time.clock);
    expect([take(1), take(1), take(1), take(1)]).toEqual([true, true, true, false]);
    time.advance(500);
    expect([take(1), take(1)]).toEqual([true, false]);
    time.advance(-100_000);
    expect(take(1)).toBe(false);
    time.advance(3_600_000);
    expect([take(3), take(1), take(0)]).toEqual([true, false, true]);
  });
});

describe('wrong codes', () => {
  it('block their source alone, for longer each time, and can be forgotten', () => {
    const time = new ManualTime(0);
    const codes = createWrongCodes({ wrongCodeDelayMs: (failures) => (failures - 1) * 1_000 }, time.clock);
    codes.add('a');
    expect(codes.isBlocked('a')).toBe(false);
    codes.add('a');
    expect([codes.isBlocked('a'), codes.isBlocked('b')]).toEqual([true, false]);
    time.advance(1_000);
    expect(codes.isBlocked('a')).toBe(false);
    codes.add('a');
    time.advance(1_000);
    expect(codes.isBlocked('a')).toBe(true);
    codes.clear();
    expect(codes.isBlocked('a')).toBe(false);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:9::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fd00::', 'fd00:0:0:0'],
    [undefined, ''],
  ])('come from: %s', (address, source) => {
    expect(sourceOf(address)).toBe(source);
  });
});
