import type { ContactNotes } from '../../../common/contacts';
import type { CommandInput } from '../../../common/ipc/commands';
import { hasTurnServer, type IceSettings, type PreparedServer } from '../../../common/meeting/iceServers';
import type { Vault } from '../../vault/repositories';
import { randomId, type RandomBytes } from '../identity';
import { systemTimers, type Clock } from '../timing';
import type { LookupName } from './lookupName';
import { MeetingIce } from './meetingIce';
import { makeTurnCredentials } from './turnCredentials';

export interface IceCommandPorts {
  readonly vault: () => Vault;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly lookup: LookupName;
  readonly contacts: ContactNotes;
}

/** Trying a server takes a few seconds; a clock may go wrong by some minutes. */
const trialMs = 10 * 60_000;

/** The team's own STUN and TURN servers: what is set, and trying one out. The secret comes in and never goes out. */
export function iceCommands({ vault, clock, random, lookup, contacts }: IceCommandPorts) {
  const stored = () => vault().iceSettings.get();
  return {
    'ice.settings': (): IceSettings => {
      const { servers, secret } = stored();
      return { servers, hasSecret: secret !== '' };
    },

    'ice.save': ({ servers, secret }: CommandInput<'ice.save'>): void => {
      const kept = secret ?? stored().secret;
      // Without a TURN server there is nothing a secret could be for.
      vault().iceSettings.save({ servers, secret: hasTurnServer(servers) ? kept : '' });
    },

    /** Resolves after the name was looked up, or after the wait for it. */
    'ice.prepare': ({ server, secret }: CommandInput<'ice.prepare'>): Promise<PreparedServer> => {
      const known = secret ?? stored().secret;
      return new Promise((resolve) => {
        const finish = () => {
          if (!ice.isReady()) return;
          resolve({ entries: ice.state().servers });
          ice.dispose();
        };
        const ice: MeetingIce = new MeetingIce({
          ...{ servers: [server], relayOnly: false, lookup, contacts, timers: systemTimers, patienceMs: 4_000 },
          onChange: finish,
        });
        ice.setCredentials(makeTurnCredentials(known, randomId(random), clock() + trialMs));
      });
    },
  };
}
