import { useTranslation } from 'react-i18next';
import type { ConsentRequest } from '../../../common/consent/models';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

/** The question put aside: the host waits, and nothing of the person is recorded. */
export function ConsentWaiting({ request, onAnswer }: { request: ConsentRequest; onAnswer: () => void }) {
  const { t } = useTranslation();
  return (
    <Banner
      role="region"
      title={t('consent.waiting', { name: request.controllerName })}
      actions={<Button onPress={onAnswer}>{t('consent.answerNow')}</Button>}
    >
      {t('consent.waitingText')}
    </Banner>
  );
}
