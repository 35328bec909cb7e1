import { CalendarClock, HardDrive, Scale, UserRound, Waypoints, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NoticeFacts } from '../../../common/meeting/models';
import { Disclosure } from '../../ui/Disclosure';

/** The notice under Art. 13 GDPR: five lines, and the whole text behind them, both made from the host's actual settings. */
export function MeetingNotice({ facts }: { facts: NoticeFacts }) {
  const { t } = useTranslation();
  const { controllerName: name, relay } = facts;
  const contact = facts.controllerContact === '' ? t('notice.noContact') : facts.controllerContact;
  const chat = t('notice.days', { count: facts.chatRetentionDays });
  const recording = t('notice.days', { count: facts.recordingRetentionDays });
  const lines: readonly (readonly [LucideIcon, string, string])[] = [
    [UserRound, t('notice.whoTitle'), t('notice.who', { name: facts.controllerName, contact })],
    [Waypoints, t('notice.whatTitle'), t('notice.what')],
    [HardDrive, t('notice.whereTitle'), t(relay ? 'notice.whereRelay' : 'notice.where', { name, relay })],
    [CalendarClock, t('notice.howLongTitle'), t('notice.howLong', { chat, recording })],
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
          <h3>{t('notice.fullController')}</h3>
          <p>{t('notice.fullControllerText', { name: facts.controllerName, contact })}</p>
          <h3>{t('notice.fullPurpose')}</h3>
          <p>{t('notice.fullPurposeText')}</p>
          <h3>{t('notice.fullData')}</h3>
          <p>{t('notice.fullDataText')}</p>
          <h3>{t('notice.fullRecipients')}</h3>
          <p>{t('notice.fullRecipientsText')}</p>
          {relay !== null && <p>{t('notice.fullRelayText', { name, relay })}</p>}
          <h3>{t('notice.fullStorage')}</h3>
          <p>{t('notice.fullStorageText', { chat, recording })}</p>
          <h3>{t('notice.fullRecording')}</h3>
          <p>{t('notice.fullRecordingText')}</p>
          <h3>{t('notice.fullRights')}</h3>
          <p>{t('notice.fullRightsText')}</p>
        </div>
      </Disclosure>
    </section>
  );
}
