import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingState } from '../../../common/consent/models';
import { useLanguage } from '../../app/AppContext';
import { formatTime } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

/** The question put aside: the host waits, and nothing of the person is recorded. */
export function ConsentWaiting({ recording, onAnswer }: { recording: RecordingState; onAnswer: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const actions = useRef<HTMLSpanElement>(null);
  const { request, answerBy } = recording;

  useEffect(() => {
    // It comes when somebody has put the question aside: whoever did so with the keyboard finds it with the keyboard.
    actions.current?.querySelector('button')?.focus();
  }, []);

  return (
    <Banner
      role="region"
      title={t('consent.waiting', { name: request.controllerName })}
      actions={
        <span ref={actions}>
          <Button onPress={onAnswer}>{t('consent.answerNow')}</Button>
        </span>
      }
    >
      {t('consent.waitingText')}
      {answerBy !== null && ` ${t('consent.waitingUntil', { time: formatTime(answerBy, language) })}`}
    </Banner>
  );
}
