import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DomainError, type ErrorCode } from '../../common/errors';
import { createBackups, listBackups } from './backups';
import { createDatabase } from './database';
import { namesIn } from './files';
import { migrations } from './migrations';
import { openFixture, temporaryFolder, vaultFixture } from './testing/vaultFixture';

const minute = 60_000;

async function opened() {
  const fixture = vaultFixture();
  const { manager } = await openFixture(fixture);
  const backups = () => listBackups(join(fixture.folder, 'backups')).map(({ takenAt }) => takenAt - start);
  const start = fixture.clock.now;
  const change = () => manager.vault().people.met({ identityKey: 'k', name: 'n', at: (fixture.clock.now += 1) });
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

test('a copy that cannot be made leaves the older one, lets the vault open and close, and is reported by the upkeep', async () => {
  const { fixture, manager, backups, change } = await opened();
  change();
  fixture.clock.now += 60 * minute;
  // In the way of the copy.
  const obstacle = join(fixture.folder, 'backups', `backup-${fixture.clock.now}.db.tmp`);
  mkdirSync(join(obstacle, 'x'), { recursive: true });
  expect(() => manager.maintain()).toThrow();
  await manager.close();
  expect(manager.state().phase).not.toBe('open');
  expect(backups()).toEqual([0]);
  await manager.start();
  expect(manager.state().phase).toBe('open');
  rmSync(obstacle, { recursive: true });
  change();
  manager.maintain();
  expect(backups()).toHaveLength(2);
});

test('next to a damaged database the copies stay, without room they go', () => {
  const folder = temporaryFolder();
  const key = randomBytes(32);
  const database = createDatabase(join(folder, 'some.db'), key, migrations);
  onTestFinished(() => database.close());
  let failure: ErrorCode | null = null;
  const copyTo = (path: string) => {
    if (failure !== null) throw new DomainError(failure);
    database.copyTo(path);
  };
  const backups = createBackups({ folder: join(folder, 'b'), database: { ...database, copyTo }, key, now: () => 1 });
  backups.take();
  failure = 'vault/damaged';
  expect(() => backups.renew()).toThrow('vault/damaged');
  expect(() => backups.take()).toThrow('vault/damaged');
  expect(namesIn(join(folder, 'b'))).toHaveLength(1);
  failure = 'vault/disk-full';
  expect(() => backups.take()).toThrow('vault/disk-full');
  expect(namesIn(join(folder, 'b'))).toHaveLength(1);
  expect(() => backups.renew()).toThrow('vault/disk-full');
  expect(namesIn(join(folder, 'b'))).toEqual([]);
});

test('a copy that came out unreadable takes no place', () => {
  const folder = temporaryFolder();
  const key = randomBytes(32);
  const database = createDatabase(join(folder, 'some.db'), key, migrations);
  onTestFinished(() => database.close());
  let spoil: (path: string) => void = () => undefined;
  const copyTo = (path: string) => {
    database.copyTo(path);
    spoil(path);
  };
  const backups = createBackups({ folder: join(folder, 'b'), database: { ...database, copyTo }, key, now: () => 1 });
  backups.take();
  const good = namesIn(join(folder, 'b'));
  for (const harm of [
    (path: string) => truncateSync(path, 8192),
    (path: string) => writeFileSync(path, randomBytes(64), { flag: 'r+' }),
  ]) {
    spoil = harm;
    expect(() => backups.take()).toThrow('vault/damaged');
    expect(() => backups.renew()).toThrow('vault/damaged');
    expect(namesIn(join(folder, 'b'))).toEqual(good);
  }
});
