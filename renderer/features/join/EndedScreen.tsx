import { DoorClosed, DoorOpen, UserX, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EndReason } from '../../../common/meeting/sessionState';
import { useBridge, useLanguage, useLibrary, useNavigation, useRun } from '../../app/AppContext';
import { formatDuration } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { StatusScreen } from './StatusScreen';
import { openAttempt } from './openAttempt';

const looks = {
  left: { icon: DoorOpen, title: 'join.endedLeft', text: 'join.endedLeftText' },
  'ended-by-me': { icon: DoorClosed, title: 'join.endedByMe', text: 'join.endedByMeText' },
  'ended-by-host': { icon: DoorClosed, title: 'join.endedByHost', text: 'join.endedByHostText' },
  removed: { icon: UserX, title: 'join.endedRemoved', text: 'join.endedRemovedText' },
  'host-vanished': { icon: WifiOff, title: 'join.endedVanished', text: 'join.endedVanishedText' },
  'place-gone': { icon: WifiOff, title: 'join.endedPlaceGone', text: 'join.endedPlaceGoneText' },
} as const satisfies Record<EndReason, object>;

export function EndedScreen({ reason, title, durationMs }: { reason: EndReason; title: string; durationMs: number }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const attempt = useNavigation((state) => state.lastAttempt);
  const go = useNavigation((state) => state.go);
  const recordings = useLibrary((state) => state.recordings);
  const look = looks[reason];
  const canReturn = attempt !== null && (reason === 'left' || reason === 'host-vanished' || reason === 'place-gone');
  const recorded = reason === 'ended-by-me' && recordings?.some((recording) => recording.title === title) === true;
  const dismiss = () => run(bridge['session.dismiss']());

  return (
    <StatusScreen
      icon={look.icon}
      title={t(look.title)}
      actions={
        <>
          {canReturn && (
            <Button
              onPress={() => {
                void dismiss().then((result) => (result.ok ? run(openAttempt(bridge, attempt)) : result));
              }}
            >
              {t('join.knockAgain')}
            </Button>
          )}
          {recorded && (
            <Button
              onPress={() => {
                void dismiss().then(() => go({ page: 'recordings' }));
              }}
            >
              {t('join.toRecordings')}
            </Button>
          )}
          <Button look="primary" onPress={() => void dismiss()}>
            {t('join.toStart')}
          </Button>
        </>
      }
    >
      <p>{t(look.text)}</p>
      <p className="status-facts times">
        {t('join.endedFacts', { title, duration: formatDuration(durationMs, language) })}
      </p>
    </StatusScreen>
  );
}
