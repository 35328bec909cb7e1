import { CircleSlash2, MessageSquare, Pause, Play, RotateCcw, RotateCw, Scissors } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { cutAt } from '../../../common/recording/cuts';
import type { Cut, RecordedPerson, RecordingDetail } from '../../../common/recording/models';
import { useLanguage } from '../../app/AppContext';
import { formatClock, formatList } from '../../i18n/format';
import type { RecordingPlayer } from '../../media/ports';
import { Banner } from '../../ui/Banner';
import { IconButton } from '../../ui/IconButton';
import { Spinner } from '../../ui/Spinner';
import { PersonTile } from '../room/PersonTile';
import { TileGrid } from '../room/TileGrid';
import { ChatTrack } from './ChatTrack';
import { CutBar } from './cut/CutBar';
import { firstRange } from './cut/markedRange';
import { Timeline } from './Timeline';
import { stepMs } from './timelineMath';
import { stepBy, togglePlaying, usePlayerKeys } from './usePlayerKeys';

/** The recording as one film: the people as in the room, what was written beside them, and a lane for each below. */
export function Player({ detail, player }: { detail: RecordingDetail; player: RecordingPlayer }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const phase = useStore(player.store, (state) => state.phase);
  const [chatOpen, setChatOpen] = useState(detail.chat.length > 0);
  const durationMs = useStore(player.store, (state) => state.durationMs);
  /** Null: nothing is being marked. */
  const [range, setRange] = useState<Cut | null>(null);
  const marked = range === null ? null : { range, onChange: setRange };
  const people = detail.people.filter(
    ({ participantId, kinds, restricted: hidden }) =>
      hidden !== true &&
      (kinds.some((kind) => kind !== 'chat') || detail.tracks.some((track) => track.participantId === participantId)),
  );

  const restricted = detail.people.filter((person) => person.restricted === true).map(({ name }) => name);

  usePlayerKeys(player);

  return (
    <div className="player-body">
      <div className="player-stage">
        <div className="player-tiles">
          <CutSlate cuts={detail.cuts} player={player} />
          {phase === 'failed' && (
            <Banner tone="danger" role="alert" title={t('errors.recording/damaged.what')}>
              {t('errors.recording/damaged.todo')}
            </Banner>
          )}
          {restricted.length > 0 && (
            <Banner title={t('rights.playerRestricted', { people: formatList(restricted, language) })}>
              {t('rights.playerRestrictedText')}
            </Banner>
          )}
          {people.length === 0 ? (
            <p className="player-nobody">
              <CircleSlash2 size={28} strokeWidth={1.5} aria-hidden />
              {t('recordings.nothingLeft')}
            </p>
          ) : (
            <TileGrid
              label={t('recordings.people')}
              tiles={people.map((person) => ({
                key: person.participantId,
                tile: <RecordedTile person={person} player={player} />,
              }))}
            />
          )}
        </div>
        {chatOpen && <ChatTrack detail={detail} player={player} />}
      </div>
      <div className="transport">
        <div className="transport-row">
          <IconButton label={t('recordings.back5')} icon={RotateCcw} onPress={() => stepBy(player, -stepMs)} />
          <Button
            className="play-button"
            aria-label={phase === 'playing' ? t('recordings.pause') : t('recordings.play')}
            isDisabled={phase === 'loading' || phase === 'failed'}
            onPress={() => togglePlaying(player)}
          >
            {phase === 'loading' ? (
              <Spinner size={22} />
            ) : phase === 'playing' ? (
              <Pause size={22} fill="currentColor" strokeWidth={0} aria-hidden />
            ) : (
              <Play size={22} fill="currentColor" strokeWidth={0} aria-hidden />
            )}
          </Button>
          <IconButton label={t('recordings.forward5')} icon={RotateCw} onPress={() => stepBy(player, stepMs)} />
          <Position player={player} />
          <span className="room-top-space" />
          <ul className="legend" aria-hidden>
            <li className="legend-video">{t('consent.video')}</li>
            <li className="legend-audio">{t('consent.audio')}</li>
            <li className="legend-chat">{t('consent.chat')}</li>
          </ul>
          <IconButton
            label={t('recordings.cutStart')}
            icon={Scissors}
            aria-expanded={range !== null}
            onPress={() => setRange(range === null ? firstRange(player.store.getState().positionMs, durationMs) : null)}
          />
          <IconButton
            label={chatOpen ? t('recordings.hideChat') : t('recordings.showChat')}
            icon={MessageSquare}
            aria-expanded={chatOpen}
            onPress={() => setChatOpen(!chatOpen)}
          />
        </div>
        <Timeline detail={detail} player={player} marked={marked} />
        {marked !== null && (
          <CutBar
            detail={detail}
            player={player}
            durationMs={durationMs}
            marked={marked}
            onClose={() => setRange(null)}
          />
        )}
      </div>
    </div>
  );
}

function Position({ player }: { player: RecordingPlayer }) {
  const seconds = useStore(player.store, (state) => Math.floor(state.positionMs / 1000));
  const duration = useStore(player.store, (state) => state.durationMs);
  return (
    <span className="position times" data-testid="position">
      {formatClock(seconds * 1000)} <span>/ {formatClock(duration)}</span>
    </span>
  );
}

/** In the place of everybody, while the film is where something was cut out. */
function CutSlate({ cuts, player }: { cuts: readonly Cut[]; player: RecordingPlayer }) {
  const { t } = useTranslation();
  const cut = useStore(player.store, ({ positionMs }) => cutAt(cuts, positionMs));
  if (cut === null) return null;
  return (
    <div className="cut-slate" role="status">
      <Scissors size={28} strokeWidth={1.5} aria-hidden />
      <strong>{t('recordings.cutSlate')}</strong>
      <span className="times">
        {formatClock(cut.fromMs)} – {formatClock(cut.toMs)}
      </span>
    </div>
  );
}

function RecordedTile({ person, player }: { person: RecordedPerson; player: RecordingPlayer }) {
  const { t } = useTranslation();
  const { participantId, identityKey, name, correctedName } = person;
  const label = correctedName === undefined ? name : `${name} (${t('rights.correctedName', { name: correctedName })})`;
  const hasPicture = useStore(player.store, (state) => (state.active[participantId]?.videoTrackId ?? null) !== null);
  const soundOn = useStore(player.store, (state) => state.active[participantId]?.audioOn === true);
  const attach = useCallback(
    (video: HTMLVideoElement | null) => player.attach(participantId, video),
    [participantId, player],
  );
  return (
    <div className="recorded-tile">
      <PersonTile
        id={identityKey}
        name={name}
        label={label}
        picture={null}
        microphoneOn={soundOn}
        speaking={false}
        microphoneOffText={t('room.microphoneOff')}
        speakingText={t('room.speaking')}
        behind={
          <video
            ref={attach}
            className={hasPicture ? 'picture' : 'picture picture-absent'}
            muted
            playsInline
            aria-label={t('room.pictureOf', { name })}
          />
        }
      />
    </div>
  );
}
