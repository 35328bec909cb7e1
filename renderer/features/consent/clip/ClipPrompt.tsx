import { Camera, Mic } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingState } from '../../../../common/consent/models';
import { limits } from '../../../../common/meeting/limits';
import type { MeetingState } from '../../../../common/meeting/sessionState';
import { useBridge, useLanguage, useMedia, useNotify, useRun, useServices } from '../../../app/AppContext';
import { useClock } from '../../../app/useClock';
import { Button } from '../../../ui/Button';
import { clipPromptOf, spokenPurpose, type ClipPromptPhase } from './clipPrompt';
import { useClipEnd } from './useClipEnd';

/** Whoever agreed to a consent clip sees here what to say, when, and how not to; above the tiles, as it must cover no face. */
export function ClipPrompt({ recording, meeting }: { recording: RecordingState; meeting: MeetingState }) {
  const microphone = useMedia((state) => state.microphone.phase === 'on');
  const camera = useMedia((state) => state.camera.phase === 'on');
  const [hidden, setHidden] = useState(false);
  const phase = clipPromptOf(recording, meeting.selfId, { microphone, camera });
  useClipEnd(recording, meeting.selfId);

  if (phase === null || phase === 'over' || (phase === 'devices' && hidden)) return null;
  return <ClipCard phase={phase} recording={recording} meeting={meeting} onLater={() => setHidden(true)} />;
}

interface ClipCardProps {
  readonly phase: Exclude<ClipPromptPhase, 'over'>;
  readonly recording: RecordingState;
  readonly meeting: MeetingState;
  readonly onLater: () => void;
}

function ClipCard({ phase, recording, meeting, onLater }: ClipCardProps) {
  const { t } = useTranslation();
  const { media } = useServices();
  const bridge = useBridge();
  const run = useRun();
  const { announce } = useNotify();
  const sentence = useSentence(recording, meeting);
  const [busy, setBusy] = useState(false);
  const card = useRef<HTMLElement>(null);
  const seconds = limits.clipSeconds;
  const title = t(`clip.${phase}`);
  const text = t(phase === 'devices' ? 'clip.devicesText' : 'clip.sayText', { count: seconds });

  useEffect(() => {
    announce(`${title} ${text} ${sentence}`);
    // The button that was pressed may have gone; Escape and the keys must still reach somebody.
    if (document.activeElement === document.body) card.current?.focus();
  }, [announce, sentence, text, title]);

  async function withdraw() {
    setBusy(true);
    const { recordingId } = recording.request;
    await run(bridge['consent.withdraw']({ recordingId, kinds: ['clip'], scope: 'everything' }));
    setBusy(false);
  }

  return (
    <section ref={card} className={`clip clip-${phase}`} tabIndex={-1} aria-label={t('clip.label')} data-testid="clip">
      <div className="clip-words">
        <h2>{title}</h2>
        <p>{text}</p>
        <blockquote className="clip-sentence">{sentence}</blockquote>
      </div>
      {phase === 'recording' && <Countdown />}
      <div className="clip-actions">
        {phase === 'devices' && (
          <>
            <Button icon={Mic} onPress={() => void media.setMicrophone(true)}>
              {t('room.switchMicrophoneOn')}
            </Button>
            <Button icon={Camera} onPress={() => void media.setCamera(true)}>
              {t('room.switchCameraOn')}
            </Button>
            <Button look="quiet" onPress={onLater}>
              {t('clip.later')}
            </Button>
          </>
        )}
        <Button look="quiet" isDisabled={busy} onPress={() => void withdraw()}>
          {t('clip.withdraw')}
        </Button>
      </div>
    </section>
  );
}

/** From the moment the host's word arrived. Screen readers are told once how long it takes, not each second. */
function Countdown() {
  const { t } = useTranslation();
  const [since] = useState(() => Date.now());
  const now = useClock(200);
  const left = Math.max(0, limits.clipSeconds - Math.max(0, now - since) / 1_000);
  return (
    <div className="clip-countdown" aria-hidden>
      <span className="clip-dot" />
      <strong className="times">{Math.ceil(left)}</strong>
      <span>{t('clip.secondsLeft', { count: Math.ceil(left) })}</span>
    </div>
  );
}

function useSentence({ request }: RecordingState, meeting: MeetingState): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = meeting.participants.find(({ id }) => id === meeting.selfId)?.name ?? '';
  const purpose = spokenPurpose(request, language) ?? t('clip.purposeNamed');
  return meeting.role === 'host'
    ? t('clip.sentenceOwn', { name, purpose })
    : t('clip.sentence', { name, host: request.controllerName, purpose });
}
