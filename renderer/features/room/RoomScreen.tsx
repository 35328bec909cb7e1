import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useChat, useMedia, useRecording, useServices } from '../../app/AppContext';
import { ClipPrompt } from '../consent/clip/ClipPrompt';
import { ConnectionDialog } from '../contacts/ConnectionDialog';
import { ConsentDialog } from '../consent/ConsentDialog';
import { ConsentWaiting } from '../consent/ConsentWaiting';
import { RecordDialog } from '../consent/RecordDialog';
import { RecordingNotes } from '../consent/RecordingNotes';
import { RecordingSignals } from '../consent/RecordingSignals';
import { RecordingStrip } from '../consent/RecordingStrip';
import { StopRecordingDialog } from '../consent/StopRecordingDialog';
import { ModerationNews } from '../moderation/ModerationNews';
import { PasscodeDialog } from '../moderation/PasscodeDialog';
import { NoticeBanner } from '../notice/NoticeBanner';
import { DeviceTrouble } from '../settings/DeviceTrouble';
import { CompareDialog } from '../verification/CompareDialog';
import { TrustWarnings } from '../verification/TrustWarnings';
import { RelayNote } from '../turn/RelayNote';
import { AloneCard } from './AloneCard';
import { ChatPanel } from './ChatPanel';
import { ControlBar } from './ControlBar';
import { HostLost } from './HostLost';
import { InviteDialog } from './InviteDialog';
import { KnockStrip } from './KnockStrip';
import { LeaveDialog } from './LeaveDialog';
import { PeoplePanel } from './PeoplePanel';
import type { RoomActions } from './roomActions';
import { QualityAnnouncements } from './quality/QualityAnnouncements';
import { RoomAnnouncements } from './RoomAnnouncements';
import { RoomSettingsDialog } from './RoomSettingsDialog';
import { RoomTile } from './RoomTile';
import { RoomTop } from './RoomTop';
import { TileGrid } from './TileGrid';
import { useShortcuts } from './useShortcuts';

type OpenDialog = 'connection' | 'invite' | 'passcode' | 'leave' | 'record' | 'stop-recording' | 'settings' | null;

