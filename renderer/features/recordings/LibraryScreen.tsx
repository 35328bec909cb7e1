import { Disc2, Ellipsis, Lock, LockOpen, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { RecordingSummary } from '../../../common/recording/models';
import { useLanguage, useLibrary, useNavigation } from '../../app/AppContext';
import { Page } from '../../app/Page';
import { useClock } from '../../app/useClock';
import { useScreenFocus } from '../../app/useScreenFocus';
import { formatBytes, formatDate, formatDay, formatDuration, formatList, formatTime } from '../../i18n/format';
import { Avatar } from '../../ui/Avatar';
import { EmptyState } from '../../ui/EmptyState';
import { Menu } from '../../ui/Menu';
import { Spinner } from '../../ui/Spinner';
import { ReadLetterButton } from '../letters/ReadLetterButton';
import { WithdrawalNewsBanner } from '../letters/WithdrawalNewsBanner';
import { HoldDialog } from '../retention/HoldDialog';
import { DeleteRecordingDialog } from './DeleteRecordingDialog';
import { RecoveredBanner } from './RecoveredBanner';
import { recordingHold } from './recordingHold';
import { Retention } from './Retention';

export function LibraryScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const heading = useScreenFocus();
  const recordings = useLibrary((state) => state.recordings);
  const [deleting, setDeleting] = useState<RecordingSummary | null>(null);
  const [holding, setHolding] = useState<RecordingSummary | null>(null);
  const listed = recordings?.filter(({ phase }) => phase !== 'recovered') ?? null;
  const bytes = recordings?.reduce((sum, recording) => sum + recording.bytes, 0) ?? 0;

  return (
    <Page>
      <div className="column">
        <header className="page-head">
          <div>
            <h1 ref={heading} tabIndex={-1}>
              {t('recordings.title')}
            </h1>
            <p>{t('recordings.intro')}</p>
          </div>
          <div className="letter-buttons">
            {bytes > 0 && <p className="times">{t('recordings.total', { size: formatBytes(bytes, language) })}</p>}
            <ReadLetterButton />
          </div>
        </header>
        <WithdrawalNewsBanner />
        <RecoveredBanner />
        {listed !== null && listed.length === 0 && <EmptyState icon={Disc2}>{t('recordings.empty')}</EmptyState>}
        {listed !== null && listed.length > 0 && (
          <ul className="rows library">
            {listed.map((recording) => (
              <li key={recording.id} className="library-item">
                <RecordingRow recording={recording} />
                <Menu
                  label={t('recordings.actionsFor', { title: recording.title })}
                  entries={[
                    {
                      id: 'hold',
                      label: t(recording.hold === null ? 'retention.hold' : 'retention.lift'),
                      icon: recording.hold === null ? Lock : LockOpen,
                      onAction: () => setHolding(recording),
                    },
                    {
                      id: 'delete',
                      label: t('recordings.delete'),
                      icon: Trash2,
                      danger: true,
                      onAction: () => setDeleting(recording),
                    },
                  ]}
                  trigger={
                    <Button
                      className="icon-button"
                      aria-label={t('recordings.actionsFor', { title: recording.title })}
                      isDisabled={recording.phase === 'recording'}
                    >
                      <Ellipsis size={20} aria-hidden />
                    </Button>
                  }
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      <HoldDialog subject={recordingHold(holding)} onClose={() => setHolding(null)} />
      <DeleteRecordingDialog recording={deleting} onClose={() => setDeleting(null)} />
    </Page>
  );
}

function RecordingRow({ recording }: { recording: RecordingSummary }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const go = useNavigation((state) => state.go);
  const { id, title, purpose, startedAt, durationMs, bytes, deleteAfter, hold, onlyClips, phase, people } = recording;
  const recorded = people.filter(({ kinds }) => kinds.length > 0);
  const ready = phase === 'ready';

  return (
    <Button className="row library-row" isDisabled={!ready} onPress={() => go({ page: 'recording', recordingId: id })}>
      <span className={ready ? 'library-play' : 'library-play library-busy'} aria-hidden>
        {ready ? <Play size={18} fill="currentColor" strokeWidth={0} /> : <Spinner size={20} />}
      </span>
      <span className="row-main">
        <span className="row-title">{title}</span>
        <span className="row-sub">
          {onlyClips ? t('clip.only', { date: formatDate(deleteAfter, language) }) : purpose}
        </span>
      </span>
      <span className="library-people">
        <span className="avatars" aria-hidden>
          {recorded.slice(0, 4).map(({ participantId, identityKey, name }) => (
            <Avatar key={participantId} id={identityKey} name={name} size={30} />
          ))}
        </span>
        <span className="visually-hidden">
          {recorded.length > 0
            ? formatList(
                recorded.map(({ name }) => name),
                language,
              )
            : t('recordings.nobody')}
        </span>
      </span>
      <span className="row-side times library-when">
        <span>
          {t('common.dayAtTime', { day: formatDay(startedAt, now, language), time: formatTime(startedAt, language) })}
        </span>
        <span className="row-sub">
          {formatDuration(durationMs, language)} · {formatBytes(bytes, language)}
        </span>
      </span>
      <span className="library-left">
        {ready ? (
          <Retention deleteAfter={deleteAfter} now={now} held={hold !== null} />
        ) : (
          <span className="retention">
            {phase === 'recording' ? t('recordings.running') : t('recordings.finalizing')}
          </span>
        )}
      </span>
    </Button>
  );
}
