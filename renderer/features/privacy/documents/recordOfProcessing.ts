import type { TFunction } from 'i18next';
import type { DocumentContent } from '../../../../common/privacy/documentContent';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { askedFields, fieldLabel } from '../../registration/fieldWords';
import { controllerLine } from './noticeDocument';

type Activity =
  | 'meeting'
  | 'chat'
  | 'registration'
  | 'recording'
  | 'receipt'
  | 'contact'
  | 'request'
  | 'objection'
  | 'log'
  | 'incident';

/** The record of processing activities (Art. 30 (1) GDPR) of what Konklave does here. `date`: of today, in words. */
export function recordOfProcessing(
  { notice, retention, leftRegistration }: PrivacyFacts,
  t: TFunction,
  date: string,
): DocumentContent {
  const { registration, officerContact: officer } = notice;
  const days = (count: number) => t('notice.days', { count });
  const passing = [...(notice.relay === null ? [] : [notice.relay]), ...notice.iceServers].join(', ');
  const inMeeting = passing === '' ? t('records.inMeeting') : t('records.inMeetingRelay', { relay: passing });
  const nobody = t('records.nobody');
  const row = (
    activity: Activity,
    people: string,
    recipients: string,
    time: string,
    words: { purpose: string; fields: string } = { purpose: '', fields: '' },
  ) => [
    t(`records.${activity}`, words),
    t(`records.${activity}Basis`),
    people,
    t(`records.${activity}Data`, words),
    recipients,
    time,
  ];
  return {
    title: t('records.record'),
    lead: t('records.asOf', { date }),
    blocks: [
      { type: 'heading', text: t('records.controller') },
      // A table, so that it is in the CSV too.
      {
        type: 'table',
        columns: [t('records.columnRole'), t('records.columnWho')],
        rows: [
          [t('records.controller'), controllerLine(notice, t)],
          ...(officer === '' ? [] : [[t('notices.fact.officerContact'), officer]]),
        ],
      },
      { type: 'text', text: t(officer === '' ? 'records.ownPart' : 'records.ownPartOfficer') },
      {
        type: 'table',
        columns: [
          t('records.columnActivity'),
          t('records.columnBasis'),
          t('records.columnPeople'),
          t('records.columnData'),
          t('records.columnRecipients'),
          t('records.columnTime'),
        ],
        rows: [
          row('meeting', t('records.participants'), inMeeting, t('records.transient')),
          row('chat', t('records.participants'), t('records.inMeeting'), days(retention.chat)),
          ...(registration === null
            ? []
            : [
                row('registration', t('records.participants'), nobody, days(registration.retentionDays), {
                  purpose: registration.purpose,
                  fields: askedFields(registration, t),
                }),
              ]),
          ...(leftRegistration === null
            ? []
            : [
                row(
                  ...(['registration', t('records.participants'), nobody] as const),
                  t('records.registrationLeft', { period: days(leftRegistration.retentionDays) }),
                  {
                    purpose: leftRegistration.purpose,
                    fields: leftRegistration.fields.map((field) => fieldLabel(field, t)).join(', '),
                  },
                ),
              ]),
          row('recording', t('records.recorded'), t('records.recordingRecipients'), days(retention.recording)),
          row(
            'receipt',
            t('records.askedPeople'),
            nobody,
            t('records.endOfYear', { period: t('retention.years', { count: retention.receipt }) }),
          ),
          row('contact', t('records.met'), nobody, days(retention.contact)),
          row(
            'request',
            t('records.askers'),
            nobody,
            t('records.endOfYear', { period: t('retention.years', { count: retention.request }) }),
          ),
          row('objection', t('records.objectors'), nobody, t('records.untilTakenBack')),
          row('log', t('records.logPeople'), nobody, days(retention.log)),
          row(
            'incident',
            t('records.incidentPeople'),
            t('records.authority'),
            t('records.incidentTime', { period: t('retention.years', { count: retention.incident }) }),
          ),
        ],
      },
      { type: 'heading', text: t('records.transfers') },
      { type: 'text', text: t('records.transfersText') },
      { type: 'heading', text: t('records.recordMeasures') },
      { type: 'text', text: t('records.recordMeasuresText') },
    ],
  };
}
