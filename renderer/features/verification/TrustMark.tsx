import { Shield, ShieldAlert, ShieldCheck, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isWarning, trustPhase, type TrustPhase } from './trustPhase';
import { useTrust } from './useTrust';

const looks = {
  broken: { icon: ShieldAlert, word: 'verification.broken' },
  differs: { icon: ShieldAlert, word: 'verification.differs' },
  changed: { icon: ShieldAlert, word: 'verification.changed' },
  connecting: { icon: Shield, word: 'verification.connecting' },
  verified: { icon: ShieldCheck, word: 'verification.verified' },
  unverified: { icon: Shield, word: 'verification.unverified' },
} as const satisfies Record<TrustPhase, { icon: LucideIcon; word: string }>;

/** The shield of one person: on a tile words only for what is wrong, in lists always. */
export function TrustMark({ participantId, withWords = false }: { participantId: string; withWords?: boolean }) {
  const { t } = useTranslation();
  const phase = trustPhase(useTrust(participantId));
  const { icon: Icon, word } = looks[phase];
  const showsWord = withWords || isWarning(phase);
  return (
    <span className={`trust trust-${phase}`} data-trust={phase}>
      <Icon size={15} strokeWidth={2.2} aria-hidden />
      <span className={showsWord ? '' : 'visually-hidden'}>{t(word)}</span>
    </span>
  );
}
