import { describe, expect, it } from 'vitest';
import {
  assessedRisks,
  criteria,
  emptyAssessment,
  type Assessment,
  type Criterion,
  type FactLines,
} from './assessment';
import { gapsOfAssessment, riskGrade, riskMeasures } from './assessedRisks';
import { changedFacts, factLines } from './factLines';
import type { PrivacyFacts } from './facts';
import { preAnswer, thresholdOf } from './threshold';

const facts = {
  notice: { controllerName: 'Kanzlei Weber', relay: null, iceServers: [], employees: false },
  retention: { recording: 14, chat: 30 },
  protection: 'keychain',
  backedUpAt: null,
} as unknown as PrivacyFacts;
const lines = factLines(facts, { people: 12, recordings: 3 });
const with_ = (change: Record<string, unknown>): FactLines => ({
  ...lines,
  ...Object.fromEntries(Object.entries(change).map(([path, value]) => [path, JSON.stringify(value)])),
});

describe('what is set, as lines', () => {
  it('is every setting by its path, whatever is added to the settings later', () => {
    expect(lines).toEqual({
      'notice.controllerName': '"Kanzlei Weber"',
      'notice.relay': 'null',
      'notice.iceServers': '[]',
      'notice.employees': 'false',
      'retention.recording': '14',
      'retention.chat': '30',
      protection: '"keychain"',
      hasBackup: 'false',
      'held.people': '12',
      'held.recordings': '3',
    });
  });

  it('is compared: what changed, came and went; not what is merely counted, nor when a backup was made', () => {
    const later = factLines(
      { ...facts, protection: 'passphrase', added: { deep: true }, backedUpAt: 5 } as unknown as PrivacyFacts,
      { people: 13, recordings: 4 },
    );
    const { 'retention.chat': _, ...gone } = later;
    expect(changedFacts(lines, gone)).toEqual([
      { path: 'added.deep', before: null, now: 'true' },
      { path: 'hasBackup', before: 'false', now: 'true' },
      { path: 'protection', before: '"keychain"', now: '"passphrase"' },
      { path: 'retention.chat', before: '30', now: null },
    ]);
    expect(
      changedFacts(
        later,
        factLines(
          { ...facts, protection: 'passphrase', added: { deep: true }, backedUpAt: 9 } as unknown as PrivacyFacts,
          { people: 1, recordings: 1 },
        ),
      ),
    ).toEqual([]);
  });
});

describe('whether an assessment is needed (Art. 35 GDPR, WP 248 rev. 01)', () => {
  const no = Object.fromEntries(criteria.map((one) => [one, false])) as Record<Criterion, boolean>;
  const result = (...met: Criterion[]) =>
    thresholdOf({ answers: { ...no, ...Object.fromEntries(met.map((one) => [one, true])) } }, lines).result;

  it('what the program cannot do is answered; what only a person knows is open', () => {
    const open = criteria.filter((one) => preAnswer(one, lines) === null);
    expect(open).toEqual(['sensitive', 'vulnerable', 'secrecy']);
    expect(criteria.filter((one) => preAnswer(one, lines) === true)).toEqual([]);
    expect(thresholdOf(emptyAssessment, lines)).toEqual({ result: 'open', met: [], open });
  });

  it('people who work here make one criterion, and two questions', () => {
    const atWork = with_({ 'notice.employees': true });
    const { met, open } = thresholdOf(emptyAssessment, atWork);
    expect(met).toEqual(['vulnerable']);
    expect(open).toEqual(['monitoring', 'sensitive', 'secrecy', 'workers']);
    expect(thresholdOf({ answers: { sensitive: true } }, atWork).result).toBe('needed');
  });

  it('a thousand people make the scale a question', () => {
    expect(preAnswer('scale', with_({ 'held.people': 999 }))).toBe(false);
    expect(preAnswer('scale', with_({ 'held.people': 1_000 }))).toBeNull();
    expect(preAnswer('scale', {})).toBeNull();
  });

  it('none of it: not needed; one: to consider; two, or one that is listed: needed', () => {
    expect(result()).toBe('not-needed');
    expect(result('vulnerable')).toBe('consider');
    expect(result('vulnerable', 'monitoring')).toBe('needed');
    for (const listed of ['secrecy', 'workers', 'media', 'ai', 'biometric', 'publicArea'] as const) {
      expect(result(listed)).toBe('needed');
    }
    expect(thresholdOf({ answers: { ai: true } }, lines).result).toBe('needed');
  });
});

describe('the risks of an assessment', () => {
  it.each([
    [1, 3, 'low'],
    [2, 2, 'medium'],
    [1, 4, 'medium'],
    [2, 4, 'high'],
    [3, 3, 'high'],
    [4, 4, 'high'],
    [null, 4, null],
  ] as const)('likelihood %s and severity %s make it %s', (likelihood, severity, grade) => {
    expect(riskGrade({ likelihood, severity })).toBe(grade);
  });

  it('say which measures are in force as things are set', () => {
    const of = (risk: (typeof assessedRisks)[number], at: FactLines) =>
      riskMeasures(risk, at).flatMap(({ name, isOn }) => (isOn ? [name] : []));
    expect(of('lostDevice', lines)).toEqual(['encrypted', 'autoDelete']);
    expect(of('lostDevice', with_({ protection: 'passphrase' }))).toContain('passphrase');
    expect(of('lostDevice', with_({ locksAfter: 0 }))).not.toContain('locks');
    expect(of('lostDevice', with_({ locksAfter: 5 }))).toContain('locks');
    expect(of('pressure', lines)).not.toContain('toldAtWork');
    expect(of('pressure', with_({ 'notice.employees': true }))).toContain('toldAtWork');
    expect(of('metadata', lines)).toContain('noRelay');
    expect(of('metadata', with_({ 'notice.relay': 'relay.example:1' }))).not.toContain('noRelay');
    expect(of('metadata', with_({ 'notice.iceServers': ['turn:x'] }))).not.toContain('noRelay');
    expect(of('keptTooLong', with_({ 'retention.chat': 365 }))).not.toContain('shortPeriods');
    expect(of('keptTooLong', {})).not.toContain('shortPeriods');
    expect(of('loss', with_({ hasBackup: true }))).toContain('backups');
    expect(of('passedOn', lines)).not.toContain('copiesReached');
  });

  it('are all judged, and what stays high goes to the authority (Art. 36 GDPR)', () => {
    const level = { likelihood: 2, severity: 2 };
    const risks = Object.fromEntries(
      assessedRisks.map((risk) => [risk, { before: level, after: level, note: '' }]),
    ) as Assessment['risks'];
    const whole: Assessment = {
      ...emptyAssessment,
      ...{ decision: 'needed', purposes: 'Talks', officer: 'Agreed', result: 'acceptable', risks },
    };
    expect(gapsOfAssessment(whole)).toEqual([]);
    expect(gapsOfAssessment(emptyAssessment)).toEqual(['decision']);
    expect(gapsOfAssessment({ ...emptyAssessment, decision: 'not-needed' })).toEqual(['decision-reason']);
    expect(gapsOfAssessment({ ...emptyAssessment, decision: 'not-needed', decisionReason: 'None met' })).toEqual([]);
    expect(gapsOfAssessment({ ...whole, risks: { ...risks, loss: undefined } as never })).toEqual(['risks']);
    const high = { ...risks, loss: { before: level, after: { likelihood: 4, severity: 4 }, note: '' } };
    expect(gapsOfAssessment({ ...whole, risks: high })).toEqual(['consult']);
    expect(gapsOfAssessment({ ...whole, risks: high, result: 'consult' })).toEqual([]);
  });
});
