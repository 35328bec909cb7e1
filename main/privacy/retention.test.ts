import { describe, expect, test } from 'vitest';
import type { RetentionClock } from '../vault/repositories';
import { RetentionService, type RetainedKind } from './retention';

const hour = 60 * 60 * 1000;

function service(kinds: readonly RetainedKind[]) {
  const world = {
    now: 1_000,
    clock: null as RetentionClock | null,
    clockBroken: false,
    hourly: null as (() => void) | null,
    errors: [] as string[],
    changes: 0,
  };
  const retention = new RetentionService({
    kinds,
    now: () => world.now,
    after: (milliseconds, run) => {
      expect(milliseconds).toBe(hour);
      world.hourly = run;
      return () => (world.hourly = null);
    },
    clock: {
      get: () => {
        if (world.clockBroken) throw new Error('locked');
        return world.clock;
      },
      set: (clock) => (world.clock = clock),
    },
    changed: () => (world.changes += 1),
    log: { error: (message) => void world.errors.push(message) },
  });
  const anHourLater = async () => {
    world.now += hour;
    const before = world.changes;
    world.hourly?.();
    await expect.poll(() => world.changes).toBe(before + 1);
  };
  return { retention, world, anHourLater };
}

describe('R21: retention', () => {
  test('erases at the start and every hour until stopped; one that fails keeps no other', async () => {
    const erased: string[] = [];
    let due = ['stuck', 'a'];
    const broken: RetainedKind = {
      name: 'broken',
      due: () => {
        throw new Error('locked');
      },
    };
    const recordings: RetainedKind = {
      name: 'recordings',
      due: () =>
        due.map((id) => async () => {
          if (id === 'stuck') throw new Error('busy');
          erased.push(id);
          due = due.filter((one) => one !== id);
        }),
    };
    const { retention, world, anHourLater } = service([broken, recordings]);
    await retention.start();
    expect(erased).toEqual(['a']);
    expect(world.errors).toHaveLength(2);
    due = [...due, 'b'];
    await anHourLater();
    expect(erased).toEqual(['a', 'b']);
    expect(world.errors).toHaveLength(4);
    retention.stop();
    expect(world.hourly).toBeNull();
  });

  test('a clock that leapt ahead erases nothing for one round, and says until when', async () => {
    let rounds = 0;
    const { retention, world, anHourLater } = service([{ name: 'a', due: () => [() => void (rounds += 1)] }]);
    await retention.start();
    expect([rounds, retention.resumesAt()]).toEqual([1, null]);
    world.now += 400 * 24 * hour;
    await anHourLater();
    expect([rounds, retention.resumesAt()]).toEqual([1, world.now + hour]);
    await anHourLater();
    expect([rounds, retention.resumesAt()]).toEqual([2, null]);
  });

  test('a clock of which nothing is known erases nothing', async () => {
    let rounds = 0;
    const { retention, world } = service([{ name: 'a', due: () => [() => void (rounds += 1)] }]);
    world.clockBroken = true;
    await retention.start();
    expect(rounds).toBe(0);
    expect(world.errors).toHaveLength(1);
  });
});
