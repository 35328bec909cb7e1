import { ArrowLeft, Download, FileWarning, Lock, LockOpen, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '../../../common/errors';
import type { RecordingDetail, RecordingSummary } from '../../../common/recording/models';
import { useBridge, useLanguage, useNavigation, useServices } from '../../app/AppContext';
import { Page } from '../../app/Page';
import { useClock } from '../../app/useClock';
import { useScreenFocus } from '../../app/useScreenFocus';
import { formatBytes, formatDate, formatDuration, formatTime } from '../../i18n/format';
import type { RecordingPlayer } from '../../media/ports';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { HoldDialog } from '../retention/HoldDialog';
import { ConsentClips } from './ConsentClips';
import { SaveReceiptsButton } from '../letters/SaveReceiptsButton';
import { DeleteRecordingDialog } from './DeleteRecordingDialog';
import { ExportDialog } from './ExportDialog';
import { Player } from './Player';
import { recordingHold } from './recordingHold';
import { Retention } from './Retention';

type Loaded =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly detail: RecordingDetail }
  | { readonly phase: 'failed'; readonly code: ErrorCode };

export function RecordingScreen({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const { createPlayer } = useServices();
  const go = useNavigation((state) => state.go);
  const [loaded, setLoaded] = useState<Loaded>({ phase: 'loading' });
  /** What is played: changes only when there is something else to play, not when, say, a size did. */
  const [playable, setPlayable] = useState<RecordingDetail | null>(null);
  const [player, setPlayer] = useState<RecordingPlayer | null>(null);
  /** Where one was watching: it goes on there when what is played has changed. */
  const watched = useRef(0);

  useEffect(() => {
    let stopped = false;
    const read = () =>
      void bridge['recordings.get']({ recordingId }).then((result) => {
        if (stopped) return;
        if (result.ok)
          setPlayable((before) => (before !== null && sameMedia(before, result.value) ? before : result.value));
        setLoaded(result.ok ? { phase: 'ready', detail: result.value } : { phase: 'failed', code: result.error.code });
      });
    read();
    // Somebody may take back consent while one watches.
    const stop = bridge.on('recordings.changed', read);
    return () => {
      stopped = true;
      stop();
    };
  }, [bridge, recordingId]);

  const detail = loaded.phase === 'ready' ? loaded.detail : null;
  useEffect(() => {
    if (playable === null) return undefined;
    const created = createPlayer(playable);
    if (watched.current > 0) created.seek(watched.current);
    setPlayer(created);
    return () => {
      setPlayer(null);
      watched.current = created.store.getState().positionMs;
      created.dispose();
    };
  }, [createPlayer, playable]);

  return (
    <Page flush>
      {loaded.phase === 'failed' ? (
        <div className="column recording-failed">
          <EmptyState
            icon={FileWarning}
            action={<Button onPress={() => go({ page: 'recordings' })}>{t('recordings.backToList')}</Button>}
          >
            <strong>{t(`errors.${loaded.code}.what`)}</strong> {t(`errors.${loaded.code}.meaning`)}
          </EmptyState>
        </div>
      ) : (
        <div className="player">
          {detail !== null && <PlayerHead detail={detail} />}
          {detail !== null && player !== null && !detail.onlyClips && <Player detail={detail} player={player} />}
          {detail !== null && <ConsentClips detail={detail} />}
        </div>
      )}
    </Page>
  );
}

function sameMedia(one: RecordingDetail, other: RecordingDetail): boolean {
  const media = ({ tracks, cuts }: RecordingDetail) =>
    [...tracks.map(({ id, url }) => `${id} ${url}`), ...cuts.map(({ fromMs, toMs }) => `${fromMs} ${toMs}`)].join('\n');
  return media(one) === media(other);
}

function PlayerHead({ detail }: { detail: RecordingDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const heading = useScreenFocus();
  const go = useNavigation((state) => state.go);
  const [exporting, setExporting] = useState(false);
  const [deleting, setDeleting] = useState<RecordingSummary | null>(null);
  const [holding, setHolding] = useState<RecordingSummary | null>(null);
  const toList = () => go({ page: 'recordings' });
  return (
    <header className="player-head">
      <IconButton label={t('recordings.backToList')} icon={ArrowLeft} onPress={toList} />
      <div className="player-title">
        <h1 ref={heading} tabIndex={-1}>
          {detail.title}
        </h1>
        <p className="times">
          {[
            t('common.dayAtTime', {
              day: formatDate(detail.startedAt, language),
              time: formatTime(detail.startedAt, language),
            }),
            formatDuration(detail.durationMs, language),
            formatBytes(detail.bytes, language),
            detail.purpose,
          ].join(' · ')}
        </p>
      </div>
      <Retention deleteAfter={detail.deleteAfter} now={now} held={detail.hold !== null} />
      {!detail.onlyClips && (
        <Button icon={Download} onPress={() => setExporting(true)}>
          {t('recordings.export')}
        </Button>
      )}
      <IconButton
        label={t(detail.hold === null ? 'retention.hold' : 'retention.lift')}
        icon={detail.hold === null ? Lock : LockOpen}
        onPress={() => setHolding(detail)}
      />
      <SaveReceiptsButton recordingId={detail.id} />
      <IconButton label={t('recordings.delete')} icon={Trash2} onPress={() => setDeleting(detail)} />
      <ExportDialog detail={detail} isOpen={exporting} onClose={() => setExporting(false)} />
      <HoldDialog subject={recordingHold(holding)} onClose={() => setHolding(null)} />
      <DeleteRecordingDialog recording={deleting} onClose={() => setDeleting(null)} onDeleted={toList} />
    </header>
  );
}
