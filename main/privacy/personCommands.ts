import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import type { PersonRights } from './personRights';

type Handlers = {
  readonly [Name in Extract<CommandName, `privacy.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

/** What the IPC map asks about people. Requests were parsed before they get here. */
export function personCommands(rights: PersonRights): Handlers {
  return {
    'privacy.people': () => rights.people(),
    'privacy.saveAccess': ({ identityKey, language }) => rights.saveAccess(identityKey, language),
    'privacy.cancelAccess': () => rights.cancelAccess(),
    'privacy.previewErasure': ({ identityKey, keepProofs }) => rights.previewErasure(identityKey, keepProofs),
    'privacy.erase': ({ identityKey, keepProofs }) => rights.erase(identityKey, keepProofs),
    'privacy.saveErasureProof': ({ language }) => rights.saveErasureProof(language),
  };
}
