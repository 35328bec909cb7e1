import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listBackups } from './backups';
import { openFixture, vaultFixture } from './testing/vaultFixture';

const minute = 60_000;

async function opened() {
  const fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  const backups = () => listBackups(join(fixture.folder, 'backups')).map(({ takenAt }) => takenAt - start);
  const start = fixture.clock.now;
  const change = () => vault.people.met({ identityKey: 'k', name: 'n', at: (fixture.clock.now += 1) });
  return { fixture, manager, backups, change };
}

test('a new vault has a backup from the start', async () => {
  const { backups } = await opened();
  expect(backups()).toEqual([0]);
});

test('while things change a copy is taken every ten minutes, and the newest two are kept', async () => {
  const { fixture, manager, backups, change } = await opened();
  change();
  manager.maintain();
  expect(backups()).toEqual([0]);
  for (let minutes = 1; minutes <= 35; minutes += 1) {
    fixture.clock.now += minute;
    change();
    manager.maintain();
  }
  expect(backups().map((time) => Math.floor(time / minute))).toEqual([30, 20]);
});

test('while nothing changes none is taken, neither by time nor by closing nor by opening', async () => {
  const { fixture, manager, backups } = await opened();
  fixture.clock.now += 60 * minute;
  manager.maintain();
  await manager.close();
  fixture.clock.now += 60 * minute;
  await manager.start();
  await manager.close();
  expect(backups()).toEqual([0]);
});

test('closing takes one when something changed', async () => {
  const { fixture, manager, backups, change } = await opened();
  fixture.clock.now += minute;
  change();
  await manager.close();
  expect(backups()).toEqual([minute + 1, 0]);
});

test('a clock that was set back does not confuse the order', async () => {
  const { fixture, manager, backups, change } = await opened();
  change();
  fixture.clock.now -= 365 * 24 * 60 * minute;
  manager.maintain();
  expect(backups()).toEqual([1, 0]);
});

test('backups that were deleted are made again', async () => {
  const { fixture, manager, backups } = await opened();
  await manager.close();
  rmSync(join(fixture.folder, 'backups'), { recursive: true });
  fixture.clock.now += minute;
  await manager.start();
  expect(backups()).toEqual([minute]);
});

// Root may write everywhere.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a copy that cannot be made leaves the older one, the vault open, and is reported by the upkeep',
  async () => {
    const { fixture, manager, backups, change } = await opened();
    const folder = join(fixture.folder, 'backups');
    change();
    fixture.clock.now += 60 * minute;
    chmodSync(folder, 0o500);
    expect(() => manager.maintain()).toThrow();
    await manager.close();
    expect(manager.state().phase).not.toBe('open');
    chmodSync(folder, 0o700);
    expect(backups()).toEqual([0]);
    expect(existsSync(join(fixture.folder, 'vault.db'))).toBe(true);
  },
);
