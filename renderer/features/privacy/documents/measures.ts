import type { TFunction } from 'i18next';
import type { DocumentContent } from '../../../../common/privacy/documentContent';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { askedFields } from '../../registration/fieldWords';

/**
 * Technical and organisational measures (Art. 32 GDPR), each with how it stands here. `date` of today and `backedUp` of the
 * newest backup copy (null: none), in words.
 */
export function measures(
  { notice, retention, protection, locksAfter }: PrivacyFacts,
  t: TFunction,
  date: string,
  backedUp: string | null,
): DocumentContent {
  const days = (count: number) => t('notice.days', { count });
  const { registration } = notice;
  const always = t('records.always');
  const columns = [t('records.columnMeasure'), t('records.columnState')];
  const group = (title: string, rows: string[][]): DocumentContent['blocks'] => [
    { type: 'heading', text: title },
    { type: 'table', columns, rows },
  ];
  return {
    title: t('records.measures'),
    lead: t('records.asOf', { date }),
    blocks: [
      ...group(t('records.groupTransit'), [
        [t('records.signalling'), always],
        [t('records.media'), always],
        [t('records.relayMeasure'), notice.relay ?? t('records.none')],
        [t('records.iceMeasure'), notice.iceServers.length === 0 ? t('records.none') : notice.iceServers.join(', ')],
      ]),
      ...group(t('records.groupRest'), [
        [t('records.database'), always],
        [t('records.keyMeasure'), t(`records.${protection}`)],
        [t('records.lockMeasure'), locksAfter === 0 ? t('records.off') : t('records.lockAfter', { count: locksAfter })],
      ]),
      ...group(t('records.groupAccess'), [
        [t('records.door'), always],
        [t('records.silentDoor'), always],
        [t('records.gate'), always],
      ]),
      ...group(t('records.groupIntegrity'), [[t('records.signatures'), always]]),
      ...group(t('records.groupAvailability'), [
        [
          t('records.backups'),
          backedUp === null ? t('records.notYetBackedUp') : t('records.backedUp', { date: backedUp }),
        ],
        [t('records.backupFile'), t('records.backupFileState')],
      ]),
      ...group(t('records.groupMinimal'), [
        [t('records.noServer'), always],
        [
          t('records.retention'),
          t('records.retentionState', {
            recording: days(retention.recording),
            chat: days(retention.chat),
            contact: days(retention.contact),
          }),
        ],
        [
          t('records.registrationMeasure'),
          registration === null
            ? t('records.off')
            : t('records.registrationState', {
                fields: askedFields(registration, t),
                days: days(registration.retentionDays),
              }),
        ],
        [t('records.erasure'), always],
      ]),
    ],
  };
}
