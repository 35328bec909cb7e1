import { FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MeetingSummary } from '../../../common/meeting/models';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { RegistrationAnswers } from './RegistrationAnswers';
import { useRegistrations } from './useRegistrations';

/** What guests told at the door of a meeting hosted here, or what oneself told the host. Nothing where nobody was asked. */
export function MeetingRegistered({ meeting: { meetingId, hostName } }: { meeting: MeetingSummary }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const registrations = useRegistrations(meetingId);

  async function save() {
    const result = await run(bridge['registrations.save']({ meetingId, language }));
    if (result.ok && result.value !== null) say(t('registration.saved', { file: result.value.fileName }));
  }

  if (registrations === null) return null;
  const { received, given } = registrations;
  return (
    <>
      {received.length > 0 && (
        <section className="registered" aria-labelledby="registered-title">
          <header>
            <h3 id="registered-title">{t('registration.received')}</h3>
            <Button icon={FileSpreadsheet} look="quiet" onPress={() => void save()}>
              {t('registration.save')}
            </Button>
          </header>
          <p className="small">{t('registration.receivedHint')}</p>
          <ul className="registered-people">
            {received.map(({ identityKey, name, deleteAfter, answers }) => (
              <li key={identityKey}>
                <p>
                  <strong>{name}</strong>{' '}
                  <span className="small times">
                    {t('registration.until', { date: formatDate(deleteAfter, language) })}
                  </span>
                </p>
                <RegistrationAnswers answers={answers} label={t('registration.of', { name })} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {given.length > 0 && (
        <section className="registered" aria-labelledby="told-title">
          <h3 id="told-title">{t('registration.given', { name: hostName })}</h3>
          <p className="small">{t('registration.givenHint')}</p>
          <RegistrationAnswers answers={given} label={t('registration.given', { name: hostName })} />
        </section>
      )}
    </>
  );
}