export function RoomScreen({ meeting }: { meeting: MeetingState }) {
  const { t } = useTranslation();
  const { media } = useServices();
  const [panel, setPanel] = useState<'chat' | 'people' | null>(null);
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [comparing, setComparing] = useState<string | null>(null);
  const compared = meeting.participants.find(({ id }) => id === comparing);
  const [consentPopover, setConsentPopover] = useState(false);
  const [postponed, setPostponed] = useState<string | null>(null);
  const recording = useRecording((state) => state.recording);
  const question = recording?.asked === true ? recording : null;
  const isPostponed = question !== null && postponed === question.request.recordingId;
  const micOn = useMedia((state) => state.microphone.phase === 'on');
  const cameraOn = useMedia((state) => state.camera.phase === 'on');
  const setInSight = useChat((state) => state.setInSight);
  const isHost = meeting.role === 'host';

  useEffect(() => {
    setInSight(panel === 'chat');
    return () => setInSight(false);
  }, [panel, setInSight]);

  useEffect(() => {
    document.title = `${meeting.title} – Konklave`;
    return () => {
      document.title = 'Konklave';
    };
  }, [meeting.title]);

  const closeDialog = () => setDialog(null);
  const answerNow = () => {
    setConsentPopover(false);
    setPostponed(null);
  };
  const actions: RoomActions = {
    microphone: () => void media.setMicrophone(!micOn),
    camera: () => void media.setCamera(!cameraOn),
    chat: () => setPanel(panel === 'chat' ? null : 'chat'),
    people: () => setPanel(panel === 'people' ? null : 'people'),
    recording: () => setDialog(recording === null ? 'record' : 'stop-recording'),
    invite: () => setDialog('invite'),
    passcode: () => setDialog('passcode'),
    settings: () => setDialog('settings'),
    leave: () => setDialog('leave'),
  };
  useShortcuts({
    microphone: actions.microphone,
    camera: actions.camera,
    chat: actions.chat,
    people: actions.people,
    leave: actions.leave,
    ...(meeting.invite === null ? {} : { invite: actions.invite }),
    ...(isHost
      ? { recording: actions.recording }
      : recording === null
        ? {}
        : { recording: question === null ? () => setConsentPopover(true) : answerNow }),
  });

  const others = meeting.participants.length > 1;

  return (
    <div className="room">
      <RoomTop meeting={meeting} onConnection={() => setDialog('connection')} />
      {recording !== null && (
        <RecordingStrip
          recording={recording}
          meeting={meeting}
          isOpen={consentPopover}
          onOpenChange={setConsentPopover}
          onAnswer={answerNow}
          onStop={() => setDialog('stop-recording')}
        />
      )}
      <main className="room-main">
        <section className="stage" aria-label={t('room.stage')}>
          {meeting.lobby.length > 0 && panel !== 'people' && (
            <KnockStrip knocks={meeting.lobby} atDoor={meeting.atDoor} />
          )}
          {question !== null && isPostponed && (
            <ConsentWaiting recording={question} onAnswer={() => setPostponed(null)} />
          )}
          {recording !== null && (
            <RecordingNotes recording={recording} meeting={meeting} onOpenMine={() => setConsentPopover(true)} />
          )}
          {recording !== null && (
            <ClipPrompt key={recording.request.recordingId} recording={recording} meeting={meeting} />
          )}
          <TrustWarnings meeting={meeting} onCompare={({ id }) => setComparing(id)} onLeave={actions.leave} />
          <div className="stage-trouble">
            <HostLost meeting={meeting} />
            <NoticeBanner meeting={meeting} />
            <RelayNote meeting={meeting} />
            <DeviceTrouble />
          </div>
          <div className={others || meeting.invite === null ? 'stage-tiles' : 'stage-tiles stage-alone'}>
            <TileGrid
              label={t('room.participants')}
              tiles={meeting.participants.map((person) => ({
                key: person.id,
                tile: <RoomTile person={person} meeting={meeting} />,
              }))}
            />
            {!others && meeting.invite !== null && (
              <AloneCard
                invite={meeting.invite}
                nearby={meeting.nearby}
                passcode={meeting.passcode}
                meeting={meeting}
              />
            )}
          </div>
          {question !== null && !isPostponed && (
            <ConsentDialog
              key={question.request.recordingId}
              recording={question}
              onLater={() => setPostponed(question.request.recordingId)}
            />
          )}
        </section>
        {panel === 'chat' && <ChatPanel selfId={meeting.selfId} onClose={() => setPanel(null)} />}
        {panel === 'people' && (
          <PeoplePanel
            meeting={meeting}
            onClose={() => setPanel(null)}
            onInvite={actions.invite}
            onConnection={() => setDialog('connection')}
            onCompare={({ id }) => setComparing(id)}
          />
        )}
      </main>
      <ControlBar meeting={meeting} panel={panel} actions={actions} />

      <RoomAnnouncements meeting={meeting} />
      <QualityAnnouncements meeting={meeting} />
      <ModerationNews meeting={meeting} />
      <RecordingSignals selfId={meeting.selfId} />
      <ConnectionDialog meeting={meeting} isOpen={dialog === 'connection'} onClose={closeDialog} />
      <InviteDialog
        invite={meeting.invite}
        nearby={meeting.nearby}
        passcode={meeting.passcode}
        meeting={meeting}
        isOpen={dialog === 'invite'}
        onClose={closeDialog}
      />
      <PasscodeDialog passcode={meeting.passcode} isOpen={dialog === 'passcode'} onClose={closeDialog} />
      {compared !== undefined && (
        <CompareDialog key={compared.id} person={compared} onClose={() => setComparing(null)} onLeave={actions.leave} />
      )}
      <LeaveDialog meeting={meeting} isOpen={dialog === 'leave'} onClose={closeDialog} />
      <RoomSettingsDialog isOpen={dialog === 'settings'} onClose={closeDialog} />
      <RecordDialog
        participants={meeting.participants}
        isOpen={dialog === 'record' && recording === null}
        announced={meeting.plan}
        onClose={closeDialog}
      />
      <StopRecordingDialog isOpen={dialog === 'stop-recording' && recording !== null} onClose={closeDialog} />
    </div>
  );
}
