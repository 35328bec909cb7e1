import { useTranslation } from 'react-i18next';
import type { RecordingState } from '../../../../common/consent/models';
import type { MeetingState } from '../../../../common/meeting/sessionState';
import { useLanguage, useMedia } from '../../../app/AppContext';
import { formatList } from '../../../i18n/format';
import { recordedKinds } from '../recordedKinds';

/**
 * While somebody speaks who is kept out, nobody's sound is recorded: said to the host and to those whose sound it is, and
 * not to whoever speaks, who should speak freely. Read out to nobody, as it comes and goes with every sentence.
 */
export function SoundPaused({ recording, meeting }: { recording: RecordingState; meeting: MeetingState }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const pausedFor = useMedia((state) => state.pausedFor);
  const names = meeting.participants
    .filter(({ id }) => id !== meeting.selfId && pausedFor.includes(id))
    .map(({ name }) => name);
  const isConcerned = meeting.role === 'host' || recordedKinds(recording, meeting.selfId).includes('audio');
  if (names.length === 0 || !isConcerned) return null;
  const text = t('clip.soundPaused', { count: names.length, names: formatList(names, language) });
  return (
    <span className="strip-paused" title={text} data-testid="sound-paused">
      {text}
    </span>
  );
}
