import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useNotify } from '../../app/AppContext';

/** Locks the app, or says what is missing for that. */
export function useLockNow(): () => void {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { say, failed } = useNotify();
  return useCallback(() => {
    void bridge['lock.now']().then((result) => {
      if (result.ok) return;
      if (result.error.code === 'lock/nothing-opens') say(t('lock.nothingOpens'), t('lock.nothingOpensText'));
      else failed(result.error.code);
    });
  }, [bridge, failed, say, t]);
}
