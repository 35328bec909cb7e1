import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { LockSecret } from '../../../common/lock';
import { useBridge, useNotify, useRecording, useServices, useSession } from '../../app/AppContext';
import { Threshold } from '../vault/Threshold';
import { LockedMeeting } from './LockedMeeting';
import { UnlockForm } from './UnlockForm';
import './lock.css';

/** All there is of a locked app: what it is called, how to open it, and what of oneself is in a running meeting. */
export function LockScreen({ secret }: { secret: LockSecret }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { media, stores } = useServices();
  const { say } = useNotify();
  const session = useSession((state) => state.session);
  const recording = useRecording((state) => state.recording);
  const meeting = session.phase === 'meeting' ? session.meeting : null;

  useEffect(() => () => media.setSilenced(false), [media]);

  async function unlock(typed: string) {
    const result = await bridge['lock.unlock']({ secret: typed });
    // While the recording still runs, the room says it, with a way to agree after all.
    if (result.ok && result.value.missedQuestion && stores.recording.getState().recording === null) {
      say(t('lock.missedQuestion'), t('lock.missedQuestionText'));
    }
    return result;
  }

  return (
    <Threshold title={t('lock.title')} intro={meeting === null ? t('lock.intro') : t('lock.introMeeting')}>
      <UnlockForm secret={secret} onUnlock={unlock} />
      {meeting !== null && (
        <LockedMeeting
          isHost={meeting.role === 'host'}
          isRecording={recording !== null}
          isAsked={recording?.asked === true}
          somebodyKnocks={meeting.lobby.length > 0}
        />
      )}
    </Threshold>
  );
}
