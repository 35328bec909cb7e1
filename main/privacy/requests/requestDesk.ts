import { answerDue, localDay } from '../../../common/privacy/deadline';
import {
  maxOpenOfStrangers,
  maxOpenRequests,
  type SignedRequest,
  type SignedRequestStatus,
  type SignedRequestWithdrawal,
} from '../../../common/privacy/personRequests';
import { documentHash } from '../../vault/documentHash';
import type { RequestEnvironment } from './requestEnvironment';
import { isUntold, receivedRequest, storedReceived, type ReceivedRequest } from './requestRecords';
import { stated } from './statement';

const day = 24 * 60 * 60 * 1000;
/** The log keeps each entry for longer than this: what went from it cannot come back as new. */
const maxAge = 365 * day;
/** A clock may be wrong by so much. */
const maxAhead = day;

/**
 * Where requests about somebody's data arrive, whichever way they came: the signature says whose they are. Taking one in
 * twice changes nothing and gives the same confirmation.
 */
export class RequestDesk {
  readonly #environment: RequestEnvironment;

  constructor(environment: RequestEnvironment) {
    this.#environment = environment;
  }

  /**
   * Enters a request into the log and returns the signed confirmation, with the last day for the answer. Null for one that
   * is refused: to somebody else, not signed by the person it names, an ID that another has, older than a year or from the
   * future, or one too many. The confirmation holds no answer: whoever hands a request in may have copied it.
   */
  take({ request, signature }: SignedRequest): SignedRequestStatus | null {
    const { vault, signer, verify, now, changed, log } = this.#environment;
    const own = signer();
    const isGenuine =
      request.hostKey === own.publicKey &&
      request.personKey !== own.publicKey &&
      verify(request.personKey, 'personRequest', request, signature);
    if (!isGenuine) return this.#refuse();
    const stored = vault().personRequests.get(request.requestId);
    if (stored !== null) {
      const known = receivedRequest(stored);
      const isSame = known.signed !== null && documentHash(known.signed.request) === documentHash(request);
      return isSame ? known.first : this.#refuse();
    }
    const at = now();
    if (request.madeAt < at - maxAge || request.madeAt > at + maxAhead) return this.#refuse();
    if (!this.#hasRoomFor(request.personKey)) return this.#refuse();
    const entered: ReceivedRequest = {
      ...{ id: request.requestId, identityKey: request.personKey, name: request.personName, at, closedAt: null },
      ...{ right: request.right, text: request.text, way: 'app', check: 'key', notes: '' },
      ...{ dueOn: answerDue(localDay(at), 1), extension: null, state: 'open', answer: '', erasure: null },
      ...{ signed: { request, signature }, first: null, newest: null, told: 0 },
    };
    const confirmed = stated(entered, own, at);
    vault().personRequests.put(storedReceived(confirmed));
    log.info('a request about somebody’s data has come');
    changed();
    return confirmed.first;
  }

  /** Closes a request that its person took back. Nothing happens when it is closed, not here, or not signed by them. */
  takeWithdrawal({ withdrawal, signature }: SignedRequestWithdrawal): void {
    const { vault, signer, verify, now, changed } = this.#environment;
    const stored = vault().personRequests.get(withdrawal.requestId);
    const request = stored === null ? null : receivedRequest(stored);
    const personKey = request?.signed?.request.personKey;
    if (
      request === null ||
      personKey === undefined ||
      withdrawal.hostKey !== signer().publicKey ||
      !verify(personKey, 'personRequestWithdrawal', withdrawal, signature)
    ) {
      return void this.#refuse();
    }
    if (request.state !== 'open') return;
    const closed: ReceivedRequest = { ...request, state: 'withdrawn', closedAt: now() };
    vault().personRequests.put(storedReceived(stated(closed, signer(), now())));
    changed();
  }

  /** What this person's app does not have yet. Whoever gets it must have proven the key. */
  toTell(personKey: string): readonly SignedRequestStatus[] {
    return this.#of(personKey).flatMap((request) =>
      request.newest !== null && isUntold(request) ? [request.newest] : [],
    );
  }

  /** Notes that the app of this person, who has proven the key, has this revision. Another's request stays as it is. */
  told(personKey: string, requestId: string, revision: number): void {
    const request = this.#of(personKey).find(({ id }) => id === requestId);
    if (!request?.newest || revision <= request.told || revision > request.newest.status.revision) return;
    this.#environment.vault().personRequests.put(storedReceived({ ...request, told: revision }));
    this.#environment.changed();
  }

  #of(personKey: string): readonly ReceivedRequest[] {
    return this.#environment
      .vault()
      .personRequests.list()
      .filter(({ identityKey }) => identityKey === personKey)
      .map(receivedRequest);
  }

  /** Keys cost nothing: those who were never met share what is left. */
  #hasRoomFor(personKey: string): boolean {
    const { personRequests, held } = this.#environment.vault();
    const open = personRequests.list().filter(({ closedAt }) => closedAt === null);
    if (open.filter(({ identityKey }) => identityKey === personKey).length >= maxOpenRequests) return false;
    const met = new Set(
      held
        .all()
        .filter(({ kind }) => kind !== 'request')
        .map(({ identityKey }) => identityKey),
    );
    if (met.has(personKey)) return true;
    const strangers = open.filter(({ identityKey }) => identityKey !== null && !met.has(identityKey));
    return strangers.length < maxOpenOfStrangers;
  }

  #refuse(): null {
    this.#environment.log.info('a request was refused');
    return null;
  }
}
