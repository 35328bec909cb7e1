import { useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RecordedPerson, RecordingDetail } from '../../../common/recording/models';
import { formatClock } from '../../i18n/format';
import type { RecordingPlayer } from '../../media/ports';
import { Avatar } from '../../ui/Avatar';
import { useKindList } from '../consent/useRecordingMark';
import { keyPosition, laneSegments, positionAt } from './timelineMath';

/** One lane per person who was asked: what there is of them and when, and what they said no to or took back. */
export function Timeline({ detail, player }: { detail: RecordingDetail; player: RecordingPlayer }) {
  const { t } = useTranslation();
  const durationMs = useStore(player.store, (state) => state.durationMs);
  const area = useRef<HTMLDivElement>(null);

  function seekTo(event: PointerEvent<HTMLDivElement>) {
    const box = area.current?.getBoundingClientRect();
    if (box !== undefined) player.seek(positionAt(event.clientX - box.left, box.width, durationMs));
  }

  return (
    <div className="timeline">
      <ul className="lane-names" aria-label={t('recordings.lanes')}>
        {detail.people.map((person) => (
          <LaneName key={person.participantId} person={person} />
        ))}
      </ul>
      <div
        ref={area}
        className="lanes"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          seekTo(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
        }}
      >
        {detail.people.map(({ participantId }) => (
          <div key={participantId} className="lane">
            <div className="lane-track">
              {laneSegments(detail.tracks, participantId, durationMs).map(({ id, kind, start, length }) => (
                <span
                  key={id}
                  className={`segment segment-${kind}`}
                  style={{ left: `${start * 100}%`, width: `${length * 100}%` }}
                />
              ))}
              {detail.chat
                .filter((line) => line.participantId === participantId)
                .map(({ offsetMs, text }) => (
                  <span
                    key={`${offsetMs} ${text}`}
                    className="segment-chat"
                    style={{ left: `${durationMs <= 0 ? 0 : (offsetMs / durationMs) * 100}%` }}
                  />
                ))}
            </div>
          </div>
        ))}
        <Playhead player={player} />
      </div>
    </div>
  );
}

function LaneName({ person }: { person: RecordedPerson }) {
  const { t } = useTranslation();
  const listKinds = useKindList();
  const { identityKey, name, kinds, withdrawn } = person;
  return (
    <li className="lane-name">
      <Avatar id={identityKey} name={name} size={24} />
      <span className="lane-text">
        <span className="lane-person">{name}</span>
        <span className="lane-note">
          {withdrawn.length > 0
            ? t('recordings.withdrawn', { kinds: listKinds(withdrawn) })
            : kinds.length > 0
              ? listKinds(kinds)
              : t('consent.notInRecording')}
        </span>
      </span>
    </li>
  );
}

/** Apart, because it moves all the time. */
function Playhead({ player }: { player: RecordingPlayer }) {
  const { t } = useTranslation();
  const positionMs = useStore(player.store, (state) => state.positionMs);
  const durationMs = useStore(player.store, (state) => state.durationMs);
  return (
    <div
      className="playhead"
      role="slider"
      tabIndex={0}
      aria-label={t('recordings.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(positionMs / 1000)}
      aria-valuetext={t('recordings.positionOf', {
        position: formatClock(positionMs),
        duration: formatClock(durationMs),
      })}
      style={{ left: `${durationMs <= 0 ? 0 : Math.min(100, (positionMs / durationMs) * 100)}%` }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const target = keyPosition(event.key, positionMs, durationMs);
        if (target === null) return;
        event.preventDefault();
        player.seek(target);
      }}
    />
  );
}
