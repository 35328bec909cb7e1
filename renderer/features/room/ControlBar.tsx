import {
  CircleDot,
  CircleStop,
  DoorOpen,
  Ellipsis,
  KeyRound,
  Lock,
  LockKeyhole,
  LockOpen,
  MessageSquare,
  Mic,
  MicOff,
  Settings2,
  UserPlus,
  UsersRound,
  Video,
  VideoOff,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useBridge, useChat, useMedia, useRecording, useRun } from '../../app/AppContext';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { isWaiting } from '../consent/recordedKinds';
import { useLockNow } from '../lock/useLockNow';
import { BarButton } from './BarButton';
import type { RoomActions } from './roomActions';
import { useShortcutWords } from './useShortcuts';

export interface ControlBarProps {
  readonly meeting: MeetingState;
  readonly panel: 'chat' | 'people' | null;
  readonly actions: RoomActions;
}

export function ControlBar({ meeting, panel, actions }: ControlBarProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const keys = useShortcutWords();
  const lockNow = useLockNow();
  const microphone = useMedia((state) => state.microphone.phase);
  const camera = useMedia((state) => state.camera.phase);
  const unread = useChat((state) => state.unread);
  const recording = useRecording((state) => state.recording !== null);
  const waiting = useRecording((state) => state.recording !== null && isWaiting(state.recording));
  const isHost = meeting.role === 'host';
  const micOn = microphone === 'on';
  const cameraOn = camera === 'on';

  const orderEntries: readonly MenuEntry[] = [
    ...(meeting.invite === null
      ? []
      : [
          {
            id: 'invite',
            label: t('room.invite'),
            icon: UserPlus,
            shortcut: keys.text('invite'),
            onAction: actions.invite,
          },
        ]),
    {
      id: 'lock',
      label: meeting.locked ? t('room.unlock') : t('room.lock'),
      icon: meeting.locked ? LockOpen : Lock,
      onAction: () => void run(bridge['session.setLocked']({ locked: !meeting.locked })),
    },
    ...(isHost
      ? [{ id: 'passcode', label: t('moderation.passcodeMenu'), icon: KeyRound, onAction: actions.passcode }]
      : []),
  ];
  const entries: readonly MenuEntry[] = [
    ...(meeting.role === 'guest' ? [] : orderEntries),
    { id: 'settings', label: t('room.settings'), icon: Settings2, onAction: actions.settings },
    { id: 'lock-app', label: t('lock.now'), icon: LockKeyhole, shortcut: keys.text('lock'), onAction: lockNow },
  ];

  return (
    <footer>
      <div className="bar" role="group" aria-label={t('room.controls')}>
        <div className="bar-group">
          <BarButton
            icon={micOn ? Mic : MicOff}
            text={micOn ? t('room.microphoneOnText') : t('room.microphoneOffText')}
            label={micOn ? t('room.switchMicrophoneOff') : t('room.switchMicrophoneOn')}
            shortcut="microphone"
            look={micOn ? 'plain' : 'off'}
            isPending={microphone === 'starting'}
            onPress={actions.microphone}
          />
          <BarButton
            icon={cameraOn ? Video : VideoOff}
            text={cameraOn ? t('room.cameraOnText') : t('room.cameraOffText')}
            label={cameraOn ? t('room.switchCameraOff') : t('room.switchCameraOn')}
            shortcut="camera"
            look={cameraOn ? 'plain' : 'off'}
            isPending={camera === 'starting'}
            onPress={actions.camera}
          />
        </div>
        <div className="bar-group">
          <BarButton
            icon={MessageSquare}
            text={t('room.chat')}
            label={
              panel === 'chat'
                ? t('room.closeChat')
                : unread > 0
                  ? t('room.openChatUnread', { count: unread })
                  : t('room.openChat')
            }
            shortcut="chat"
            look={panel === 'chat' ? 'active' : 'plain'}
            badge={unread}
            aria-expanded={panel === 'chat'}
            onPress={actions.chat}
          />
          <BarButton
            icon={UsersRound}
            text={t('room.people')}
            label={
              panel === 'people'
                ? t('room.closePeople')
                : meeting.lobby.length > 0
                  ? t('room.openPeopleKnocking', { count: meeting.lobby.length })
                  : t('room.openPeople')
            }
            shortcut="people"
            look={panel === 'people' ? 'active' : 'plain'}
            badge={meeting.lobby.length}
            aria-expanded={panel === 'people'}
            onPress={actions.people}
          />
          {isHost && (
            <BarButton
              icon={recording ? CircleStop : CircleDot}
              text={waiting ? t('room.recordWaitsText') : recording ? t('room.stopRecordText') : t('room.recordText')}
              label={recording ? t('room.stopRecording') : t('room.startRecording')}
              shortcut="recording"
              look={recording && !waiting ? 'recording' : 'plain'}
              onPress={actions.recording}
            />
          )}
          <Menu
            label={t('room.more')}
            placement="top end"
            entries={entries}
            trigger={<BarButton icon={Ellipsis} text={t('room.moreText')} label={t('room.more')} />}
          />
        </div>
        <div className="bar-group bar-group-leave">
          <BarButton
            icon={DoorOpen}
            text={t('room.leaveText')}
            label={t('room.leave')}
            shortcut="leave"
            look="leave"
            onPress={actions.leave}
          />
        </div>
      </div>
    </footer>
  );
}
