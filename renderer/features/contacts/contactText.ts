import type { TFunction } from 'i18next';
import type { ContactEntry, ContactList } from '../../../common/contacts';
import type { Language } from '../../../common/meeting/models';
import { formatDate, formatTime } from '../../i18n/format';

/** When it was last, and since when if that was earlier. */
export function contactTimes({ firstAt, lastAt }: ContactEntry, language: Language) {
  const last = formatTime(lastAt, language);
  const first = formatTime(firstAt, language);
  const sameDay = formatDate(firstAt, language) === formatDate(lastAt, language);
  return {
    last:
      sameDay && formatDate(Date.now(), language) === formatDate(lastAt, language)
        ? null
        : formatDate(lastAt, language),
    time: last,
    since: first === last && sameDay ? null : sameDay ? first : `${formatDate(firstAt, language)}, ${first}`,
  };
}

/** The whole list as lines of text, for a data protection officer's mail. */
export function contactListText(list: ContactList, t: TFunction, language: Language): string {
  const at = (when: number) => `${formatDate(when, language)}, ${formatTime(when, language)}`;
  const lines = list.entries.map((entry) =>
    [
      `${at(entry.firstAt)} – ${at(entry.lastAt)}`,
      entry.address,
      [t(`contacts.purpose.${entry.purpose}`), entry.who, entry.meeting].filter((part) => part !== null).join(', '),
      t(`contacts.state.${entry.state}`),
      t('contacts.times', { count: entry.count }),
    ].join('\t'),
  );
  return [t('contacts.textTitle', { when: at(list.startedAt) }), ...lines, ''].join('\n');
}
