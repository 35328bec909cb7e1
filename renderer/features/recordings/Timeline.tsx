import { useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Cut, RecordedPerson, RecordingDetail } from '../../../common/recording/models';
import { formatClock } from '../../i18n/format';
import type { RecordingPlayer } from '../../media/ports';
import { Avatar } from '../../ui/Avatar';
import { useKindList } from '../consent/useRecordingMark';
import { RangeHandles, type MarkedRange } from './cut/RangeHandles';
import { emptyLane, endedAt } from './laneWords';
import { keyPosition, laneSegments, positionAt } from './timelineMath';

/** One lane per person who was asked: what there is of them and when, and what they said no to or took back. */
export function Timeline({
  detail,
  player,
  marked,
}: {
  detail: RecordingDetail;
  player: RecordingPlayer;
  marked: MarkedRange | null;
}) {
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
        {detail.people.map((person) => (
          <div key={person.participantId} className="lane">
            <div className="lane-track">
              <LaneWords person={person} detail={detail} durationMs={durationMs} />
              {laneSegments(detail.tracks, person.participantId, durationMs).map(({ id, kind, start, length }) => (
                <span
                  key={id}
                  className={`segment segment-${kind}`}
                  style={{ left: `${start * 100}%`, width: `${length * 100}%` }}
                />
              ))}
              {detail.chat
                .filter((line) => line.participantId === person.participantId)
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
        <Cuts cuts={detail.cuts} durationMs={durationMs} />
        {marked !== null && <RangeHandles {...marked} durationMs={durationMs} />}
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

/** Where there is nothing of somebody, the lane says why. */
function LaneWords({
  person,
  detail,
  durationMs,
}: {
  person: RecordedPerson;
  detail: RecordingDetail;
  durationMs: number;
}) {
  const { t } = useTranslation();
  const reason = emptyLane(person, detail.tracks, detail.chat);
  if (reason !== null) {
    return <span className="lane-empty">{t(`recordings.lane.${reason}`)}</span>;
  }
  const ended = endedAt(person);
  if (ended === null || durationMs <= 0) return null;
  return (
    <span className="lane-ended" style={{ left: `${Math.min(100, (ended / durationMs) * 100)}%` }}>
      <span>{t('recordings.lane.ended', { at: formatClock(ended) })}</span>
    </span>
  );
}

/** What was cut out, across all lanes. */
function Cuts({ cuts, durationMs }: { cuts: readonly Cut[]; durationMs: number }) {
  const { t } = useTranslation();
  if (durationMs <= 0) return null;
  return cuts.map(({ fromMs, toMs }) => (
    <div
      key={fromMs}
      className="timeline-cut"
      role="img"
      aria-label={t('recordings.cutFromTo', { from: formatClock(fromMs), to: formatClock(toMs) })}
      title={t('recordings.cutFromTo', { from: formatClock(fromMs), to: formatClock(toMs) })}
      style={{ left: `${(fromMs / durationMs) * 100}%`, width: `${((toMs - fromMs) / durationMs) * 100}%` }}
    >
      <span aria-hidden>{t('recordings.cutLabel')}</span>
    </div>
  ));
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
