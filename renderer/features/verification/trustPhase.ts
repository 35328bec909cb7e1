import type { PeerTrust } from '../../../common/verification/trust';

/**
 * What is to be shown of the connection to one person, the worst first:
 * - `broken`: it was not the one that was signed, and was cut;
 * - `differs`: two people compared their codes, and they were not the same;
 * - `changed`: the name is known with another key;
 * - `connecting`: there is none that main has compared;
 * - `verified`, `unverified`: encrypted; codes were compared with this key, or not.
 */
export type TrustPhase = 'broken' | 'differs' | 'changed' | 'connecting' | 'verified' | 'unverified';

export function trustPhase(trust: PeerTrust | undefined): TrustPhase {
  if (trust === undefined) return 'connecting';
  if (trust.isBroken) return 'broken';
  if (trust.differs) return 'differs';
  if (trust.earlierKey !== null) return 'changed';
  if (trust.securedGeneration === null) return 'connecting';
  return trust.verifiedAt === null ? 'unverified' : 'verified';
}

export function isWarning(phase: TrustPhase): boolean {
  return phase === 'broken' || phase === 'differs' || phase === 'changed';
}
