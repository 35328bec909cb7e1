import type { MediaState } from '../../common/meeting/models';
import type { CommandName, CommandResponse } from '../../common/ipc/commands';
import { DomainError } from '../../common/errors';
import type { CommandHandlers } from '../ipc/registerCommands';
import { hiddenRecording, hiddenSession } from './lockedView';

/**
 * [Note: what a locked app answers] Its own state, what the media of a running meeting need, and what only takes away: less
 * sound, less picture, leaving. Every other command is refused.
 */
const answered: ReadonlySet<CommandName> = new Set<CommandName>([
  'lock.state',
  'lock.now',
  'lock.unlock',
  'vault.state',
  'preferences.get',
  'session.state',
  'recording.state',
  'session.setMedia',
  'session.leave',
  'mesh.signal',
  'mesh.carried',
  'mesh.failed',
  'mesh.secured',
  'contacts.media',
  'recording.openTrack',
  'recording.appendTrack',
  'recording.closeTrack',
]);

const hidden: { readonly [Name in CommandName]?: (answer: CommandResponse<Name>) => CommandResponse<Name> } = {
  'session.state': hiddenSession,
  'recording.state': hiddenRecording,
};

export interface LockedCommandsOptions {
  readonly isLocked: () => boolean;
  /** What the others in the meeting know of this installation's microphone and camera; null outside of a meeting. */
  readonly media: () => MediaState | null;
}

/**
 * The same handlers behind the lock: while the app is locked, and for what was asked before it was, 'app/locked' for
 * everything that is not in the list above. Microphone and camera can go off, never on.
 */
export function lockedCommands(handlers: CommandHandlers, { isLocked, media }: LockedCommandsOptions): CommandHandlers {
  const refuse = (): never => {
    throw new DomainError('app/locked');
  };
  const guarded = Object.entries(handlers).map(([key, handler]) => {
    const name = key as CommandName;
    const isAnswered = answered.has(name);
    const hide = hidden[name] as ((answer: unknown) => unknown) | undefined;
    return [
      name,
      async (request: never) => {
        if (isLocked()) {
          if (!isAnswered) refuse();
          if (name === 'session.setMedia' && switchesOn(media(), request)) refuse();
        }
        const answer = await (handler as (request: never) => unknown)(request);
        if (!isLocked()) return answer;
        return isAnswered ? (hide?.(answer) ?? answer) : refuse();
      },
    ];
  });
  return Object.fromEntries(guarded) as CommandHandlers;
}

function switchesOn(now: MediaState | null, wanted: MediaState): boolean {
  return (wanted.microphone && now?.microphone !== true) || (wanted.camera && now?.camera !== true);
}
