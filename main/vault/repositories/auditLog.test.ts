import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '../database';
import { migrations } from '../migrations';
import { temporaryFolder } from '../testing/vaultFixture';
import { createAuditLogRepository } from './auditLog';

let database: Database;
let now: number;
let log: ReturnType<typeof createAuditLogRepository>;
beforeEach(() => {
  database = createDatabase(join(temporaryFolder(), 'some.db'), randomBytes(32), migrations);
  now = 1_000;
  log = createAuditLogRepository(database, () => now++);
  for (const action of ['opened', 'recording-started', 'person-erased', 'opened'] as const) log.add(action);
  return () => database.close();
});

describe('R25: the audit log', () => {
  it('holds what was done and when, and nothing else', () => {
    expect(log.newest(2)).toEqual([
      { sequence: 4, at: 1_003, action: 'opened' },
      { sequence: 3, at: 1_002, action: 'person-erased' },
    ]);
    expect([log.count(), log.verify()]).toEqual([4, null]);
  });

  const unlocked = (sql: string) => {
    database.exec('DROP TRIGGER audit_log_unchanged');
    database.exec(sql);
  };
  it.each([
    ['a changed time', 'UPDATE audit_log SET at = at - 1 WHERE sequence = 2', { problem: 'changed', sequence: 2 }],
    [
      'a changed action',
      "UPDATE audit_log SET action = 'opened' WHERE sequence = 3",
      { problem: 'changed', sequence: 3 },
    ],
    [
      'one flipped bit of a hash',
      "UPDATE audit_log SET entry_hash = replace(entry_hash, substr(entry_hash, 1, 1), '-') WHERE sequence = 2",
      { problem: 'changed', sequence: 2 },
    ],
    ['an entry taken from the middle', 'DELETE FROM audit_log WHERE sequence = 2', { problem: 'removed', sequence: 2 }],
    ['the first taken out', 'DELETE FROM audit_log WHERE sequence = 1', { problem: 'changed', sequence: 2 }],
    ['the last taken out', 'DELETE FROM audit_log WHERE sequence = 4', { problem: 'removed', sequence: 4 }],
    ['all taken out', 'DELETE FROM audit_log', { problem: 'removed', sequence: 5 }],
    [
      'two that changed places',
      'UPDATE audit_log SET sequence = -1 WHERE sequence = 2; UPDATE audit_log SET sequence = 2 WHERE sequence = 3; UPDATE audit_log SET sequence = 3 WHERE sequence = -1',
      { problem: 'changed', sequence: 2 },
    ],
  ] as const)('notices %s', (_, sql, finding) => {
    unlocked(sql);
    expect(log.verify()).toEqual(finding);
  });

  it('refuses to be changed by accident', () => {
    expect(() => database.exec('UPDATE audit_log SET at = 0')).toThrow('append-only');
  });

  it('forgets from the oldest on, and still holds', () => {
    log.forgetUntil(1_001);
    expect(log.newest(9).map(({ sequence }) => sequence)).toEqual([4, 3]);
    expect(log.verify()).toBeNull();
    unlocked('DELETE FROM audit_log WHERE sequence = 3');
    expect(log.verify()).toEqual({ problem: 'changed', sequence: 4 });
    log.forgetUntil(9_999);
    log.add('held');
    expect([log.count(), log.newest(1)[0]?.sequence]).toEqual([1, 5]);
    expect(log.verify()).toBeNull();
  });

  it('forgets nothing behind an entry that is kept', () => {
    now = 500;
    log.add('lifted');
    log.forgetUntil(1_000);
    expect(log.newest(9).map(({ sequence }) => sequence)).toEqual([5, 4, 3, 2]);
    expect(log.verify()).toBeNull();
  });
});
