import type { TFunction } from 'i18next';
import type { NoticeFacts } from '../../../common/meeting/models';
import { askedFields } from '../registration/fieldWords';
import { contactOf, officerLine } from '../privacy/documents/noticeSections';

export type NoticeLineId = 'who' | 'what' | 'where' | 'howLong' | 'registration' | 'recording' | 'employees' | 'rights';

interface NoticeLine {
  readonly id: NoticeLineId;
  readonly title: string;
  readonly text: string;
}

/** The short form of the notice under Art. 13 GDPR, on one screen and in an invitation alike. */
export function noticeLines(facts: NoticeFacts, t: TFunction): readonly NoticeLine[] {
  const { controllerName: name, relay, registration } = facts;
  // By name and port: whether it is asked over UDP or TCP is nothing a person needs to know.
  const servers = [...new Set(facts.iceServers.map((server) => server.replace(/^[a-z]+:|\?.*$/g, '')))].join(', ');
  const chat = t('notice.days', { count: facts.chatRetentionDays });
  const recording = t('notice.days', { count: facts.recordingRetentionDays });
  const line = (id: NoticeLineId, text: string): NoticeLine => ({ id, title: t(`notice.${id}Title`), text });
  return [
    line('who', [t('notice.who', { name, contact: contactOf(facts, t) }), ...officerLine(facts, t)].join(' ')),
    line('what', t(servers === '' ? 'notice.what' : 'notice.whatServers', { servers })),
    line('where', t(relay ? 'notice.whereRelay' : 'notice.where', { name, relay })),
    line('howLong', t('notice.howLong', { chat, recording })),
    ...(registration === null ? [] : [line('registration', registrationText(registration, name, t))]),
    line('recording', t('notice.recording')),
    ...(facts.employees ? [line('employees', t('notice.employees', { name }))] : []),
    line('rights', t('notice.rights')),
  ];
}

function registrationText(asked: NonNullable<NoticeFacts['registration']>, name: string, t: TFunction): string {
  const { purpose, retentionDays } = asked;
  const what = t('notice.registration', { name, purpose, fields: askedFields(asked, t) });
  return `${what} ${t('notice.registrationKept', { days: t('notice.afterDays', { count: retentionDays }) })}`;
}
