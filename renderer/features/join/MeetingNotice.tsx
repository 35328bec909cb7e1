import { CalendarClock, ClipboardList, HardDrive, Scale, UserRound, Waypoints, type LucideIcon } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeFacts } from '../../../common/meeting/models';
import { Disclosure } from '../../ui/Disclosure';
import { askedFields } from '../registration/fieldWords';
import { contactOf, noticeSections } from '../privacy/documents/noticeSections';

/** The notice under Art. 13 GDPR: five lines, and the whole text behind them, both made from the host's actual settings. */
export function MeetingNotice({ facts }: { facts: NoticeFacts }) {
  const { t } = useTranslation();
  const { controllerName: name, relay, registration } = facts;
  // By name and port: whether it is asked over UDP or TCP is nothing a person needs to know.
  const servers = [...new Set(facts.iceServers.map((server) => server.replace(/^[a-z]+:|\?.*$/g, '')))].join(', ');
  const contact = contactOf(facts, t);
  const chat = t('notice.days', { count: facts.chatRetentionDays });
  const recording = t('notice.days', { count: facts.recordingRetentionDays });
  const lines: readonly (readonly [LucideIcon, string, string])[] = [
    [UserRound, t('notice.whoTitle'), t('notice.who', { name: facts.controllerName, contact })],
    [Waypoints, t('notice.whatTitle'), t(servers === '' ? 'notice.what' : 'notice.whatServers', { servers })],
    [HardDrive, t('notice.whereTitle'), t(relay ? 'notice.whereRelay' : 'notice.where', { name, relay })],
    [CalendarClock, t('notice.howLongTitle'), t('notice.howLong', { chat, recording })],
    ...(registration === null
      ? []
      : [
          [
            ClipboardList,
            t('notice.registrationTitle'),
            `${t('notice.registration', { name, purpose: registration.purpose, fields: askedFields(registration, t) })} ${t('notice.registrationKept', { days: t('notice.days', { count: registration.retentionDays }) })}`,
          ] as const,
        ]),
    [Scale, t('notice.rightsTitle'), t('notice.rights')],
  ];
  return (
    <section className="notice" aria-label={t('notice.title')}>
      <h2>{t('notice.title')}</h2>
      <ul className="notice-lines">
        {lines.map(([Icon, title, text]) => (
          <li key={title}>
            <Icon size={20} strokeWidth={1.7} aria-hidden />
            <p>
              <strong>{title}</strong> {text}
            </p>
          </li>
        ))}
      </ul>
      <Disclosure label={t('notice.full')}>
        <div className="notice-full">
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
