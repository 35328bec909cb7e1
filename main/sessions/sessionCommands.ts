import type { RecordingPlan } from '../../common/consent/plan';
import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import type { SessionService } from './sessionService';

type SessionCommandName =
  Extract<CommandName, `${'session' | 'mesh' | 'verification' | 'chat' | 'meetings'}.${string}`> | 'contacts.media';

/** What the IPC map asks of main/sessions. */
type Handlers = {
  readonly [Name in SessionCommandName]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

export interface SessionCommandsOptions {
  readonly sessions: SessionService;
  /** What is announced at the door of the recording that a host means to ask for. */
  readonly planOf: (recording: CommandInput<'session.create'>['recording']) => RecordingPlan | null;
  /** A meeting was deleted by hand. */
  readonly deleted: () => void;
}

/** Maps each command to the service; it throws DomainErrors. Requests were parsed before they get here. */
export function sessionCommands({ sessions, planOf, deleted }: SessionCommandsOptions): Handlers {
  return {
    'session.state': () => sessions.state(),
    'session.create': ({ recording, ...request }) => sessions.create(request, planOf(recording)),
    'session.openLink': (request) => sessions.openLink(request),
    'session.openCode': (request) => sessions.openCode(request),
    'session.knock': (request) => sessions.knock(request),
    'session.acknowledgeNotice': (request) => sessions.acknowledgeNotice(request),
    'session.admit': (request) => sessions.admit(request),
    'session.deny': (request) => sessions.deny(request),
    'session.remove': (request) => sessions.remove(request),
    'session.mute': (request) => sessions.mute(request),
    'session.muteAll': () => sessions.muteAll(),
    'session.setPasscode': (request) => sessions.setPasscode(request),
    'session.setLocked': (request) => sessions.setLocked(request),
    'session.setCoHost': (request) => sessions.setCoHost(request),
    'session.setMedia': (request) => sessions.setMedia(request),
    'session.setNearby': (request) => sessions.setNearby(request),
    'session.leave': () => sessions.leave(),
    'session.takeOver': () => sessions.takeOver(),
    'session.handOver': (request) => sessions.handOver(request),
    'session.returnable': () => sessions.returnable(),
    'session.comeBack': () => sessions.comeBack(),
    'session.stayAway': () => sessions.stayAway(),
    'session.dismiss': () => sessions.dismiss(),
    'mesh.signal': (request) => sessions.meshSignal(request),
    'mesh.carried': (request) => sessions.meshCarried(request),
    'mesh.failed': (request) => sessions.meshFailed(request),
    'mesh.secured': (request) => sessions.meshSecured(request),
    'contacts.media': (request) => sessions.contactsMedia(request),
    'verification.start': (request) => sessions.verificationStart(request),
    'verification.confirm': (request) => sessions.verificationConfirm(request),
    'verification.differ': (request) => sessions.verificationDiffer(request),
    'verification.revoke': (request) => sessions.verificationRevoke(request),
    'verification.accept': (request) => sessions.verificationAccept(request),
    'chat.send': (request) => sessions.chatSend(request),
    'chat.history': (request) => sessions.chatHistory(request),
    'chat.search': (request) => sessions.chatSearch(request),
    'meetings.recent': () => sessions.meetingsRecent(),
    'meetings.delete': (request) => {
      sessions.meetingsDelete(request);
      deleted();
    },
  };
}
