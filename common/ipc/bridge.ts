import type { Result } from '../errors';
import type { CommandName, CommandRequest, CommandResponse } from './commands';
import type { EventName, Events } from './events';

/** `window.konklave`, made by the preload from the IPC map. */
export type Bridge = {
  readonly [Name in CommandName]: (
    ...request: undefined extends CommandRequest<Name> ? [] : [CommandRequest<Name>]
  ) => Promise<Result<CommandResponse<Name>>>;
} & {
  /** Subscribes to what main tells; returns the unsubscribe. */
  on<Name extends EventName>(name: Name, handler: (payload: Events[Name]) => void): () => void;
};
