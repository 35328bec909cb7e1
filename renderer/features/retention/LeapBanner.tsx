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
  const leap = useLibrary((state) => state.retention?.leap ?? null);
  if (leap === null) return null;
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
