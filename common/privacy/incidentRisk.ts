import type { VaultProtection } from '../vaultState';
import type { Incident } from './incident';

/** What speaks for or against a risk, from what this computer knows; worded by the window. */
const riskPoints = [
  'sealed-passphrase',
  'sealed-keychain',
  'sealed-useless',
  'exported-plain',
  'seen-by-others',
  'copies-here-only',
  'no-copies',
  'never-recorded',
  'sensitive',
  'many',
] as const;
export type RiskPoint = (typeof riskPoints)[number];

export interface RiskHint {
  readonly point: RiskPoint;
  /** `less`: may make Art. 33 (1) last half-sentence or Art. 34 (3) (a) GDPR apply; `more`: speaks for a risk. */
  readonly weighs: 'less' | 'more';
}

/** From how many people on a breach is called one of many here; the law names no number. */
const manyPeople = 100;

/**
 * What can be said about the risk of an incident before anybody judges it (Art. 33 (1), 34 (3) (a), recitals 75 to 77 and
 * 88 GDPR). It never says that there is none: that is for a person to decide and to give reasons for.
 */
export function riskHints(
  { kind, affected }: Pick<Incident, 'kind' | 'affected'>,
  { protection, hasBackup }: { readonly protection: VaultProtection; readonly hasBackup: boolean },
): readonly RiskHint[] {
  const hints: RiskHint[] = [];
  const say = (weighs: RiskHint['weighs'], point: RiskPoint) => hints.push({ point, weighs });
  switch (kind) {
    case 'device':
      if (protection === 'passphrase') say('less', 'sealed-passphrase');
      else say('more', 'sealed-keychain');
      // The copies of the database lie beside it: what is stolen with the computer is no copy.
      say('more', 'copies-here-only');
      break;
    case 'malware':
      say('more', 'sealed-useless');
      break;
    case 'recipient':
    case 'recording':
      say('more', 'exported-plain');
      break;
    case 'intruder':
      say('more', 'seen-by-others');
      say('less', 'never-recorded');
      break;
    case 'loss':
      if (!hasBackup) say('more', 'no-copies');
      break;
    case 'other':
      break;
  }
  if (affected.sensitive === true) say('more', 'sensitive');
  if (affected.people >= manyPeople) say('more', 'many');
  return hints;
}
