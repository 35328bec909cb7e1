import { vi } from 'vitest';
import type { Events } from '../../../common/ipc/events';
import type { MeetingState, SessionState } from '../../../common/meeting/sessionState';
import type { Vault } from '../../vault/repositories';
import { defaultPolicy } from '../policy';
import type { SessionEnvironment, SessionEventName } from '../sessionEnvironment';
import { SessionService, type SessionDependencies } from '../sessionService';
import { createMemoryVault, type MemoryVault } from './memoryVault';
import { shownNotice } from './shownNotice';

type Told = { [Name in SessionEventName]: { readonly name: Name; readonly payload: Events[Name] } }[SessionEventName];

/** One installation: a real service with real sockets and keys, and a vault in memory. */
export interface Person {
  readonly name: string;
  readonly service: SessionService;
  readonly vault: MemoryVault;
  readonly told: readonly Told[];
  readonly reported: readonly unknown[];
  /** The meeting this person is in; throws when there is none. */
  meeting(): MeetingState;
  payloads<Name extends SessionEventName>(name: Name): readonly Events[Name][];
  /** Waits for a phase and returns the state. */
  until<Phase extends SessionState['phase']>(phase: Phase): Promise<Extract<SessionState, { phase: Phase }>>;
  participantNamed(name: string): string;
}

const people: Person[] = [];

export function createPerson(
  name: string,
  given: Partial<SessionDependencies> & {
    readonly memory?: MemoryVault;
    readonly emitToo?: (carry: Events['mesh.carry']) => void;
  } = {},
): Person {
  const { memory, emitToo, ...dependencies } = given;
  const vault = memory ?? createMemoryVault(name);
  const told: Told[] = [];
  const reported: unknown[] = [];
  const service = new SessionService({
    vault: () => vault as unknown as Vault,
    emit: (event, payload) => {
      told.push({ name: event, payload } as Told);
      if (event === 'mesh.carry') emitToo?.(payload as Events['mesh.carry']);
    },
    retention: () => ({ chatRetentionDays: 30, recordingRetentionDays: 14, registrationRetentionDays: 30 }),
    networkInterfaces: () => ({}),
    report: (error) => void reported.push(error),
    ...dependencies,
  });
  const person: Person = {
    name,
    service,
    vault,
    told,
    reported,
    meeting() {
      const state = service.state();
      if (state.phase !== 'meeting') throw new Error(`${name} is in phase ${state.phase}`);
      return state.meeting;
    },
    payloads: <Name extends SessionEventName>(event: Name) =>
      told.filter((one) => one.name === event).map((one) => one.payload as Events[Name]),
    until: <Phase extends SessionState['phase']>(phase: Phase) =>
      eventually(() => {
        const state = service.state();
        if (state.phase !== phase) throw new Error(`${name} is in phase ${JSON.stringify(state)}, not ${phase}`);
        return state as Extract<SessionState, { phase: Phase }>;
      }),
    participantNamed(wanted) {
      const found = person.meeting().participants.find((one) => one.name === wanted);
      if (found === undefined) throw new Error(`${name} does not see ${wanted}`);
      return found.id;
    },
  };
  people.push(person);
  return person;
}

/** For afterEach: closes everything that tests opened. */
export async function disposePeople(): Promise<void> {
  await Promise.all(people.splice(0).map((person) => person.service.dispose()));
}

/** Waits until the condition neither throws nor is false. */
export function eventually<Value>(condition: () => Value): Promise<Value> {
  return vi.waitFor(
    () => {
      const value = condition();
      if (value === false) throw new Error('not yet');
      return value;
    },
    { timeout: 10_000, interval: 5 },
  );
}

export async function hosted(given: Parameters<typeof createPerson>[1] = {}): Promise<Person> {
  const host = createPerson('Helga', given);
  await host.service.create({ title: 'Budget', name: 'Helga' });
  return host;
}

export function inviteOf(host: Person) {
  const { invite } = host.meeting();
  if (invite === null) throw new Error('no invite');
  return invite;
}

/** Brings somebody to the door and waits until the host sees the knock. */
export async function knocked(host: Person, guest: Person): Promise<string> {
  await guest.service.openLink({ link: inviteOf(host).link });
  guest.service.knock({ notice: shownNotice(guest.service), name: guest.name, language: 'de' });
  return eventually(() => knockOf(host, guest));
}

export function knockOf(host: Person, guest: Person): string {
  const knock = host.meeting().lobby.find((one) => one.name === guest.name);
  if (knock === undefined) throw new Error(`${guest.name} is not at the door`);
  return knock.knockId;
}

/** Lets somebody in and waits until both sides see it. */
export async function joined(host: Person, guest: Person): Promise<void> {
  const knockId = await knocked(host, guest);
  host.service.admit({ knockId });
  await guest.until('meeting');
}

export function policyWith(change: Partial<SessionEnvironment['policy']>): SessionEnvironment['policy'] {
  return { ...defaultPolicy, ...change };
}
