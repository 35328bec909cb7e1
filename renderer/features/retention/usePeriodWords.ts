import { useTranslation } from 'react-i18next';
import { retentionRules, type RetentionKind } from '../../../common/retention';

/** A period of a kind in words: `14 Tage`, `3 Jahre`. */
export function usePeriodWords(): (kind: RetentionKind, period: number) => string {
  const { t } = useTranslation();
  return (kind, period) => {
    switch (retentionRules[kind].unit) {
      case 'days':
        return t('notice.days', { count: period });
      case 'years':
        return t('retention.years', { count: period });
    }
  };
}
