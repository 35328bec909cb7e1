import { TriangleAlert } from 'lucide-react';
import type { FallbackProps } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { StatusScreen } from '../features/join/StatusScreen';
import { Button } from '../ui/Button';
import { useNavigation, useSession } from './AppContext';

/** In the place of a screen that failed. A meeting goes on behind it: neither connections nor main depend on what is shown. */
export function BrokenScreen({ resetErrorBoundary: showAgain }: FallbackProps) {
  const { t } = useTranslation();
  const inMeeting = useSession(({ session }) => session.phase === 'meeting');
  const go = useNavigation((state) => state.go);
  return (
    <StatusScreen
      icon={TriangleAlert}
      tone="trouble"
      title={t('common.broken')}
      actions={
        <>
          {!inMeeting && (
            <Button
              onPress={() => {
                go({ page: 'start' });
                showAgain();
              }}
            >
              {t('common.brokenToStart')}
            </Button>
          )}
          <Button look="primary" onPress={showAgain}>
            {t('common.brokenAgain')}
          </Button>
        </>
      }
    >
      <p>{t(inMeeting ? 'common.brokenMeeting' : 'common.brokenText')}</p>
    </StatusScreen>
  );
}
