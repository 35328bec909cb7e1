import { ImageOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../../common/meeting/sessionState';
import { useOwnPicturePausedFor } from './useOwnPicturePausedFor';

/** On the own tile: for whom the own picture is paused. */
export function OwnPicturePlate({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const names = useOwnPicturePausedFor(meeting);
  if (names === null) return null;
  return (
    <div className="tile-quality">
      <p className="plate">
        <ImageOff size={15} strokeWidth={2.2} aria-hidden />
        {t('quality.ownPaused', { names })}
      </p>
    </div>
  );
}
