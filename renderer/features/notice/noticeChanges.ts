import type { TFunction } from 'i18next';
import type { NoticeFacts } from '../../../common/meeting/models';
import { changedFacts } from '../../../common/privacy/notice';
import { askedFields } from '../registration/fieldWords';
import { contactOf } from '../privacy/documents/noticeSections';

/** How each fact of a notice is said by itself. One that is new does not compile until it is here. */
const words: { readonly [Fact in keyof NoticeFacts]: (facts: NoticeFacts, t: TFunction) => string } = {
  controllerName: ({ controllerName }) => controllerName,
  controllerContact: contactOf,
  officerContact: ({ officerContact }, t) => officerContact || t('notices.none'),
  chatRetentionDays: ({ chatRetentionDays }, t) => t('notice.days', { count: chatRetentionDays }),
  recordingRetentionDays: ({ recordingRetentionDays }, t) => t('notice.days', { count: recordingRetentionDays }),
  relay: ({ relay }, t) => relay ?? t('notices.none'),
  iceServers: ({ iceServers }, t) => (iceServers.length === 0 ? t('notices.none') : iceServers.join(', ')),
  registration: ({ registration }, t) =>
    registration === null
      ? t('notices.nothing')
      : `${askedFields(registration, t)} · ${registration.purpose} · ${t('notice.days', { count: registration.retentionDays })}`,
  employees: ({ employees }, t) => (employees ? t('common.yes') : t('common.no')),
};

export interface NoticeChange {
  readonly fact: keyof NoticeFacts;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** What is another in a notice than in the one before, fact by fact, in words. */
export function noticeChanges(before: NoticeFacts, after: NoticeFacts, t: TFunction): readonly NoticeChange[] {
  return changedFacts(before, after).map((fact) => ({
    fact,
    title: t(`notices.fact.${fact}`),
    before: words[fact](before, t),
    after: words[fact](after, t),
  }));
}
