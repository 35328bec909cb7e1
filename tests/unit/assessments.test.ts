import { describe, expect, test } from 'vitest';
import { commands } from '../../common/ipc/commands';
import { emptyAssessment, type Assessment } from '../../common/privacy/assessment';
import { changedFacts } from '../../common/privacy/factLines';
import type { PrivacyFacts } from '../../common/privacy/facts';
import { assessmentCommands } from '../../main/privacy/assessments/assessmentCommands';
import { knownPeople } from '../support/knownPeople';

const day = 24 * 3_600_000;

async function world() {
  const known = await knownPeople();
  const facts = { notice: { employees: false }, retention: {}, protection: 'keychain', backedUpAt: null };
  const handlers = assessmentCommands({
    vault: () => known.manager.vault(),
    facts: () => facts as unknown as PrivacyFacts,
    now: () => known.fixture.clock.now,
  });
  const save = (change: Partial<Assessment>) => handlers['assessments.save']({ ...emptyAssessment, ...change });
  return { ...known, facts, save, overview: () => handlers['assessments.overview'](undefined) };
}

describe('R24: the impact assessment', () => {
  test('keeps the last version of each day, with what was set then', async () => {
    const { save, overview, facts, fixture } = await world();
    expect(overview()).toMatchObject({ versions: [], lines: { 'held.people': '2', 'held.recordings': '1' } });
    save({ decision: 'needed' });
    save({ decision: 'not-needed' });
    fixture.clock.now += day;
    facts.notice.employees = true;
    save({ decision: 'needed', purposes: 'Talks' });
    const { versions } = overview();
    expect(versions.map(({ assessment }) => assessment.decision)).toEqual(['needed', 'not-needed']);
    expect(versions.map(({ lines }) => lines['notice.employees'])).toEqual(['true', 'false']);
    expect(versions[0]!.day > versions[1]!.day).toBe(true);
  });

  test('a setting that changes after it was saved is found, one that only counts is not', async () => {
    const { save, overview, facts, vault, fixture } = await world();
    save({ decision: 'needed' });
    const changed = () => changedFacts(overview().versions[0]!.lines, overview().lines).map(({ path }) => path);
    vault.people.met({ identityKey: 'A'.repeat(43), name: 'Dora', at: fixture.clock.now });
    expect(changed()).toEqual([]);
    facts.protection = 'passphrase';
    expect(changed()).toEqual(['protection']);
    save({ decision: 'needed' });
    expect(changed()).toEqual([]);
  });

  test('forged requests get nothing in that it does not know', () => {
    const parse = (change: object) =>
      commands['assessments.save'].request.safeParse({ ...emptyAssessment, ...change }).success;
    expect(parse({})).toBe(true);
    expect(parse({ answers: { unheard: true } })).toBe(false);
    expect(parse({ decision: 'maybe' })).toBe(false);
    expect(parse({ purposes: 'x'.repeat(2_001) })).toBe(false);
    const level = { likelihood: 5, severity: 1 };
    expect(parse({ risks: { loss: { before: level, after: level, note: '' } } })).toBe(false);
  });
});
