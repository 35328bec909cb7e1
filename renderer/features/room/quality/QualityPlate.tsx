import { ImageOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../../common/meeting/models';
import { useMedia } from '../../../app/AppContext';
import { SignalBars } from './SignalBars';

/** On a tile: that the connection to this person is not good, or that no picture of theirs comes. Nothing while all is well. */
export function QualityPlate({ person }: { person: Participant }) {
  const { t } = useTranslation();
  const quality = useMedia((state) => state.quality[person.id]);
  const connected = useMedia((state) => state.remote[person.id]?.connection === 'connected');
  if (quality === undefined || !connected) return null;
  const weak = quality.level !== 'good';
  if (!weak && !quality.theirPicturePaused) return null;
  return (
    <div className="tile-quality">
      {quality.theirPicturePaused && (
        <p className="plate">
          <ImageOff size={15} strokeWidth={2.2} aria-hidden />
          {t(weak ? 'quality.theirPaused' : 'quality.theirMissing')}
        </p>
      )}
      {weak && (
        <p className="plate">
          <SignalBars level={quality.level} size={16} />
          {t(quality.level === 'bad' ? 'quality.bad' : 'quality.weak')}
        </p>
      )}
    </div>
  );
}
