import type { NoticeFacts } from '../../common/meeting/models';
import type { RegistrationForm } from '../../common/meeting/registration';
import { formatAddress } from './invites/address';
import type { SessionEnvironment } from './sessionEnvironment';

type Settings = Pick<SessionEnvironment, 'vault' | 'retention' | 'relay' | 'iceServers' | 'employees'>;

/** What guests are told by what is set now, and by what they are asked for at the door (null: nothing). Throws as `vault` does. */
export function noticeFactsOf(
  { vault, retention, relay, iceServers, employees }: Settings,
  form: RegistrationForm | null,
): NoticeFacts {
  const { name, contact, officerContact } = vault().profile.get();
  const address = relay();
  const { registrationRetentionDays, ...periods } = retention();
  return {
    controllerName: name,
    controllerContact: contact,
    officerContact,
    ...periods,
    relay: address && formatAddress(address),
    iceServers: [...iceServers().servers],
    employees: employees(),
    registration: form && { ...form, retentionDays: registrationRetentionDays },
  };
}

/**
 * What is set now, as it holds in a meeting that runs: what that has from its beginning (servers, relay, what is asked for
 * at the door) stays, and nothing of it is kept for longer than was promised when people came.
 */
export function inRunningMeeting(now: NoticeFacts, running: NoticeFacts): NoticeFacts {
  const { relay, iceServers, registration } = running;
  const chatRetentionDays = Math.min(running.chatRetentionDays, now.chatRetentionDays);
  return { ...now, relay, iceServers, registration, chatRetentionDays };
}
