import type { RequestLetterPort } from '../../../common/consent/letters';
import type { SignedPersonErasure } from '../../../common/privacy/erasure';
import type { RequestPort } from '../../../common/privacy/requestPort';
import type { CommandInput, CommandName, CommandResponse } from '../../../common/ipc/commands';
import { OwnRequests } from './ownRequests';
import { RequestDesk } from './requestDesk';
import { RequestLetters, type RequestLettersOptions } from './requestLetters';
import { RequestLog, type RequestLogOptions } from './requestLog';

type Handlers = {
  readonly [Name in Extract<CommandName, `requests.${string}`>]: (
    request: CommandInput<Name>,
  ) => CommandResponse<Name> | Promise<CommandResponse<Name>>;
};

/** Requests about somebody's data, on both sides: those that come to this installation, and those its owner makes. */
export class RequestService {
  readonly #desk: RequestDesk;
  readonly #log: RequestLog;
  readonly #own: OwnRequests;
  readonly #letters: RequestLetters;

  constructor(options: RequestLogOptions & Pick<RequestLettersOptions, 'documents'>) {
    this.#desk = new RequestDesk(options);
    this.#log = new RequestLog(options);
    this.#own = new OwnRequests(options);
    this.#letters = new RequestLetters({ ...options, desk: this.#desk, own: this.#own });
  }

  /** How they travel. */
  get port(): RequestPort {
    const desk = this.#desk;
    const own = this.#own;
    return {
      waitingFor: (hostKey) => own.waitingFor(hostKey),
      keep: (status) => own.keep(status),
      take: (request) => desk.take(request),
      takeWithdrawal: (withdrawal) => desk.takeWithdrawal(withdrawal),
      toTell: (personKey) => desk.toTell(personKey),
      told: (personKey, requestId, revision) => desk.told(personKey, requestId, revision),
    };
  }

  /** For main/recording, which reads letters in. */
  get letters(): RequestLetterPort {
    return this.#letters;
  }

  /** What the IPC map asks. Requests were parsed before they get here. */
  get commands(): Handlers {
    const log = this.#log;
    const own = this.#own;
    const letters = this.#letters;
    return {
      'requests.list': () => log.list(),
      'requests.add': (request) => log.add(request),
      'requests.note': (request) => log.note(request),
      'requests.extend': ({ requestId, reason }) => log.extend(requestId, reason),
      'requests.close': (request) => log.close(request),
      'requests.own': () => own.list(),
      'requests.hosts': () => own.hosts(),
      'requests.make': ({ hostKey, right, text }) => own.make(hostKey, right, text),
      'requests.withdraw': ({ requestId }) => own.withdraw(requestId),
      'requests.saveLetter': ({ requestId, language }) => letters.save(requestId, language),
      'requests.copyLetter': ({ requestId, language }) => letters.copy(requestId, language),
      'requests.seen': ({ requestId }) => own.markSeen(requestId),
    };
  }

  /** Somebody was erased here: see `RequestLog.handleErased`. */
  handleErased(erasure: SignedPersonErasure): void {
    this.#log.handleErased(erasure);
  }
}
