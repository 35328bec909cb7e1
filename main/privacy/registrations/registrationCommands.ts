import { basename } from 'node:path';
import type { CommandInput, CommandName, CommandResponse } from '../../../common/ipc/commands';
import { DomainError } from '../../../common/errors';
import { saveDocument, type DocumentPorts } from '../../documents/documents';
import { safeName } from '../../documents/safeName';
import type { Vault } from '../../vault/repositories';
import { registrationTable } from './registrationTable';

type Handlers = {
  readonly [Name in Extract<CommandName, `registrations.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

export interface RegistrationCommandsOptions {
  /** The open vault; throws DomainError('vault/locked') when it is locked. */
  readonly vault: () => Vault;
  readonly documents: DocumentPorts;
}

/** What the IPC map asks about registering at the door. Requests were parsed before they get here. */
export function registrationCommands({ vault, documents }: RegistrationCommandsOptions): Handlers {
  // What may only be stored is neither shown nor exported.
  const ofMeeting = (meetingId: string) => {
    const restricted = vault().restrictions.keys();
    return vault()
      .registrations.ofMeeting(meetingId)
      .filter(({ identityKey }) => !restricted.has(identityKey));
  };
  return {
    'registrations.lastForm': () => vault().registrations.lastForm(),
    'registrations.ofMeeting': ({ meetingId }) => ({
      received: ofMeeting(meetingId),
      given: vault().registrations.given(meetingId),
    }),
    // Throws 'privacy/not-found' where nobody registered, 'document/not-written'.
    'registrations.save': async ({ meetingId, language }) => {
      const [first, ...others] = ofMeeting(meetingId);
      if (first === undefined) throw new DomainError('privacy/not-found');
      const words = { de: 'Anmeldungen', en: 'registrations' }[language];
      const name = `${words}-${safeName(first.title).replaceAll(' ', '-').slice(0, 80)}.csv`;
      const path = await documents.chooseTarget(name, 'csv', language);
      if (path === null) return null;
      await saveDocument(path, registrationTable([first, ...others], language));
      return { fileName: basename(path) };
    },
  };
}
