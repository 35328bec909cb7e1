import { ClipboardList, Ellipsis, Mic, MicOff, Network, UserPlus, Video, VideoOff } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../common/meeting/models';
import type { Registration } from '../../../common/meeting/registration';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useMedia, useRecording, useRun } from '../../app/AppContext';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { useRecordingMark } from '../consent/useRecordingMark';
import { MuteAllButton } from '../moderation/MuteAllButton';
import { usePersonModeration } from '../moderation/usePersonModeration';
import { EarlierKeyWarning } from '../verification/EarlierKeyWarning';
import { TrustMark } from '../verification/TrustMark';
import { useTrustActions } from '../verification/useTrustActions';
import { RegistrationDialog } from '../registration/RegistrationDialog';
import { useRegistrations } from '../registration/useRegistrations';
import { FilledIn, KnockAnswers, KnockPerson } from './KnockStrip';
import { QualitySentence, QualitySign } from './quality/PersonQuality';
import { SidePanel } from './SidePanel';

export interface PeoplePanelProps {
  readonly meeting: MeetingState;
  readonly onClose: () => void;
  readonly onInvite: () => void;
  readonly onConnection: () => void;
  readonly onCompare: (person: Participant) => void;
}

export function PeoplePanel({ meeting, onClose, onInvite, onConnection, onCompare }: PeoplePanelProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const [removing, setRemoving] = useState<Participant | null>(null);
  const moderationOf = usePersonModeration(meeting);
  const [shown, setShown] = useState<Registration | null>(null);
  const registered = useRegistrations(meeting.role === 'host' ? meeting.meetingId : null);

  return (
    <SidePanel title={t('room.people')} onClose={onClose}>
      <div className="side-body">
        {meeting.lobby.length > 0 && (
          <section aria-labelledby="lobby-title">
            <h3 id="lobby-title" className="side-title">
              {t('room.knocking')}
            </h3>
            <ul className="lobby">
              {meeting.lobby.map((knock) => (
                <li key={knock.knockId}>
                  <KnockPerson knock={knock} />
                  {knock.earlierKey !== null && (
                    <EarlierKeyWarning name={knock.name} earlierKey={knock.earlierKey} place="list" />
                  )}
                  <FilledIn answers={meeting.atDoor[knock.knockId]} />
                  <KnockAnswers knock={knock} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <section aria-labelledby="inside-title">
          <h3 id="inside-title" className="side-title">
            {t('room.inRoom', { count: meeting.participants.length })}
          </h3>
          <ul className="people">
            {meeting.participants.map((person) => {
              const registration = registered?.received.find((one) => one.identityKey === person.identityKey);
              return (
                <PersonRow
                  key={person.id}
                  person={person}
                  isSelf={person.id === meeting.selfId}
                  hasReadNotice={!meeting.notice.missing.includes(person.id)}
                  moderation={(microphoneOn) => moderationOf(person, microphoneOn, () => setRemoving(person))}
                  onConnection={onConnection}
                  onCompare={() => onCompare(person)}
                  onRegistration={registration === undefined ? null : () => setShown(registration)}
                />
              );
            })}
          </ul>
        </section>
      </div>
      {meeting.role !== 'guest' && (
        <div className="side-foot">
          <MuteAllButton meeting={meeting} />
          {meeting.invite !== null && (
            <Button icon={UserPlus} wide onPress={onInvite}>
              {t('room.invite')}
            </Button>
          )}
        </div>
      )}
      <RegistrationDialog registration={shown} onClose={() => setShown(null)} />
      <ConfirmDialog
        title={t('room.removeTitle', { name: removing?.name ?? '' })}
        isOpen={removing !== null}
        confirm={t('room.removeConfirm')}
        onConfirm={() => {
          if (removing !== null) void run(bridge['session.remove']({ participantId: removing.id }));
        }}
        onClose={() => setRemoving(null)}
      >
        <p>{t('room.removeText')}</p>
      </ConfirmDialog>
    </SidePanel>
  );
}

interface PersonRowProps {
  readonly person: Participant;
  readonly isSelf: boolean;
  readonly hasReadNotice: boolean;
  readonly moderation: (microphoneOn: boolean) => readonly MenuEntry[];
  readonly onConnection: () => void;
  readonly onCompare: () => void;
  /** Null: they told nothing at the door, or not to this host. */
  readonly onRegistration: (() => void) | null;
}

function PersonRow({
  person,
  isSelf,
  hasReadNotice,
  moderation,
  onConnection,
  onCompare,
  onRegistration,
}: PersonRowProps) {
  const { t } = useTranslation();
  const trustActions = useTrustActions(person, onCompare);
  const recording = useRecording((state) => state.recording);
  const mark = useRecordingMark(recording, person.id);
  const microphone = useMedia((state) => (isSelf ? state.microphone.phase === 'on' : person.media.microphone));
  const camera = useMedia((state) => (isSelf ? state.camera.phase === 'on' : person.media.camera));
  const Microphone = microphone ? Mic : MicOff;
  const Camera = camera ? Video : VideoOff;
  const notes = [
    ...(person.presence === 'away' ? [t('room.away')] : []),
    ...(person.role === 'host' ? [t('room.host')] : []),
    ...(person.role === 'co-host' ? [t('moderation.coHost')] : []),
    ...(mark === null ? [] : [mark.text]),
    ...(hasReadNotice ? [] : [t('notices.notRead')]),
  ];
  return (
    <li className="person">
      <Avatar id={person.identityKey} name={person.name} size={36} />
      <div className="person-text">
        <strong>{isSelf ? t('room.selfLabel', { name: person.name }) : person.name}</strong>
        {notes.length > 0 && <span>{notes.join(' · ')}</span>}
        {!isSelf && <TrustMark participantId={person.id} withWords />}
      </div>
      <span className="person-media">
        {!isSelf && <QualitySign person={person} />}
        <Microphone
          size={18}
          strokeWidth={1.9}
          role="img"
          aria-label={microphone ? t('room.microphoneOn') : t('room.microphoneOff')}
          aria-hidden={false}
          className={microphone ? '' : 'media-off'}
        />
        <Camera
          size={18}
          strokeWidth={1.9}
          role="img"
          aria-label={camera ? t('room.cameraOn') : t('room.cameraOff')}
          aria-hidden={false}
          className={camera ? '' : 'media-off'}
        />
      </span>
      {!isSelf && (
        <Menu
          label={t('room.actionsFor', { name: person.name })}
          entries={[
            ...trustActions,
            ...(onRegistration === null
              ? []
              : [{ id: 'registration', label: t('registration.show'), icon: ClipboardList, onAction: onRegistration }]),
            { id: 'connection', label: t('contacts.showConnection'), icon: Network, onAction: onConnection },
            ...moderation(microphone),
          ]}
          trigger={
            <AriaButton className="icon-button" aria-label={t('room.actionsFor', { name: person.name })}>
              <Ellipsis size={20} aria-hidden />
            </AriaButton>
          }
        />
      )}
      {!isSelf && <QualitySentence person={person} />}
    </li>
  );
}
