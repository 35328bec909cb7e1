import { BadgeCheck, CircleHelp, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Standing } from '../../../common/verification/standing';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';

/** Whether this device has been met before, by its key: a name alone proves nothing. */
export function KnownAs({ name, standing }: { name: string; standing: Standing }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { knownAs, verifiedAt } = standing;
  const known = knownAs !== null;
  const Icon = verifiedAt !== null ? ShieldCheck : known ? BadgeCheck : CircleHelp;
  const words = !known
    ? t('join.firstMet')
    : knownAs === name
      ? t('join.metBefore')
      : t('join.metAs', { name: knownAs });
  return (
    <p className={known ? 'known known-yes' : 'known'}>
      <Icon size={16} strokeWidth={2} aria-hidden />
      <span>
        {verifiedAt === null ? words : t('verification.alreadyVerified', { date: formatDate(verifiedAt, language) })}
      </span>
    </p>
  );
}
