import type { TFunction } from 'i18next';
import type { NoticeFacts } from '../../../../common/meeting/models';
import { askedFields } from '../../registration/fieldWords';

interface NoticeSection {
  readonly title: string;
  readonly texts: readonly string[];
}

/** The whole notice under Art. 13 GDPR, made from the host's actual settings; the same on screen and on paper. */
export function noticeSections(facts: NoticeFacts, t: TFunction): readonly NoticeSection[] {
  const { controllerName: name, relay, iceServers } = facts;
  const contact = contactOf(facts, t);
  const chat = t('notice.afterDays', { count: facts.chatRetentionDays });
  const recording = t('notice.afterDays', { count: facts.recordingRetentionDays });
  const passed = [
    ...(relay === null ? [] : [t('notice.fullRelayText', { name, relay })]),
    ...(iceServers.length === 0 ? [] : [t('notice.fullIceText', { name, servers: iceServers.join(', ') })]),
  ];
  return [
    {
      title: t('notice.fullController'),
      texts: [t('notice.fullControllerText', { name, contact }), ...officerLine(facts, t)],
    },
    { title: t('notice.fullPurpose'), texts: [t('notice.fullPurposeText')] },
    { title: t('notice.fullData'), texts: [t('notice.fullDataText')] },
    ...registrationSection(facts, t),
    { title: t('notice.fullRecipients'), texts: [t('notice.fullRecipientsText'), ...passed] },
    { title: t('notice.fullStorage'), texts: [t('notice.fullStorageText', { chat, recording })] },
    { title: t('notice.fullRecording'), texts: [t('notice.fullRecordingText')] },
    ...(facts.employees
      ? [{ title: t('notice.fullEmployees'), texts: [t('notice.fullEmployeesText', { name })] }]
      : []),
    { title: t('notice.fullRights'), texts: [t('notice.fullRightsText')] },
  ];
}

function registrationSection({ registration, controllerName: name }: NoticeFacts, t: TFunction): NoticeSection[] {
  if (registration === null) return [];
  const { purpose, retentionDays } = registration;
  const rules = { name, days: t('notice.days', { count: retentionDays }) };
  return [
    {
      title: t('notice.fullRegistration'),
      texts: [
        t('notice.fullRegistrationText', { fields: askedFields(registration, t), purpose }),
        t('notice.fullRegistrationRules', rules),
      ],
    },
  ];
}

/** The data protection officer, where one is named: a line of its own (Art. 13 (1) (b) GDPR). */
export function officerLine({ officerContact: officer }: NoticeFacts, t: TFunction): readonly string[] {
  return officer === '' ? [] : [t('notice.officer', { officer })];
}

/** How the controller can be reached, or that nothing was given. */
export function contactOf({ controllerContact }: NoticeFacts, t: TFunction): string {
  return controllerContact === '' ? t('notice.noContact') : controllerContact;
}
