import { DoorClosedLocked, ShieldAlert, TriangleAlert, WifiOff, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorCategories, type ErrorCategory, type ErrorCode } from '../../../common/errors';
import { useBridge, useNavigation, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { StatusScreen } from './StatusScreen';
import { openAttempt } from './openAttempt';

const icons: Readonly<Record<ErrorCategory, LucideIcon>> = {
  network: WifiOff,
  permission: DoorClosedLocked,
  input: TriangleAlert,
  storage: TriangleAlert,
  state: TriangleAlert,
  internal: TriangleAlert,
};

/** Trying the very same thing again can't help here. */
const final: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'join/certificate-mismatch',
  'join/version-newer',
  'join/version-older',
  'join/code-wrong',
  'join/meeting-unknown',
  'invite/expired',
  'invite/foreign',
  'invite/malformed',
  'invite/newer-version',
]);

export function FailedScreen({ code }: { code: ErrorCode }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const attempt = useNavigation((state) => state.lastAttempt);
  const dismiss = () => run(bridge['session.dismiss']());
  const icon = code === 'join/certificate-mismatch' ? ShieldAlert : icons[errorCategories[code]];

  return (
    <StatusScreen
      icon={icon}
      tone="trouble"
      title={t(`errors.${code}.what`)}
      actions={
        <>
          <Button onPress={() => void dismiss()}>{t('join.backToStart')}</Button>
          {attempt !== null && !final.has(code) && (
            <Button
              look="primary"
              onPress={() => {
                void dismiss().then((result) => (result.ok ? run(openAttempt(bridge, attempt)) : result));
              }}
            >
              {t('join.tryAgain')}
            </Button>
          )}
        </>
      }
    >
      <p>{t(`errors.${code}.meaning`)}</p>
      <p className="status-todo">{t(`errors.${code}.todo`)}</p>
    </StatusScreen>
  );
}
