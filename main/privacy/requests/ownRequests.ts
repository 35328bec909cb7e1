import { DomainError } from '../../../common/errors';
import {
  maxOpenRequests,
  type PersonRequest,
  type RequestRight,
  type SignedRequestStatus,
} from '../../../common/privacy/personRequests';
import type { OwnRequest, RequestableHost } from '../../../common/privacy/requestLog';
import type { RequestPort } from '../../../common/privacy/requestPort';
import { documentHash } from '../../vault/documentHash';
import type { RequestLogOptions } from './requestLog';
import { madeRequest, storedMade, type MadeRequest } from './requestRecords';

/** A host may state things often; the first and the newest are kept. */
const keptStatuses = 20;

/** What this installation's owner asks of those who host: made, delivered, answered, taken back. */
export class OwnRequests {
  readonly #options: RequestLogOptions;

  constructor(options: RequestLogOptions) {
    this.#options = options;
  }

  /** Newest first. */
  list(): readonly OwnRequest[] {
    return this.#all().map(shown).reverse();
  }

  /** Whoever hosted a meeting, or recorded, with this person in it. In the order of their names. */
  hosts(): readonly RequestableHost[] {
    const { vault } = this.#options;
    const own = vault().profile.get().identityKey;
    const hosts = new Map<string, string>();
    for (const { identityKey, request } of vault().receipts.all()) {
      if (identityKey === own) hosts.set(request.controllerKey, request.controllerName);
    }
    for (const { hostKey, hostName } of vault().meetings.hosts()) hosts.set(hostKey, hostName);
    hosts.delete(own);
    return [...hosts]
      .map(([hostKey, name]) => ({ hostKey, name: vault().people.nameOf(hostKey) ?? name }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * Signs a request; it is delivered when the host is met next, at once when they are connected. Throws `request/not-found`
   * for somebody who never hosted, `request/too-many`.
   */
  make(hostKey: string, right: RequestRight, text: string): void {
    const { vault, signer, newId, now } = this.#options;
    const host = this.hosts().find((one) => one.hostKey === hostKey);
    if (host === undefined) throw new DomainError('request/not-found');
    const open = this.#all().filter((one) => one.hostKey === hostKey && one.closedAt === null);
    if (open.length >= maxOpenRequests) throw new DomainError('request/too-many');
    const own = signer();
    const request: PersonRequest = {
      ...{ requestId: newId(), hostKey, personKey: own.publicKey, personName: vault().profile.get().name },
      ...{ right, text, madeAt: now() },
    };
    const signed = { request, signature: own.sign('personRequest', request) };
    this.#put({ signed, withdrawal: null, statuses: [], seen: 0, hostKey, hostName: host.name, closedAt: null });
  }

  /**
   * Takes a request back. One that never arrived is not sent any more. Throws `request/not-found`, and `request/closed` for
   * one that was answered or taken back.
   */
  withdraw(requestId: string): void {
    const { signer, now } = this.#options;
    const made = this.#get(requestId);
    if (made.closedAt !== null || made.withdrawal !== null) throw new DomainError('request/closed');
    const withdrawal = { requestId, hostKey: made.hostKey, withdrawnAt: now() };
    const signature = signer().sign('personRequestWithdrawal', withdrawal);
    const closedAt = made.statuses.length === 0 ? now() : null;
    this.#put({ ...made, withdrawal: { withdrawal, signature }, closedAt });
  }

  /** The person has read what the host said last. */
  markSeen(requestId: string): void {
    const made = this.#get(requestId);
    const seen = made.statuses.at(-1)?.status.revision ?? 0;
    if (seen > made.seen) this.#put({ ...made, seen });
  }

  /** What this host has not confirmed, the oldest first. */
  waitingFor(hostKey: string): ReturnType<RequestPort['waitingFor']> {
    const ofHost = this.#all().filter((one) => one.hostKey === hostKey);
    return {
      requests: ofHost.flatMap(({ signed, statuses, withdrawal }) =>
        statuses.length === 0 && withdrawal === null ? [signed] : [],
      ),
      withdrawals: ofHost.flatMap((made) =>
        made.withdrawal !== null && lastStatus(made)?.state === 'open' ? [made.withdrawal] : [],
      ),
    };
  }

  /**
   * Keeps the host's word about a request that was made here. One that is known already, or older than what is known, changes
   * nothing. False for one that is refused: about no request of this installation's, not signed by the host who was asked,
   * or with a proof of erasure that is not that host's about this person.
   */
  keep(signed: SignedRequestStatus): boolean {
    const stored = this.#options.vault().ownRequests.get(signed.status.requestId);
    if (stored === null) return false;
    const made = madeRequest(stored);
    if (!this.#isGenuine(made, signed)) return false;
    const { status } = signed;
    if (status.revision <= (lastStatus(made)?.revision ?? 0)) return true;
    const statuses = [...made.statuses, signed];
    this.#put({
      ...made,
      statuses: statuses.length > keptStatuses ? [...statuses.slice(0, 1), ...statuses.slice(2)] : statuses,
      // What came of it is another matter than that it came.
      seen: status.state === 'open' && status.extension === null ? status.revision : made.seen,
      closedAt: status.state === 'open' ? null : this.#options.now(),
    });
    return true;
  }

  #isGenuine(made: MadeRequest, { status, signature }: SignedRequestStatus): boolean {
    const { verify } = this.#options;
    const { hostKey, signed } = made;
    const { erasure } = status;
    return (
      status.hostKey === hostKey &&
      status.requestHash === documentHash(signed.request) &&
      verify(hostKey, 'personRequestStatus', status, signature) &&
      (erasure === null ||
        (erasure.proof.controllerKey === hostKey &&
          erasure.proof.personKey === signed.request.personKey &&
          verify(hostKey, 'personErasure', erasure.proof, erasure.signature)))
    );
  }

  #all(): readonly MadeRequest[] {
    return this.#options.vault().ownRequests.list().map(madeRequest);
  }

  #get(requestId: string): MadeRequest {
    const stored = this.#options.vault().ownRequests.get(requestId);
    if (stored === null) throw new DomainError('request/not-found');
    return madeRequest(stored);
  }

  #put(made: MadeRequest): void {
    this.#options.vault().ownRequests.put(storedMade(made));
    this.#options.changed();
  }
}

function lastStatus({ statuses }: MadeRequest) {
  return statuses.at(-1)?.status;
}

function shown(made: MadeRequest): OwnRequest {
  const { signed, withdrawal, hostKey, hostName, statuses, seen } = made;
  const { requestId, right, text, madeAt } = signed.request;
  const status = lastStatus(made);
  const unknown = withdrawal === null ? 'waiting' : 'withdrawn';
  return {
    ...{ requestId, hostKey, hostName, right, text, madeAt },
    withdrawnAt: withdrawal?.withdrawal.withdrawnAt ?? null,
    state: status?.state ?? unknown,
    undelivered: withdrawal === null ? status === undefined : status?.state === 'open',
    receivedAt: status?.receivedAt ?? null,
    dueOn: status?.dueOn ?? null,
    answer: status?.answer ?? '',
    erasure: status?.erasure ?? null,
    isNews: (status?.revision ?? 0) > seen,
    history: statuses.map(({ status: { statedAt, state, dueOn, extension, answer } }) => ({
      ...{ at: statedAt, state, dueOn, extension, answer },
    })),
  };
}
