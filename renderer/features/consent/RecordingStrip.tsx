import { useTranslation } from 'react-i18next';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { RecordingState } from '../../../common/consent/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useLanguage } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatClock, formatList } from '../../i18n/format';
import { SoundPaused } from './clip/SoundPaused';
import { MyRecording } from './MyRecording';
import { isWaiting, missingPeople, recordedKinds, waitingKinds } from './recordedKinds';
import { RecordingTrouble } from './RecordingTrouble';
import { useKindList } from './useRecordingMark';

export interface RecordingStripProps {
  readonly recording: RecordingState;
  readonly meeting: MeetingState;
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onAnswer: () => void;
  readonly onStop: () => void;
}

/**
 * As long as anything is recorded, everybody sees it, and nobody can close it (R8): the dot, the word, the time, who. A
 * recording that waits until everybody agrees looks otherwise: nothing claims to be recorded that is not.
 */
export function RecordingStrip({ recording, meeting, isOpen, onOpenChange, onAnswer, onStop }: RecordingStripProps) {
  const { t } = useTranslation();
  const now = useClock(1_000);
  const waiting = isWaiting(recording);
  const text = useStripText(recording, meeting);

  return (
    <>
      <section
        className={waiting ? 'strip strip-waiting' : 'strip'}
        aria-label={t('consent.strip')}
        data-testid="recording-indicator"
      >
        <span className="strip-dot" aria-hidden />
        <strong className="strip-word">{t(waiting ? 'consent.recordingWaits' : 'consent.recording')}</strong>
        {!waiting && <span className="strip-time times">{formatClock(now - recording.startedAt)}</span>}
        <span className="strip-who" title={text}>
          {text}
        </span>
        <SoundPaused recording={recording} meeting={meeting} />
        <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
          <AriaButton className="strip-button">{t('consent.mine')}</AriaButton>
          <Popover className="popover mine-popover" placement="bottom end" offset={8}>
            <Dialog className="mine">
              <Heading slot="title" level={2}>
                {t('consent.mine')}
              </Heading>
              <MyRecording recording={recording} meeting={meeting} onAnswer={onAnswer} />
            </Dialog>
          </Popover>
        </DialogTrigger>
        {meeting.role === 'host' && (
          <AriaButton className="strip-button strip-stop" onPress={onStop}>
            {t('consent.stop')}
          </AriaButton>
        )}
      </section>
      {recording.trouble !== null && <RecordingTrouble trouble={recording.trouble} onStop={onStop} />}
    </>
  );
}

function useStripText(recording: RecordingState, meeting: MeetingState): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const listKinds = useKindList();
  const nameList = (people: readonly { readonly name: string }[]) =>
    formatList(
      people.map(({ name }) => name),
      language,
    );
  const others = meeting.participants.filter(({ id }) => id !== meeting.selfId);
  const waits = waitingKinds(recording);
  const missing = missingPeople(recording, others);
  // Only the host is told whom it depends on, so that nobody is looked at for a No.
  const people = meeting.role === 'host' && missing.length > 0 ? nameList(missing) : null;
  const objecting = others.filter(({ id }) => recording.objected.includes(id));
  const objected =
    objecting.length === 0 ? [] : [t('rights.stripObjected', { people: nameList(objecting), count: objecting.length })];
  if (isWaiting(recording)) {
    const asked = missing.filter((one) => !objecting.includes(one));
    if (objecting.length === 0 || asked.length > 0) {
      const word = people === null ? t('consent.waitsText') : t('consent.missing', { people: nameList(asked) });
      return [word, ...objected].join(' · ');
    }
    return t('rights.blocks', { people: nameList(objecting), count: objecting.length });
  }

  const own = recordedKinds(recording, meeting.selfId);
  const recorded = others.filter(({ id }) => recordedKinds(recording, id).length > 0);
  return [
    own.length > 0 ? t('consent.ofYou', { kinds: listKinds(own) }) : t('consent.nothingOfYou'),
    ...(waits.length === 0 ? [] : [partText()]),
    recorded.length > 0
      ? t(own.length > 0 ? 'consent.alsoIn' : 'consent.onlyIn', { people: nameList(recorded) })
      : t('consent.nobodyElseIn'),
    ...objected,
  ].join(' · ');

  function partText(): string {
    const kinds = listKinds(waits);
    return people === null ? t('consent.partWaits', { kinds }) : t('consent.partWaitsFor', { kinds, people });
  }
}
