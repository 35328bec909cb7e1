import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useMedia, useNotify } from '../../app/AppContext';

/** Says what the host and co-hosts have done that concerns oneself. */
export function ModerationNews({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { say } = useNotify();
  const before = useRef(meeting);
  const wasOn = useMedia(({ microphone: { phase } }) => phase === 'on' || phase === 'starting');

  useEffect(
    () =>
      bridge.on('session.muteRequested', ({ byName }) => {
        // Whoever was silent already need not hear of it.
        if (wasOn) say(t('moderation.mutedBy', { name: byName }), t('moderation.mutedByHint'));
      }),
    [bridge, say, t, wasOn],
  );

  useEffect(
    () =>
      bridge.on('session.turnedAway', ({ name }) =>
        say(t('room.turnedAway', { name }), t('room.turnedAwayHint', { count: limits.participants })),
      ),
    [bridge, say, t],
  );

  useEffect(() => {
    const { role: old } = before.current;
    before.current = meeting;
    // Whoever becomes or stops being the host is told so elsewhere.
    if (old === meeting.role || old === 'host' || meeting.role === 'host') return;
    const host = meeting.participants.find(({ role }) => role === 'host');
    if (meeting.role === 'guest') say(t('moderation.youAreNoCoHost'));
    else say(t('moderation.youAreCoHost', { name: host?.name ?? '' }), t('moderation.youAreCoHostHint'));
  }, [meeting, say, t]);

  return null;
}
