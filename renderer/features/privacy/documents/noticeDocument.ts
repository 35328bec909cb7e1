import type { TFunction } from 'i18next';
import type { NoticeFacts } from '../../../../common/meeting/models';
import type { DocumentContent } from '../../../../common/privacy/documentContent';
import { contactOf, noticeSections } from './noticeSections';

/**
 * The notice for people one meets (Art. 13 GDPR) and for people spoken about (Art. 14). `date`, in words: since when these
 * facts are told, as the version with this number.
 */
export function noticeDocument(notice: NoticeFacts, t: TFunction, date: string, number: number): DocumentContent {
  const recording = t('notice.days', { count: notice.recordingRetentionDays });
  const contact = contactOf(notice, t);
  return {
    title: t('records.notice'),
    lead: t('notices.madeFrom', { version: t('notices.version', { number, date }) }),
    blocks: [
      ...noticeSections(notice, t).flatMap(({ title, texts }): DocumentContent['blocks'] => [
        { type: 'heading', text: title },
        ...texts.map((text) => ({ type: 'text', text }) as const),
      ]),
      { type: 'heading', text: t('records.art14') },
      { type: 'text', text: t('records.art14Text', { name: notice.controllerName, contact, recording }) },
    ],
  };
}

export function controllerLine(notice: NoticeFacts, t: TFunction): string {
  return t('records.controllerLine', { name: notice.controllerName, contact: contactOf(notice, t) });
}
