import { WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useMedia, useRecording } from '../../app/AppContext';
import { Spinner } from '../../ui/Spinner';
import { VideoView } from '../../ui/VideoView';
import { useRecordingMark } from '../consent/useRecordingMark';
import { TrustMark } from '../verification/TrustMark';
import { useTrust } from '../verification/useTrust';
import { PersonTile } from './PersonTile';
import { OwnPicturePlate } from './quality/OwnPicturePlate';
import { QualityPlate } from './quality/QualityPlate';

/** A participant as seen and heard right now. */
export function RoomTile({ person, meeting }: { person: Participant; meeting: MeetingState }) {
  const isSelf = person.id === meeting.selfId;
  const { t } = useTranslation();
  const camera = useMedia((state) => state.camera);
  const selfView = useMedia((state) => state.selfView);
  const remote = useMedia((state) => state.remote[person.id]);
  const paused = useMedia((state) => state.quality[person.id]?.theirPicturePaused === true);
  const speaking = useMedia((state) => state.speaking.includes(person.id));
  const microphoneOn = useMedia((state) => (isSelf ? state.microphone.phase === 'on' : person.media.microphone));
  const recording = useRecording((state) => state.recording);
  const mark = useRecordingMark(recording, person.id);

  const label = isSelf ? t('room.selfLabel', { name: person.name }) : person.name;
  const stream = isSelf
    ? camera.phase === 'on'
      ? selfView
      : null
    : person.media.camera && !paused
      ? (remote?.stream ?? null)
      : null;
  // Without its connection to the host somebody may still be seen and heard; then there is nothing to say.
  const isAway = person.presence === 'away';
  const isBroken = useTrust(person.id)?.isBroken === true;
  const connection = isSelf ? 'connected' : isBroken ? 'failed' : (remote?.connection ?? 'connecting');

  return (
    <PersonTile
      id={person.identityKey}
      name={person.name}
      label={label}
      picture={
        stream === null || connection !== 'connected' ? null : (
          <VideoView stream={stream} mirrored={isSelf} label={t('room.pictureOf', { name: person.name })} />
        )
      }
      microphoneOn={microphoneOn}
      speaking={speaking && microphoneOn}
      microphoneOffText={t('room.microphoneOff')}
      speakingText={t('room.speaking')}
      mark={mark}
      trust={isSelf ? null : <TrustMark participantId={person.id} />}
      note={isSelf ? <OwnPicturePlate meeting={meeting} /> : <QualityPlate person={person} />}
      {...(connection === 'connected'
        ? {}
        : {
            overlay: (
              <p className="plate tile-state">
                {isAway || connection === 'failed' ? <WifiOff size={18} aria-hidden /> : <Spinner size={18} />}
                {isAway
                  ? t('room.away')
                  : connection === 'failed'
                    ? t('room.connectionFailed')
                    : connection === 'reconnecting'
                      ? t('room.reconnecting')
                      : t('room.connecting')}
              </p>
            ),
          })}
    />
  );
}
