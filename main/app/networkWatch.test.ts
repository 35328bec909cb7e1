import type { NetworkInterfaceInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetworkWatch } from './networkWatch';

const at = (address: string, internal = false) => ({ address, internal }) as NetworkInterfaceInfo;

describe('NetworkWatch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setUp() {
    let addresses: NodeJS.Dict<NetworkInterfaceInfo[]> = { lo: [at('127.0.0.1', true)], one: [at('10.0.0.1')] };
    let changes = 0;
    const watch = new NetworkWatch({ addresses: () => addresses, onChange: () => (changes += 1) });
    const become = (next: typeof addresses): number => {
      addresses = next;
      vi.advanceTimersByTime(2_500);
      return changes;
    };
    return { watch, become };
  }

  it('tells once of each address that comes or goes, whatever the order of the list', () => {
    const { watch, become } = setUp();
    watch.setActive(true);
    expect(become({ one: [at('10.0.0.2')] })).toBe(1);
    expect(become({ one: [at('10.0.0.2')], two: [at('10.1.0.1')] })).toBe(2);
    expect(become({ two: [at('10.1.0.1')], one: [at('10.0.0.2')] })).toBe(2);
    expect(become({})).toBe(3);
    expect(become({ lo: [at('127.0.0.1', true)] }), 'it leads nowhere').toBe(3);
  });

  it('looks only while it is active, and compares with what was there when it became so', () => {
    const { watch, become } = setUp();
    expect(become({})).toBe(0);
    watch.setActive(true);
    watch.setActive(true);
    expect(become({})).toBe(0);
    watch.setActive(false);
    expect(become({ one: [at('10.0.0.1')] })).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
