import { CircleHelp, DoorOpen, Mic, MicOff, UserPlus, Video, VideoOff, Volume2, VolumeX } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useMedia, useRun, useServices } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { classNames } from '../../ui/classNames';

export interface LockedMeetingProps {
  readonly isHost: boolean;
  readonly isRecording: boolean;
  readonly isAsked: boolean;
  readonly somebodyKnocks: boolean;
}

/** That a meeting goes on behind the lock, and what of oneself is in it. Everything here only takes away. */
export function LockedMeeting({ isHost, isRecording, isAsked, somebodyKnocks }: LockedMeetingProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { media } = useServices();
  const micOn = useMedia((state) => state.microphone.phase === 'on');
  const cameraOn = useMedia((state) => state.camera.phase === 'on');
  const silenced = useMedia((state) => state.silenced);
  const [leaving, setLeaving] = useState(false);

  return (
    <section className="locked-meeting" aria-labelledby="locked-meeting">
      <header className="locked-head">
        <h2 id="locked-meeting">{t('lock.meeting')}</h2>
        {isRecording && (
          <span className="locked-recording">
            <span className="strip-dot" aria-hidden />
            {t('lock.recording')}
          </span>
        )}
      </header>
      <ul className="locked-facts">
        <Fact icon={micOn ? Mic : MicOff} on={micOn} text={micOn ? t('lock.microphoneOn') : t('lock.microphoneOff')}>
          {micOn && <Button onPress={() => void media.setMicrophone(false)}>{t('lock.turnMicrophoneOff')}</Button>}
        </Fact>
        <Fact
          icon={cameraOn ? Video : VideoOff}
          on={cameraOn}
          text={cameraOn ? t('lock.cameraOn') : t('lock.cameraOff')}
        >
          {cameraOn && <Button onPress={() => void media.setCamera(false)}>{t('lock.turnCameraOff')}</Button>}
        </Fact>
        <Fact
          icon={silenced ? VolumeX : Volume2}
          on={!silenced}
          text={silenced ? t('lock.soundOff') : t('lock.soundOn')}
        >
          {!silenced && <Button onPress={() => media.setSilenced(true)}>{t('lock.silence')}</Button>}
        </Fact>
        {isAsked && <Fact icon={CircleHelp} on text={t('lock.question')} />}
        {somebodyKnocks && <Fact icon={UserPlus} on text={t('lock.knock')} />}
      </ul>
      <div>
        <Button icon={DoorOpen} onPress={() => setLeaving(true)}>
          {t('lock.leave')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('lock.leaveTitle')}
        isOpen={leaving}
        confirm={t('lock.leaveNow')}
        onConfirm={() => void run(bridge['session.leave']())}
        onClose={() => setLeaving(false)}
      >
        <p>{isHost ? t('lock.leaveTextHost') : t('lock.leaveText')}</p>
      </ConfirmDialog>
    </section>
  );
}

function Fact({
  icon: Icon,
  on,
  text,
  children,
}: {
  icon: LucideIcon;
  on: boolean;
  text: string;
  children?: ReactNode;
}) {
  return (
    <li className={classNames('locked-fact', on && 'locked-fact-on')}>
      <Icon size={20} strokeWidth={1.9} aria-hidden />
      <span className="locked-fact-text" role="status">
        {text}
      </span>
      {children}
    </li>
  );
}
