import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../../common/meeting/sessionState';
import { useMedia } from '../../../app/AppContext';
import { formatList } from '../../../i18n/format';

/** The names of those who get no picture of this person just now, to keep the sound clear; null: nobody. */
export function useOwnPicturePausedFor(meeting: MeetingState): string | null {
  const { i18n } = useTranslation();
  const quality = useMedia((state) => state.quality);
  const names = meeting.participants.filter(({ id }) => quality[id]?.ownPicturePaused === true).map(({ name }) => name);
  return names.length === 0 ? null : formatList(names, i18n.language === 'de' ? 'de' : 'en');
}
