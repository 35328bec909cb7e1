import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RecordingDetail } from '../../../common/recording/models';
import { formatClock } from '../../i18n/format';
import type { RecordingPlayer } from '../../media/ports';

/** What was written, with its time; the line that was last at the current position stands out. */
export function ChatTrack({ detail, player }: { detail: RecordingDetail; player: RecordingPlayer }) {
  const { t } = useTranslation();
  const lines = detail.chat;
  // The chat is in order of time, so the number of lines already written points at the last of them.
  const current = useStore(
    player.store,
    ({ positionMs }) => lines.filter(({ offsetMs }) => offsetMs <= positionMs).length - 1,
  );
  const list = useRef<HTMLOListElement>(null);

  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return (
    <aside className="side chat-track" aria-labelledby="chat-track-title">
      <header className="side-head">
        <h2 id="chat-track-title">{t('room.chat')}</h2>
      </header>
      <div className="side-body">
        {lines.length === 0 && <p className="small">{t('recordings.noChat')}</p>}
        <ol ref={list} className="chat-track-lines">
          {lines.map(({ participantId, name, text, offsetMs }, index) => (
            <li
              key={`${offsetMs} ${participantId} ${text}`}
              className={index === current ? 'chat-now' : index > current ? 'chat-coming' : ''}
            >
              <Button
                className="chat-jump times"
                aria-label={t('recordings.jumpTo', { position: formatClock(offsetMs) })}
                onPress={() => player.seek(offsetMs)}
              >
                {formatClock(offsetMs)}
              </Button>
              <p>
                <strong>{name}</strong> <CorrectedName detail={detail} participantId={participantId} />{' '}
                <span className="chat-text">{text}</span>
              </p>
            </li>
          ))}
        </ol>
      </div>
    </aside>
  );
}

/** The name that is right, beside the one that was recorded. */
function CorrectedName({ detail, participantId }: { detail: RecordingDetail; participantId: string }) {
  const { t } = useTranslation();
  const name = detail.people.find((person) => person.participantId === participantId)?.correctedName;
  return name === undefined ? null : <span className="chat-corrected">{t('rights.correctedName', { name })}</span>;
}
