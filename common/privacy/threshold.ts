import { criteria, listedCriteria, wp248Criteria, type Assessment, type Criterion, type FactLines } from './assessment';
import { factValue } from './factLines';

/** From how many people known here on whether it is large-scale is left to the person; no authority names a number. */
const manyPeople = 1_000;

/**
 * What is set, and what the program does and cannot do, says about a criterion; null: only a person can know. The program
 * evaluates nobody, decides nothing, compares no data, knows no face and costs nobody anything who says no.
 */
export function preAnswer(criterion: Criterion, lines: FactLines): boolean | null {
  const employees = factValue(lines, 'notice.employees') === true;
  switch (criterion) {
    case 'evaluation':
    case 'decisions':
    case 'matching':
    case 'technology':
    case 'denial':
    case 'media':
    case 'ai':
    case 'biometric':
    case 'publicArea':
      return false;
    case 'monitoring':
    case 'workers':
      return employees ? null : false;
    case 'vulnerable':
      // People who work for the controller are (WP 248 rev. 01, criterion 7); of others, children and patients too.
      return employees ? true : null;
    case 'scale': {
      const people = factValue(lines, 'held.people');
      return typeof people === 'number' && people < manyPeople ? false : null;
    }
    case 'sensitive':
    case 'secrecy':
      return null;
  }
}

/** What the person says, or else what is set says. */
export function answerOf({ answers }: Pick<Assessment, 'answers'>, criterion: Criterion, lines: FactLines) {
  return answers[criterion] ?? preAnswer(criterion, lines);
}

export interface Threshold {
  /**
   * `needed`: a listed case, a case of Art. 35 (3), or two criteria; `consider`: one criterion, which may be enough;
   * `open`: it depends on what is not answered.
   */
  readonly result: 'needed' | 'consider' | 'not-needed' | 'open';
  readonly met: readonly Criterion[];
  readonly open: readonly Criterion[];
}

/** Whether an assessment is likely to be needed (Art. 35 (1), (3), (4) GDPR; WP 248 rev. 01, chapter III B). */
export function thresholdOf(assessment: Pick<Assessment, 'answers'>, lines: FactLines): Threshold {
  const answer = (criterion: Criterion) => answerOf(assessment, criterion, lines);
  const met = criteria.filter((criterion) => answer(criterion) === true);
  const open = criteria.filter((criterion) => answer(criterion) === null);
  const isMet = (criterion: Criterion) => met.includes(criterion);
  const isNeeded =
    listedCriteria.some(isMet) ||
    (isMet('evaluation') && isMet('decisions')) ||
    (isMet('sensitive') && isMet('scale')) ||
    isMet('publicArea') ||
    wp248Criteria.filter(isMet).length >= 2;
  const rest = met.length > 0 ? 'consider' : 'not-needed';
  return { result: isNeeded ? 'needed' : open.length > 0 ? 'open' : rest, met, open };
}
