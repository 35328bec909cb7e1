import { DomainError } from '../../../common/errors';
import type { CommandInput, CommandName, CommandResponse } from '../../../common/ipc/commands';
import { newIncident, type Incident, type StoredIncident } from '../../../common/privacy/incident';
import { gapsOf, problemsInTime } from '../../../common/privacy/incidentState';
import type { Vault } from '../../vault/repositories';
import { heldPeople } from '../heldData';
import { measureIncident } from './measureIncident';

type Handlers = {
  readonly [Name in Extract<CommandName, `incidents.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name>;
};

export interface IncidentCommandsOptions {
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
  readonly now: () => number;
  readonly random: (count: number) => Uint8Array;
  /** For `incidents.changed`, and `retention.changed`. */
  readonly changed: () => void;
}

/**
 * What the IPC map asks about personal data breaches. Requests were parsed before they get here. What is closed stays as it
 * is until it is opened again, and nothing is closed while its documentation (Art. 33 (5) GDPR) has a hole.
 */
export function incidentCommands({ vault, now, random, changed }: IncidentCommandsOptions): Handlers {
  const known = (incidentId: string): StoredIncident => {
    const stored = vault().incidents.get(incidentId);
    if (stored === null) throw new DomainError('incident/not-found');
    return stored;
  };
  const open = (incidentId: string): StoredIncident => {
    const stored = known(incidentId);
    if (stored.closedAt !== null) throw new DomainError('incident/closed');
    return stored;
  };
  const inOrder = (incident: Incident): Incident => {
    if (problemsInTime(incident, now()).length > 0) throw new DomainError('incident/times');
    return incident;
  };
  return {
    'incidents.list': () => vault().incidents.list(),
    'incidents.measure': (scope) => measureIncident(heldPeople(vault()), scope),
    'incidents.record': (request) => {
      const incidentId = Buffer.from(random(16)).toString('base64url');
      vault().incidents.add(incidentId, inOrder(newIncident(request)), now());
      changed();
      return { incidentId };
    },
    'incidents.save': ({ incidentId, incident }) => {
      vault().incidents.save(open(incidentId).id, inOrder(incident));
      changed();
    },
    'incidents.close': ({ incidentId }) => {
      const { id, incident } = open(incidentId);
      if (gapsOf(incident).length > 0) throw new DomainError('incident/gaps');
      vault().incidents.close(id, now());
      changed();
    },
    'incidents.reopen': ({ incidentId }) => {
      vault().incidents.close(known(incidentId).id, null);
      changed();
    },
    'incidents.delete': ({ incidentId }) => {
      vault().incidents.delete([known(incidentId).id], 'by-hand');
      changed();
    },
  };
}
