import { useTranslation } from 'react-i18next';
import { mostUrgent } from '../../../../common/privacy/incidentState';
import { useNavigation } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { useIncidents } from './useIncidents';
import { useIncidentWords } from './useIncidentWords';

/** On the start page while the 72 hours run, or have run out, and nobody has decided or notified (Art. 33 (1) GDPR). */
export function IncidentDeadline() {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const now = useClock(30_000);
  const words = useIncidentWords();
  const urgent = mostUrgent(useIncidents() ?? [], now);
  if (urgent === null) return null;
  const { stored, deadline, leftMs } = urgent;
  const isOver = leftMs < 0;
  return (
    <Banner
      tone={isOver ? 'danger' : 'warning'}
      role="region"
      title={isOver ? t('incidents.overdue') : t('incidents.running', { left: words.left(leftMs) })}
      actions={
        <Button onPress={() => go({ page: 'incident', incidentId: stored.id })}>{t('incidents.bannerOpen')}</Button>
      }
    >
      {t('incidents.bannerText', {
        kind: t(`incidents.kind.${stored.incident.kind}`),
        state: t(isOver ? 'incidents.deadlineOver' : 'incidents.deadline', { at: words.at(deadline) }),
      })}
    </Banner>
  );
}
