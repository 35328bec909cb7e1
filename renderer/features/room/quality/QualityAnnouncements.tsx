import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../../common/meeting/sessionState';
import { useMedia, useNotify } from '../../../app/AppContext';
import type { QualityLevel } from '../../../stores/mediaStore';
import { qualitySentence } from './qualitySentence';
import { useOwnPicturePausedFor } from './useOwnPicturePausedFor';

/** Says, for those who do not see it, when a connection turns bad and when it is good again. Weak ones come and go unsaid. */
export function QualityAnnouncements({ meeting }: { meeting: MeetingState }) {
  const { t, i18n } = useTranslation();
  const { announce } = useNotify();
  const quality = useMedia((state) => state.quality);
  const pausedFor = useOwnPicturePausedFor(meeting);
  const said = useRef(new Map<string, QualityLevel>());

  useEffect(() => {
    for (const { id, name } of meeting.participants) {
      const now = quality[id];
      const before = said.current.get(id) ?? 'good';
      if (now === undefined || now.level === 'weak' || now.level === before) continue;
      said.current.set(id, now.level);
      announce(qualitySentence(t, name, now, i18n.language) ?? t('quality.goodAgain', { name }));
    }
  }, [announce, i18n.language, meeting.participants, quality, t]);

  useEffect(() => {
    if (pausedFor !== null) announce(t('quality.ownPaused', { names: pausedFor }));
  }, [announce, pausedFor, t]);

  return null;
}
