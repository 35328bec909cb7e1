/**
 * How two installations come to a short code nobody could steer (as in ZRTP, RFC 6189, section 4.4.1.1): the initiator
 * commits to a nonce, the responder answers with its own, the initiator reveals. Whoever sits in between has to fix its
 * own nonce before it knows the other's, so it has one blind guess.
 */
export type ExchangeState =
  | { readonly phase: 'idle' }
  /** Responder: asked for a commitment. */
  | { readonly phase: 'asked' }
  /** Initiator: waits for the other nonce. */
  | { readonly phase: 'committed'; readonly nonce: string }
  /** Responder: waits for the reveal. */
  | { readonly phase: 'answered'; readonly commitment: string; readonly nonce: string }
  | { readonly phase: 'done'; readonly initiator: string; readonly responder: string; readonly commitment: string }
  /** What was revealed is not what was committed to: the other end, or somebody in between, does not keep to the rules. */
  | { readonly phase: 'failed' };

export type ExchangeMessage =
  /** The responder would like to compare. */
  | { readonly type: 'verifyAsk' }
  | { readonly type: 'verifyCommit'; readonly commitment: string }
  | { readonly type: 'verifyNonce'; readonly nonce: string }
  | { readonly type: 'verifyReveal'; readonly nonce: string };

export interface ExchangeTools {
  readonly isInitiator: boolean;
  /** A new one at each call; 32 bytes as base64url. */
  readonly nonce: () => string;
  readonly commitmentOf: (nonce: string) => string;
}

export interface ExchangeTransition {
  readonly state: ExchangeState;
  readonly send: ExchangeMessage | null;
  /** False: no honest installation sends this now; it changed nothing. */
  readonly accepted: boolean;
}

export const idleExchange: ExchangeState = { phase: 'idle' };

/**
 * The person here wants to compare. Begins the exchange, or says again what is not answered yet; never draws a second
 * nonce: there is one code, and one guess, per connection.
 */
export function startExchange(state: ExchangeState, tools: ExchangeTools): ExchangeTransition {
  switch (state.phase) {
    case 'idle':
      return tools.isInitiator ? commit(tools) : step({ phase: 'asked' }, { type: 'verifyAsk' });
    case 'asked':
    case 'answered':
      return step(state, { type: 'verifyAsk' });
    case 'committed':
      return step(state, { type: 'verifyCommit', commitment: tools.commitmentOf(state.nonce) });
    case 'done':
    case 'failed':
      return step(state, null);
  }
}

/** The other end said something. A repetition is answered as before, anything else out of turn is refused. */
export function receiveExchange(
  state: ExchangeState,
  message: ExchangeMessage,
  tools: ExchangeTools,
): ExchangeTransition {
  return tools.isInitiator ? asInitiator(state, message, tools) : asResponder(state, message, tools);
}

function asInitiator(state: ExchangeState, message: ExchangeMessage, tools: ExchangeTools): ExchangeTransition {
  if (message.type === 'verifyAsk') {
    if (state.phase === 'idle') return commit(tools);
    if (state.phase === 'committed') return startExchange(state, tools);
    if (state.phase === 'done') return step(state, { type: 'verifyReveal', nonce: state.initiator });
  }
  if (message.type === 'verifyNonce') {
    const reveal = (nonce: string) => ({ type: 'verifyReveal', nonce }) as const;
    if (state.phase === 'committed') {
      const commitment = tools.commitmentOf(state.nonce);
      const done = { phase: 'done', initiator: state.nonce, responder: message.nonce, commitment } as const;
      return step(done, reveal(state.nonce));
    }
    if (state.phase === 'done' && state.responder === message.nonce) return step(state, reveal(state.initiator));
  }
  return refused(state);
}

function asResponder(state: ExchangeState, message: ExchangeMessage, tools: ExchangeTools): ExchangeTransition {
  if (message.type === 'verifyCommit') {
    const { commitment } = message;
    if (state.phase === 'idle' || state.phase === 'asked') {
      const nonce = tools.nonce();
      return step({ phase: 'answered', commitment, nonce }, { type: 'verifyNonce', nonce });
    }
    if (state.phase === 'answered' && state.commitment === commitment) {
      return step(state, { type: 'verifyNonce', nonce: state.nonce });
    }
    if (state.phase === 'done' && state.commitment === commitment) return step(state, null);
  }
  if (message.type === 'verifyReveal') {
    if (state.phase === 'answered') {
      const { commitment, nonce: responder } = state;
      if (tools.commitmentOf(message.nonce) !== commitment) return step({ phase: 'failed' }, null);
      return step({ phase: 'done', initiator: message.nonce, responder, commitment }, null);
    }
    if (state.phase === 'done' && state.initiator === message.nonce) return step(state, null);
  }
  return refused(state);
}

function commit(tools: ExchangeTools): ExchangeTransition {
  const nonce = tools.nonce();
  return step({ phase: 'committed', nonce }, { type: 'verifyCommit', commitment: tools.commitmentOf(nonce) });
}

function step(state: ExchangeState, send: ExchangeMessage | null): ExchangeTransition {
  return { state, send, accepted: true };
}

function refused(state: ExchangeState): ExchangeTransition {
  return { state, send: null, accepted: false };
}
