import { useTranslation } from 'react-i18next';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { RecordingState } from '../../../common/consent/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useLanguage } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatClock, formatList } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { MyRecording } from './MyRecording';
import { recordedKinds } from './recordedKinds';
import { useKindList } from './useRecordingMark';

/** What is wrong with the disk, by the key of its text. */
const troubleTexts = {
  'disk-full': 'diskFull',
  'disk-gone': 'diskGone',
  'write-failed': 'writeFailed',
  'too-slow': 'tooSlow',
} as const satisfies Record<NonNullable<RecordingState['trouble']>, string>;

export interface RecordingStripProps {
  readonly recording: RecordingState;
  readonly meeting: MeetingState;
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onStop: () => void;
}

/** As long as anything is recorded, everybody sees it, and nobody can close it (R8): the dot, the word, the time, who. */
export function RecordingStrip({ recording, meeting, isOpen, onOpenChange, onStop }: RecordingStripProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(1_000);
  const listKinds = useKindList();
  const own = recordedKinds(recording, meeting.selfId);
  const others = meeting.participants.filter(
    ({ id }) => id !== meeting.selfId && recordedKinds(recording, id).length > 0,
  );

  return (
    <>
      <section className="strip" aria-label={t('consent.strip')} data-testid="recording-indicator">
        <span className="strip-dot" aria-hidden />
        <strong className="strip-word">{t('consent.recording')}</strong>
        <span className="strip-time times">{formatClock(now - recording.startedAt)}</span>
        <span className="strip-who">
          {own.length > 0 ? t('consent.ofYou', { kinds: listKinds(own) }) : t('consent.nothingOfYou')}
          {' · '}
          {others.length > 0
            ? t(own.length > 0 ? 'consent.alsoIn' : 'consent.onlyIn', {
                people: formatList(
                  others.map(({ name }) => name),
                  language,
                ),
              })
            : t('consent.nobodyElseIn')}
        </span>
        <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
          <AriaButton className="strip-button">{t('consent.mine')}</AriaButton>
          <Popover className="popover mine-popover" placement="bottom end" offset={8}>
            <Dialog className="mine">
              <Heading slot="title" level={2}>
                {t('consent.mine')}
              </Heading>
              <MyRecording recording={recording} meeting={meeting} />
            </Dialog>
          </Popover>
        </DialogTrigger>
        {meeting.role === 'host' && (
          <AriaButton className="strip-button strip-stop" onPress={onStop}>
            {t('consent.stop')}
          </AriaButton>
        )}
      </section>
      {recording.trouble !== null && (
        <div className="strip-trouble">
          <Banner
            tone="danger"
            role="alert"
            title={t(`consent.${troubleTexts[recording.trouble]}`)}
            actions={<Button onPress={onStop}>{t('consent.stop')}</Button>}
          >
            {t(`consent.${troubleTexts[recording.trouble]}Text`)}
          </Banner>
        </div>
      )}
    </>
  );
}
