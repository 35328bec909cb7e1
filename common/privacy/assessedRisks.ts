import type { AssessedRisk, Assessment, FactLines, GradedLevel } from './assessment';
import { assessedRisks } from './assessment';
import { factValue } from './factLines';

/** What stands against a risk here, or is missing; worded by the window. */
const riskMeasureNames = [
  'encrypted',
  'passphrase',
  'locks',
  'autoDelete',
  'lobby',
  'blindDoor',
  'newInvite',
  'eachYes',
  'copiesNoted',
  'copiesReached',
  'noCost',
  'takeBack',
  'toldAtWork',
  'visible',
  'noEvaluation',
  'sealedTracks',
  'chain',
  'malware',
  'signed',
  'shortCode',
  'noServer',
  'noAddresses',
  'noRelay',
  'shortPeriods',
  'backups',
] as const;
export type RiskMeasureName = (typeof riskMeasureNames)[number];

export interface RiskMeasure {
  readonly name: RiskMeasureName;
  /** Whether it is in force here; false: not switched on, not there yet, or beyond any program. */
  readonly isOn: boolean;
}

/** Which measures bear on each risk, and whether they are in force as things are set. */
export function riskMeasures(risk: AssessedRisk, lines: FactLines): readonly RiskMeasure[] {
  const value = (path: string) => factValue(lines, path);
  const atMost = (path: string, days: number) => Number(value(path) ?? Infinity) <= days;
  const isOn: Partial<Record<RiskMeasureName, boolean>> = {
    passphrase: value('protection') === 'passphrase',
    locks: Number(value('locksAfter') ?? 0) > 0,
    toldAtWork: value('notice.employees') === true,
    noRelay: value('notice.relay') === null && JSON.stringify(value('notice.iceServers')) === '[]',
    shortPeriods: atMost('retention.recording', 90) && atMost('retention.chat', 90),
    backups: value('hasBackup') === true,
    // No program reaches a file that somebody has taken away, or keeps out what runs as the person.
    copiesReached: false,
    malware: false,
  };
  return measuresOf[risk].map((name) => ({ name, isOn: isOn[name] ?? true }));
}

const measuresOf: Readonly<Record<AssessedRisk, readonly RiskMeasureName[]>> = {
  lostDevice: ['encrypted', 'passphrase', 'locks', 'autoDelete'],
  wrongPerson: ['lobby', 'blindDoor', 'newInvite', 'shortCode'],
  passedOn: ['eachYes', 'copiesNoted', 'copiesReached'],
  pressure: ['noCost', 'eachYes', 'takeBack', 'toldAtWork'],
  chilling: ['visible', 'noEvaluation', 'eachYes'],
  hostCompromised: ['sealedTracks', 'chain', 'autoDelete', 'malware'],
  impersonation: ['signed', 'shortCode', 'lobby'],
  metadata: ['noServer', 'noAddresses', 'noRelay'],
  keptTooLong: ['autoDelete', 'shortPeriods', 'takeBack'],
  loss: ['backups', 'chain'],
};

/**
 * How grave a risk is by its likelihood and severity (each 1 to 4); null while one is open. More cautious than the product
 * alone: the greatest harm is a high risk already when it is merely conceivable.
 */
export function riskGrade({ likelihood, severity }: GradedLevel): 'low' | 'medium' | 'high' | null {
  if (likelihood === null || severity === null) return null;
  const product = likelihood * severity;
  if (product >= 9 || (severity === 4 && likelihood >= 2)) return 'high';
  return product <= 3 ? 'low' : 'medium';
}

/** What an assessment still lacks (Art. 35 (7) GDPR), in the order of the form. */
export const assessmentGaps = [
  'decision',
  'decision-reason',
  'purposes',
  'risks',
  'officer',
  'result',
  'consult',
] as const;
export type AssessmentGap = (typeof assessmentGaps)[number];

/** Empty when the decision against one has its reasons, or when the assessment is whole. */
export function gapsOfAssessment(assessment: Assessment): readonly AssessmentGap[] {
  const { decision, decisionReason, purposes, risks, officer, result } = assessment;
  if (decision === null) return ['decision'];
  if (decision === 'not-needed') return decisionReason === '' ? ['decision-reason'] : [];
  const grades = assessedRisks.map((risk) => {
    const judged = risks[risk];
    return judged === undefined ? null : [riskGrade(judged.before), riskGrade(judged.after)];
  });
  const found: [AssessmentGap, boolean][] = [
    ['purposes', purposes === ''],
    ['risks', grades.some((pair) => pair === null || pair.includes(null))],
    ['officer', officer === ''],
    ['result', result === null],
    // Art. 36 (1): what stays high goes to the authority first.
    ['consult', grades.some((pair) => pair?.[1] === 'high') && result !== null && result !== 'consult'],
  ];
  return found.filter(([, isThere]) => isThere).map(([gap]) => gap);
}
