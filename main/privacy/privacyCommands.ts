import type { CommandInput, CommandName, CommandResponse } from '../../common/ipc/commands';
import type { PrivacyFacts } from '../../common/privacy/facts';
import { auditShown } from '../../common/privacy/auditLog';
import type { Vault } from '../vault/repositories';
import type { PersonRights } from './personRights';
import type { PrivacyDocuments } from './privacyDocuments';

export interface PrivacyCommandsOptions {
  readonly rights: PersonRights;
  readonly documents: PrivacyDocuments;
  readonly facts: () => PrivacyFacts;
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
}

type Handlers = {
  readonly [Name in Extract<CommandName, `privacy.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

/** What the IPC map asks about data protection. Requests were parsed before they get here. */
export function privacyCommands({ rights, documents, facts, vault }: PrivacyCommandsOptions): Handlers {
  return {
    'privacy.people': () => rights.people(),
    'privacy.saveAccess': ({ identityKey, language }) => rights.saveAccess(identityKey, language),
    'privacy.cancelAccess': () => rights.cancelAccess(),
    'privacy.previewErasure': ({ identityKey, keepProofs }) => rights.previewErasure(identityKey, keepProofs),
    'privacy.erase': ({ identityKey, keepProofs, objections }) => rights.erase(identityKey, keepProofs, objections),
    'privacy.auditLog': () => {
      const { auditLog } = vault();
      return { entries: auditLog.newest(auditShown), count: auditLog.count(), finding: auditLog.verify() };
    },
    'privacy.facts': facts,
    'privacy.noticeVersions': () => vault().notices.versions(),
    'privacy.saveDocument': (request) => documents.save(request),
    'privacy.saveErasureProof': ({ language }) => rights.saveErasureProof(language),
  };
}
