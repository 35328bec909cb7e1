import type { TFunction } from 'i18next';
import type { Language } from '../../../common/meeting/models';
import type { NoticeBefore } from '../../../common/privacy/notice';
import type { DocumentContent } from '../../../common/privacy/documentContent';
import { formatDate } from '../../i18n/format';
import { contactOf } from '../privacy/documents/noticeSections';

const languages = ['de', 'en'] as const;

/** Short texts for an e-mail signature and to be read out, both in both languages. `inLanguage` speaks each, `t` the app's. */
export function noticeTexts(
  told: NoticeBefore,
  t: TFunction,
  inLanguage: (language: Language) => TFunction,
  version: string,
): DocumentContent {
  return {
    title: t('records.texts'),
    lead: t('notices.madeFrom', { version }),
    blocks: (['signature', 'announcement'] as const).flatMap((kind) =>
      languages.flatMap((language): DocumentContent['blocks'] => [
        { type: 'heading', text: t(`notices.${kind}Heading`, { language: t(`notices.language.${language}`) }) },
        { type: 'text', text: noticeText(kind, told, inLanguage(language), language) },
      ]),
    ),
  };
}

function noticeText(
  kind: 'signature' | 'announcement',
  { facts, version }: NoticeBefore,
  t: TFunction,
  language: Language,
): string {
  const through = [...(facts.relay === null ? [] : [facts.relay]), ...facts.iceServers].map((server) =>
    server.replace(/^[a-z]+:|\?.*$/g, ''),
  );
  const servers = [...new Set(through)].join(', ');
  const words = {
    ...{ name: facts.controllerName, contact: contactOf(facts, t), servers },
    chat: t('notice.afterDays', { count: facts.chatRetentionDays }),
    recording: t('notice.afterDays', { count: facts.recordingRetentionDays }),
    ...{ number: version.number, date: formatDate(version.since, language) },
  };
  return [
    t(`notices.${kind}`, words),
    servers === '' ? t('notices.directly') : t('notices.throughServers', words),
    t(`notices.${kind}Recording`),
    t('notices.storage', words),
    ...(facts.employees && kind === 'announcement' ? [t('notices.atWork')] : []),
    t(`notices.${kind}End`, words),
  ].join(' ');
}
