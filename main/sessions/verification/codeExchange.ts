import { createHash } from 'node:crypto';
import {
  idleExchange,
  receiveExchange,
  startExchange,
  type ExchangeMessage,
  type ExchangeState,
  type ExchangeTransition,
} from '../../../common/verification/exchange';
import { codeText, commitmentText, renderShortCode, type CodeSubject } from '../../../common/verification/shortCode';
import type { CodeState } from '../../../common/verification/trust';

export interface CodeExchangeOptions {
  readonly subject: CodeSubject;
  readonly isInitiator: boolean;
  readonly nonce: () => string;
  readonly send: (message: ExchangeMessage) => void;
}

/** The exchange for the short code of one generation of a peer connection: runs the machine of common/verification. */
export class CodeExchange {
  readonly #options: CodeExchangeOptions;
  readonly #commitmentOf: (nonce: string) => string;
  #state: ExchangeState = idleExchange;

  constructor(options: CodeExchangeOptions) {
    this.#options = options;
    this.#commitmentOf = (nonce) => sha256(commitmentText(options.subject, nonce)).toString('base64url');
  }

  start(): void {
    this.#take(startExchange(this.#state, this.#tools()));
  }

  /** False when no honest installation says this now. */
  receive(message: ExchangeMessage): boolean {
    const next = receiveExchange(this.#state, message, this.#tools());
    this.#take(next);
    return next.accepted;
  }

  code(): CodeState {
    const state = this.#state;
    switch (state.phase) {
      case 'idle':
        return { phase: 'none' };
      case 'asked':
      case 'committed':
      case 'answered':
        return { phase: 'running' };
      case 'done': {
        const { initiator, responder } = state;
        return {
          phase: 'ready',
          code: renderShortCode(sha256(codeText(this.#options.subject, { initiator, responder }))),
        };
      }
      case 'failed':
        return { phase: 'failed' };
    }
  }

  #tools() {
    const { isInitiator, nonce } = this.#options;
    return { isInitiator, nonce, commitmentOf: this.#commitmentOf };
  }

  #take({ state, send }: ExchangeTransition): void {
    this.#state = state;
    if (send !== null) this.#options.send(send);
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
