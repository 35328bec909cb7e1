import type { RequestRight, RequestState } from '../../../common/privacy/personRequests';
import type { IdentityCheck, RequestWay } from '../../../common/privacy/requestLog';
import type { Vault } from '../../vault/repositories';
import { madeRequest, receivedRequest } from '../requests/requestRecords';
import type { Redact } from './redactNames';

/** A request of the person, or to the person, as far as it concerns them. */
export interface AccessRequest {
  /** `owner`: of this vault's owner to the person. */
  readonly by: 'person' | 'owner';
  readonly right: RequestRight;
  readonly at: number;
  /** Null while it is open. */
  readonly closedAt: number | null;
  /** How it came, and how it was found out that it is theirs; null for one of the owner's. */
  readonly way: RequestWay | null;
  readonly check: IdentityCheck | null;
  /** Why the answer took longer, and when that was said; null: it did not. */
  readonly extension: { readonly reason: string; readonly at: number | null } | null;
  readonly text: string;
  readonly state: RequestState;
  readonly dueOn: string | null;
  readonly answer: string;
  readonly notes: string;
}

/** The requests kept under an identity key, the oldest first of each side. */
export function accessRequests(vault: Vault, identityKey: string, redact: Redact): readonly AccessRequest[] {
  const received = vault.personRequests
    .list()
    .filter((one) => one.identityKey === identityKey)
    .map(receivedRequest)
    .map(({ right, at, closedAt, way, check, extension, text, state, dueOn, answer, notes }): AccessRequest => ({
      ...{ by: 'person', right, at, closedAt, way, check, state, dueOn },
      extension: extension && { ...extension, reason: redact(extension.reason) },
      ...{ text: redact(text), answer: redact(answer), notes: redact(notes) },
    }));
  const made = vault.ownRequests
    .list()
    .filter((one) => one.identityKey === identityKey)
    .map(madeRequest)
    .map(({ signed: { request }, withdrawal, statuses, closedAt }): AccessRequest => {
      const status = statuses.at(-1)?.status;
      return {
        ...{ by: 'owner', right: request.right, at: request.madeAt, text: redact(request.text) },
        ...{ closedAt, way: null, check: null },
        extension: status?.extension ? { reason: redact(status.extension), at: null } : null,
        state: status?.state ?? (withdrawal === null ? 'open' : 'withdrawn'),
        ...{ dueOn: status?.dueOn ?? null, answer: redact(status?.answer ?? ''), notes: '' },
      };
    });
  return [...received, ...made];
}
