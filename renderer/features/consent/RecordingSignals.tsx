import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingKind } from '../../../common/consent/models';
import { useNotify, useRecording } from '../../app/AppContext';
import { recordedKinds } from './recordedKinds';
import { playRecordingTone } from './recordingTone';
import { useKindList } from './useRecordingMark';

/** Beginning and end of a recording, and every change of one's own part in it, to be heard (R8). */
export function RecordingSignals({ selfId }: { selfId: string }) {
  const { t } = useTranslation();
  const { announce } = useNotify();
  const listKinds = useKindList();
  const running = useRecording((state) => state.recording?.request.recordingId ?? null);
  const name = useRecording((state) => state.recording?.request.controllerName ?? '');
  const own = useRecording(({ recording }) => (recording === null ? '' : recordedKinds(recording, selfId).join(',')));
  const asked = useRecording((state) => state.recording?.asked === true);
  const previous = useRef({ running: null as string | null, own: '' });

  useEffect(() => {
    const before = previous.current;
    previous.current = { running, own };
    if (before.running !== running) {
      announce(
        running === null
          ? t('consent.announceStopped')
          : [t('consent.announceStarted', { name }), ...(asked ? [t('consent.announceAsked')] : [])].join(' '),
      );
      // No sound is no reason to stop: the strip and the announcement say it too.
      playRecordingTone(running !== null).catch(() => undefined);
    } else if (running !== null && before.own !== own) {
      const kinds = own === '' ? [] : (own.split(',') as RecordingKind[]);
      announce(kinds.length === 0 ? t('consent.nothingOfYou') : t('consent.ofYou', { kinds: listKinds(kinds) }));
    }
  }, [announce, asked, listKinds, name, own, running, t]);

  return null;
}
