import { useTranslation } from 'react-i18next';
import { useLanguage, useLibrary } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate, formatTime } from '../../i18n/format';
import { Banner } from '../../ui/Banner';

/** The clock has leapt ahead: what it means, and until when it can be set right before anything is deleted. */
export function LeapBanner() {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const retention = useLibrary((state) => state.retention);
  const leap = retention?.leap ?? null;
  if (retention === null || leap === null) return null;
  const isSomethingDue = Object.values(retention.kinds).some(({ upcoming: [first] }) => (first?.at ?? Infinity) <= now);
  if (!isSomethingDue) return null;
  return (
    <Banner
      tone="warning"
      role="region"
      title={t('retention.leapTitle', { time: formatTime(leap.resumesAt, language) })}
    >
      {t('retention.leapText', { now: formatDate(now, language), lastSeen: formatDate(leap.lastSeen, language) })}
    </Banner>
  );
}
