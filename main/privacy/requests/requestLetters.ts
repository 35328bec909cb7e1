import { basename } from 'node:path';
import {
  letterFormat,
  letterVersion,
  type AnswerLetter,
  type RequestLetter,
  type RequestLetterOutcome,
  type RequestLetterPort,
} from '../../../common/consent/letters';
import { DomainError } from '../../../common/errors';
import type { Language } from '../../../common/meeting/models';
import { canonical } from '../../../common/protocol/canonical';
import { documentFileName } from '../../documents/documentFileName';
import { saveDocument, type DocumentPorts } from '../../documents/documents';
import { documentHash } from '../../vault/documentHash';
import type { OwnRequests } from './ownRequests';
import type { RequestDesk } from './requestDesk';
import type { RequestEnvironment } from './requestEnvironment';
import { requestMail } from './requestMail';
import { madeRequest, receivedRequest } from './requestRecords';

export interface RequestLettersOptions extends RequestEnvironment {
  readonly desk: Pick<RequestDesk, 'take' | 'takeWithdrawal'>;
  readonly own: Pick<OwnRequests, 'keep'>;
  readonly documents: DocumentPorts;
}

const head = { format: letterFormat, version: letterVersion } as const;

/** Requests and what was said to them, between people who do not meet: as a file or as the text of an e-mail. */
export class RequestLetters implements RequestLetterPort {
  readonly #options: RequestLettersOptions;

  constructor(options: RequestLettersOptions) {
    this.#options = options;
  }

  /**
   * Saves the letter about a request: at who made it the request, at who answers what was said last. Null when the person
   * cancels. Throws `request/not-found`, `letter/nothing-to-send`, `document/not-written`.
   */
  async save(requestId: string, language: Language): Promise<{ readonly fileName: string } | null> {
    const { documents } = this.#options;
    const { letter, to } = this.#letter(requestId);
    const { madeAt } = letter.request.request;
    const name = documentFileName(letter.type, to, madeAt, language);
    const path = await documents.chooseTarget(name, letter.type, language);
    if (path === null) return null;
    await saveDocument(path, canonical(letter));
    return { fileName: basename(path) };
  }

  /** The same as the text of an e-mail, on the clipboard. */
  async copy(requestId: string, language: Language): Promise<void> {
    const { letter, to } = this.#letter(requestId);
    const from = this.#options.vault().profile.get().name;
    await this.#options.documents.copyText(requestMail(letter, { from, to }, language));
  }

  take(letter: RequestLetter | AnswerLetter): RequestLetterOutcome {
    return letter.type === 'data-request' ? this.#takeRequest(letter) : this.#takeAnswer(letter);
  }

  #takeRequest({ request: signed, withdrawal }: RequestLetter): RequestLetterOutcome {
    const { vault, signer, desk } = this.#options;
    const { requestId, hostKey, right, personName } = signed.request;
    if (hostKey !== signer().publicKey) throw new DomainError('letter/not-for-here');
    if (withdrawal !== null && withdrawal.withdrawal.requestId !== requestId) throw new DomainError('letter/forged');
    const before = vault().personRequests.get(requestId);
    if (desk.take(signed) === null) throw new DomainError('letter/forged');
    if (withdrawal !== null) desk.takeWithdrawal(withdrawal);
    const after = vault().personRequests.get(requestId);
    if (after === null) throw new DomainError('letter/forged');
    const { state, dueOn } = receivedRequest(after);
    const repeated = before !== null && receivedRequest(before).state === state;
    return { type: 'request-taken', ...{ requestId, right, state, dueOn, personName, repeated } };
  }

  #takeAnswer({ request: signed, status }: AnswerLetter): RequestLetterOutcome {
    const { vault, own } = this.#options;
    const { requestId, right } = signed.request;
    const stored = vault().ownRequests.get(requestId);
    if (stored === null) throw new DomainError('letter/not-for-here');
    const before = madeRequest(stored);
    const isAboutIt = documentHash(before.signed.request) === documentHash(signed.request);
    if (!isAboutIt || status.status.requestId !== requestId || !own.keep(status)) {
      throw new DomainError('letter/forged');
    }
    const { state, dueOn, revision } = status.status;
    const repeated = revision <= (before.statuses.at(-1)?.status.revision ?? 0);
    return { type: 'request-told', ...{ requestId, right, state, dueOn, hostName: before.hostName, repeated } };
  }

  #letter(requestId: string): { readonly letter: RequestLetter | AnswerLetter; readonly to: string } {
    const { ownRequests, personRequests } = this.#options.vault();
    const made = ownRequests.get(requestId);
    if (made !== null) {
      const { signed: request, withdrawal, hostName } = madeRequest(made);
      return { letter: { ...head, type: 'data-request', request, withdrawal }, to: hostName };
    }
    const received = personRequests.get(requestId);
    if (received === null) throw new DomainError('request/not-found');
    const { signed: request, newest: status, name } = receivedRequest(received);
    // What came by e-mail or by word is answered the same way.
    if (request === null || status === null) throw new DomainError('letter/nothing-to-send');
    return { letter: { ...head, type: 'data-answer', request, status }, to: name };
  }
}
