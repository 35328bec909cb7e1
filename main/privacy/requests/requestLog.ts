import { DomainError } from '../../../common/errors';
import { answerDue, localDay, noonOf } from '../../../common/privacy/deadline';
import type { SignedPersonErasure } from '../../../common/privacy/erasure';
import type {
  addRequestSchema,
  closeRequestSchema,
  LoggedRequest,
  noteRequestSchema,
} from '../../../common/privacy/requestLog';
import type { z } from 'zod';
import type { RequestEnvironment } from './requestEnvironment';
import { isUntold, receivedRequest, storedReceived, type ReceivedRequest } from './requestRecords';
import { stated } from './statement';

export interface RequestLogOptions extends RequestEnvironment {
  readonly newId: () => string;
}

/** What people asked of this installation's owner, with the time for the answer (Art. 12 (3) GDPR), and what came of it. */
export class RequestLog {
  readonly #options: RequestLogOptions;

  constructor(options: RequestLogOptions) {
    this.#options = options;
  }

  /** Open ones first, the one that is due first; then the closed ones, the newest first. */
  list(): readonly LoggedRequest[] {
    const { vault, now } = this.#options;
    const { people, personRequests } = vault();
    const today = localDay(now());
    const all = personRequests.list().map(receivedRequest);
    const open = all.filter(({ state }) => state === 'open').sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    const closed = all.filter(({ state }) => state !== 'open').sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0));
    return [...open, ...closed].map((request): LoggedRequest => {
      const { id, identityKey, name, at, newest } = request;
      const { right, text, way, check, notes, dueOn, extension, state, closedAt, answer, erasure } = request;
      const metAs = identityKey === null ? null : people.nameOf(identityKey);
      return {
        ...{ requestId: id, identityKey, name, knownAs: metAs === name ? null : metAs, receivedAt: at },
        ...{ right, text, way, check, notes, dueOn, extension, state, closedAt, answer, erasure },
        extendable: isExtendable(request, today),
        told: newest === null ? null : !isUntold(request),
      };
    });
  }

  /**
   * Enters what came by e-mail or by word. Throws `privacy/not-found` for a key about which nothing is kept, and
   * `request/day-invalid` for a day that is yet to come.
   */
  add(given: z.output<typeof addRequestSchema>): void {
    const { vault, newId, now, changed } = this.#options;
    const { identityKey, name, receivedOn, right, text, way, check, notes } = given;
    if (receivedOn > localDay(now())) throw new DomainError('request/day-invalid');
    if (
      identityKey !== null &&
      !vault()
        .held.all()
        .some((row) => row.identityKey === identityKey)
    ) {
      throw new DomainError('privacy/not-found');
    }
    const request: ReceivedRequest = {
      ...{ id: newId(), identityKey, name, at: noonOf(receivedOn), closedAt: null },
      ...{ right, text, way, check, notes, dueOn: answerDue(receivedOn, 1), extension: null },
      ...{ state: 'open', answer: '', erasure: null, signed: null, first: null, newest: null, told: 0 },
    };
    vault().personRequests.put(storedReceived(request));
    changed();
  }

  /** Notes, and how the identity was checked, which a signature alone answers. Throws `request/not-found`. */
  note({ requestId, notes, check }: z.output<typeof noteRequestSchema>): void {
    const request = this.#get(requestId);
    const checked = request.signed === null ? (check ?? request.check) : request.check;
    this.#put({ ...request, notes, check: checked });
  }

  /**
   * Two more months, with the reason, which the person is told (Art. 12 (3) GDPR). Throws `request/not-found`,
   * `request/closed`, and `request/too-late` once the first month is over or it has been extended.
   */
  extend(requestId: string, reason: string): void {
    const { now, signer } = this.#options;
    const request = this.#open(requestId);
    if (!isExtendable(request, localDay(now()))) throw new DomainError('request/too-late');
    const dueOn = answerDue(localDay(request.at), 3);
    this.#put(stated({ ...request, dueOn, extension: { reason, at: now() } }, signer(), now()));
  }

  /**
   * Answers, refuses, or notes that it was taken back; what was erased because of it goes with the answer. Throws
   * `request/not-found`, `request/closed`.
   */
  close({ requestId, outcome, answer }: z.output<typeof closeRequestSchema>): void {
    const { now, signer, log } = this.#options;
    const request = this.#open(requestId);
    this.#put(stated({ ...request, state: outcome, answer, closedAt: now() }, signer(), now()));
    log.info('a request was closed');
  }

  /** Somebody was erased: the proof goes with the answer to whatever they asked about it. */
  handleErased(erasure: SignedPersonErasure): void {
    for (const stored of this.#options.vault().personRequests.list()) {
      const request = receivedRequest(stored);
      const isAbout = request.identityKey === erasure.proof.personKey && request.right === 'erasure';
      if (isAbout && request.state === 'open') this.#put({ ...request, erasure });
    }
  }

  #open(requestId: string): ReceivedRequest {
    const request = this.#get(requestId);
    if (request.state !== 'open') throw new DomainError('request/closed');
    return request;
  }

  #get(requestId: string): ReceivedRequest {
    const stored = this.#options.vault().personRequests.get(requestId);
    if (stored === null) throw new DomainError('request/not-found');
    return receivedRequest(stored);
  }

  #put(request: ReceivedRequest): void {
    this.#options.vault().personRequests.put(storedReceived(request));
    this.#options.changed();
  }
}

function isExtendable({ state, extension, dueOn }: ReceivedRequest, today: string): boolean {
  return state === 'open' && extension === null && today <= dueOn;
}
