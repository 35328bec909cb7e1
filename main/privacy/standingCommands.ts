import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import type { Standings } from './standings';

type Handlers = {
  readonly [Name in Extract<CommandName, `rights.${string}`>]: (request: CommandInput<Name>) => CommandResponse<Name>;
};

/** What the IPC map asks about rectification, restriction and objection. Requests were parsed before they get here. */
export function standingCommands(standings: Standings): Handlers {
  return {
    'rights.of': ({ identityKey }) => standings.of(identityKey),
    'rights.restrict': ({ identityKey, ground }) => standings.restrict(identityKey, ground),
    'rights.liftRestriction': ({ identityKey }) => standings.liftRestriction(identityKey),
    'rights.correctName': ({ identityKey, name }) => standings.correctName(identityKey, name),
    'rights.addStatement': ({ identityKey, chatId, text }) => standings.addStatement(identityKey, chatId, text),
    'rights.removeStatement': ({ id }) => standings.removeStatement(id),
    'rights.objections': () => standings.objections(),
    'rights.findObjections': (who) => standings.findObjections(who),
    'rights.object': ({ kinds, reason, who }) => standings.object(kinds, reason, who),
    'rights.removeObjection': ({ id }) => standings.removeObjection(id),
  };
}
