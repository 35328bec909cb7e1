import { BadgeCheck, CircleHelp } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Whether this device has been met before, by its key: a name alone proves nothing. */
export function KnownAs({ name, knownAs }: { name: string; knownAs: string | null }) {
  const { t } = useTranslation();
  const known = knownAs !== null;
  const Icon = known ? BadgeCheck : CircleHelp;
  return (
    <p className={known ? 'known known-yes' : 'known'}>
      <Icon size={16} strokeWidth={2} aria-hidden />
      <span>
        {!known ? t('join.firstMet') : knownAs === name ? t('join.metBefore') : t('join.metAs', { name: knownAs })}
      </span>
    </p>
  );
}
