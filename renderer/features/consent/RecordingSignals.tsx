import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingKind, RecordingState } from '../../../common/consent/models';
import { useNotify, useRecording } from '../../app/AppContext';
import { isWaiting, recordedKinds } from './recordedKinds';
import { playRecordingTone } from './recordingTone';
import { useKindList } from './useRecordingMark';

const phaseOf = (recording: RecordingState | null) =>
  recording === null ? 'none' : isWaiting(recording) ? 'waiting' : 'recording';
type Phase = ReturnType<typeof phaseOf>;

interface Heard {
  readonly running: string | null;
  readonly own: string;
  readonly phase: Phase;
}

/** Beginning, pause and end of a recording, and every change of one's own part in it, to be heard (R8). */
export function RecordingSignals({ selfId }: { selfId: string }) {
  const { t } = useTranslation();
  const { announce } = useNotify();
  const listKinds = useKindList();
  const running = useRecording((state) => state.recording?.request.recordingId ?? null);
  const phase = useRecording((state) => phaseOf(state.recording));
  const name = useRecording((state) => state.recording?.request.controllerName ?? '');
  const own = useRecording(({ recording }) => (recording === null ? '' : recordedKinds(recording, selfId).join(',')));
  const asked = useRecording((state) => state.recording?.asked === true);
  const previous = useRef<Heard>({ running: null, own: '', phase: 'none' });

  useEffect(() => {
    const before = previous.current;
    previous.current = { running, own, phase };
    if (before.running !== running || before.phase !== phase) {
      const asks = before.running !== running && asked ? [t('consent.announceAsked')] : [];
      announce([announcement(phase, before.phase), ...asks].join(' '));
      // No sound is no reason to stop: the strip and the announcement say it too.
      const wasHeard = before.phase === 'recording';
      if (phase === 'recording' || wasHeard) playRecordingTone(phase === 'recording').catch(() => undefined);
    } else if (running !== null && before.own !== own) {
      const kinds = own === '' ? [] : (own.split(',') as RecordingKind[]);
      announce(kinds.length === 0 ? t('consent.nothingOfYou') : t('consent.ofYou', { kinds: listKinds(kinds) }));
    }

    function announcement(now: Phase, then: Phase): string {
      switch (now) {
        case 'none':
          return t(then === 'recording' ? 'consent.announceStopped' : 'consent.announceDropped');
        case 'waiting':
          return t(then === 'recording' ? 'consent.announcePaused' : 'consent.announceWaits', { name });
        case 'recording':
          return t('consent.announceStarted', { name });
      }
    }
  }, [announce, asked, listKinds, name, own, phase, running, t]);

  return null;
}
