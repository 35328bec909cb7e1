import { useTranslation } from 'react-i18next';
import type { IncidentKind } from '../../../../common/privacy/incident';
import { useNavigation } from '../../../app/AppContext';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';

const ways = {
  device: { page: 'settings', label: 'incidents.toSettings' },
  recipient: { page: 'people', label: 'incidents.toPeople' },
  intruder: null,
  recording: { page: 'retention', label: 'incidents.toRetention' },
  malware: { page: 'settings', label: 'incidents.toSettings' },
  loss: { page: 'settings', label: 'incidents.toSettings' },
  other: null,
} as const satisfies Record<IncidentKind, { page: string; label: string } | null>;

/** What helps at once, before anything is written, and where the app can do some of it. */
export function FirstSteps({ kind }: { kind: IncidentKind }) {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const way = ways[kind];
  return (
    <Banner
      role="region"
      title={t('incidents.firstSteps')}
      {...(way === null ? {} : { actions: <Button onPress={() => go({ page: way.page })}>{t(way.label)}</Button> })}
    >
      {t(`incidents.steps.${kind}`)}
    </Banner>
  );
}
