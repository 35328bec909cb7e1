import { useTranslation } from 'react-i18next';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { noteLength, type Incident, type StoredIncident } from '../../../../common/privacy/incident';
import { notificationDeadline, problemsInTime } from '../../../../common/privacy/incidentState';
import { useNavigation } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Choices } from '../../../ui/Choices';
import { TextField } from '../../../ui/TextField';
import { CaseSection } from '../case/CaseSection';
import { DateTimeField } from './DateTimeField';
import { DocumentActions } from '../case/DocumentActions';
import { notificationDocument } from './incidentDocuments';
import { useIncidentWords } from './useIncidentWords';

export interface IncidentLetterProps {
  readonly stored: StoredIncident;
  readonly change: (change: Partial<Incident>) => void;
  readonly facts: PrivacyFacts;
}

/** Whether the authority is notified, why not, when, why late; and the notification itself (Art. 33 GDPR). */
export function AuthoritySection({ stored, change, facts }: IncidentLetterProps) {
  const { t } = useTranslation();
  const { at } = useIncidentWords();
  const go = useNavigation((state) => state.go);
  const now = useClock(30_000);
  const { incident } = stored;
  const { authority } = incident;
  const set = (changed: Partial<Incident['authority']>) => change({ authority: { ...authority, ...changed } });
  const isLate = (authority.sentAt ?? now) > notificationDeadline(incident);
  return (
    <CaseSection title={t('incidents.authority')} text={t('incidents.authorityText')}>
      <Choices
        dense
        label={t('incidents.authorityLabel')}
        value={authority.decision}
        onChange={(decision) => set({ decision })}
        options={(['notify', 'no'] as const).map((id) => ({
          ...{ id, title: t(`incidents.authorityIs.${id}`), text: t(`incidents.authorityIsText.${id}`) },
        }))}
      />
      {authority.decision === 'no' && (
        <TextField
          label={t('incidents.authorityReason')}
          rows={3}
          value={authority.reason}
          onChange={(reason) => set({ reason })}
          maxLength={noteLength}
        />
      )}
      {authority.decision === 'notify' && (
        <>
          {facts.notice.controllerContact === '' && (
            <Banner
              tone="warning"
              title={t('records.controllerMissing')}
              actions={<Button onPress={() => go({ page: 'settings' })}>{t('records.toSettings')}</Button>}
            >
              {t('incidents.contactMissing')}
            </Banner>
          )}
          <DocumentActions
            name={t('incidents.documentNotification')}
            document="notification"
            content={() => notificationDocument({ stored, facts, t, at, now: Date.now() })}
            formats={['pdf', 'html', 'json']}
          />
          <DateTimeField
            label={t('incidents.sent')}
            value={authority.sentAt}
            onChange={(sentAt) => set({ sentAt })}
            error={problemsInTime(incident, now).includes('sent-before') ? t('incidents.problem.sent-before') : null}
          />
          {isLate && (
            <TextField
              label={t('incidents.late')}
              hint={t('incidents.lateHint')}
              rows={3}
              value={authority.lateReason}
              onChange={(lateReason) => set({ lateReason })}
              maxLength={noteLength}
            />
          )}
          <TextField
            label={t('incidents.reference')}
            value={authority.reference}
            onChange={(reference) => set({ reference })}
            maxLength={200}
            autoComplete="off"
          />
        </>
      )}
    </CaseSection>
  );
}
