import {
  Briefcase,
  CalendarClock,
  CircleDot,
  ClipboardList,
  HardDrive,
  Scale,
  UserRound,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeFacts, NoticeVersion } from '../../../common/meeting/models';
import { Disclosure } from '../../ui/Disclosure';
import { useVersionWords } from '../notice/NoticeAtDoor';
import { noticeLines, type NoticeLineId } from '../notice/noticeLines';
import { noticeSections } from '../privacy/documents/noticeSections';

const icons: Readonly<Record<NoticeLineId, LucideIcon>> = {
  who: UserRound,
  what: Waypoints,
  where: HardDrive,
  howLong: CalendarClock,
  registration: ClipboardList,
  recording: CircleDot,
  employees: Briefcase,
  rights: Scale,
};

/** The notice under Art. 13 GDPR: a few lines, and the whole text behind them, both made from the host's actual settings. */
export function MeetingNotice({ facts, version }: { facts: NoticeFacts; version: NoticeVersion }) {
  const { t } = useTranslation();
  const versionWords = useVersionWords();
  return (
    <section className="notice" aria-label={t('notice.title')}>
      <h2>{t('notice.title')}</h2>
      <ul className="notice-lines">
        {noticeLines(facts, t).map(({ id, title, text }) => {
          const Icon = icons[id];
          return (
            <li key={id}>
              <Icon size={20} strokeWidth={1.7} aria-hidden />
              <p>
                <strong>{title}</strong> {text}
              </p>
            </li>
          );
        })}
      </ul>
      <Disclosure label={t('notice.full')}>
        <div className="notice-full">
          <p className="small">{versionWords(version)}</p>
          {noticeSections(facts, t).map(({ title, texts }) => (
            <Fragment key={title}>
              <h3>{title}</h3>
              {texts.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </Fragment>
          ))}
        </div>
      </Disclosure>
    </section>
  );
}
