import { DomainError } from '../../common/errors';
import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import type { HoldTarget } from '../../common/retention';
import type { Vault } from '../vault/repositories';
import { retentionOverview } from './retentionOverview';

type Handlers = {
  readonly [Name in Extract<CommandName, `retention.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name>;
};

export interface RetentionCommandsOptions {
  /** The open vault; throws DomainError('vault/locked') when it is locked. */
  readonly vault: () => Vault;
  readonly now: () => number;
  /** See `RetentionService.resumesAt`. */
  readonly resumesAt: () => number | null;
  /** For `retention.changed`. */
  readonly changed: () => void;
  /** For `recordings.changed`: whether one is on hold is part of it. */
  readonly recordingsChanged: () => void;
}

/** What the IPC map asks of retention. Requests were parsed before they get here. */
export function retentionCommands({
  vault,
  now,
  resumesAt,
  changed,
  recordingsChanged,
}: RetentionCommandsOptions): Handlers {
  const told = ({ kind }: HoldTarget) => {
    if (kind === 'recording') recordingsChanged();
    changed();
  };
  return {
    'retention.overview': () => retentionOverview(vault(), resumesAt()),
    'retention.setPeriod': ({ kind, period }) => {
      vault().retention.setPeriod(kind, period);
      changed();
    },
    // Throws 'retention/not-found' for what is not here (any more).
    'retention.hold': ({ reason, ...target }) => {
      if (!isHere(vault(), target)) throw new DomainError('retention/not-found');
      vault().holds.set({ ...target, reason, since: now() });
      told(target);
    },
    // Throws 'retention/not-found' for what was not on hold.
    'retention.lift': (target) => {
      if (!vault().holds.lift(target)) throw new DomainError('retention/not-found');
      told(target);
    },
  };
}

function isHere(vault: Vault, { kind, id }: HoldTarget): boolean {
  switch (kind) {
    case 'recording':
      return vault.recordings.get(id) !== null;
    case 'chat':
      return vault.meetings.titleOf(id) !== null;
  }
}
