import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleExchange, receiveExchange, startExchange, type ExchangeMessage, type ExchangeState } from './exchange';

const commitmentOf = (nonce: string) => createHash('sha256').update(nonce).digest('base64url');

/** One end, whose nonces are counted. */
class End {
  state: ExchangeState = idleExchange;
  nonces = 0;
  refused = 0;
  readonly sent: ExchangeMessage[] = [];
  readonly tools;

  constructor(readonly isInitiator: boolean) {
    const name = isInitiator ? 'initiator' : 'responder';
    this.tools = { isInitiator, nonce: () => `${name} ${(this.nonces += 1)}`, commitmentOf };
  }

  start(): void {
    this.take(startExchange(this.state, this.tools));
  }

  receive(message: ExchangeMessage): void {
    const next = receiveExchange(this.state, message, this.tools);
    if (!next.accepted) {
      this.refused += 1;
      if (next.state !== this.state || next.send !== null) throw new Error('what is refused must leave no trace');
    }
    this.take(next);
  }

  private take({ state, send }: { state: ExchangeState; send: ExchangeMessage | null }): void {
    this.state = state;
    if (send !== null) this.sent.push(send);
  }
}

/** Delivers everything in order until nothing is on its way. */
function settle(one: End, other: End): void {
  let moved = true;
  while (moved) {
    moved = false;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      for (const message of from.sent.splice(0)) {
        to.receive(message);
        moved = true;
      }
    }
  }
}

const agreed = { phase: 'done', initiator: 'initiator 1', responder: 'responder 1' };

describe('the exchange', () => {
  it.each([
    ['the initiator', [true]],
    ['the responder', [false]],
    ['both at once', [true, false]],
    ['both, impatiently', [false, true, true, false, false]],
  ])('comes to the same two nonces when begun by %s', (_, starts) => {
    const [initiator, responder] = [new End(true), new End(false)];
    for (const byInitiator of starts) (byInitiator ? initiator : responder).start();
    settle(initiator, responder);
    expect(initiator.state).toMatchObject(agreed);
    expect(responder.state).toMatchObject(agreed);
    expect([initiator.refused, responder.refused]).toEqual([0, 0]);
  });

  it('says everything again when asked again, after any message was lost', () => {
    for (const lost of [0, 1, 2, 3]) {
      const [initiator, responder] = [new End(true), new End(false)];
      responder.start();
      let count = 0;
      for (let turns = 0; turns < 6; turns += 1) {
        for (const message of responder.sent.splice(0)) if (count++ !== lost) initiator.receive(message);
        for (const message of initiator.sent.splice(0)) if (count++ !== lost) responder.receive(message);
      }
      expect([initiator.state.phase, responder.state.phase]).not.toEqual(['done', 'done']);
      responder.start();
      settle(initiator, responder);
      expect([initiator.state, responder.state]).toMatchObject([agreed, agreed]);
    }
  });

  it('draws one nonce per connection whatever comes, keeps what it came to, and reveals only after the other is fixed', () => {
    const message = fc.oneof(
      fc.constant<ExchangeMessage>({ type: 'verifyAsk' }),
      fc.constantFrom('a', 'b').map((nonce): ExchangeMessage => ({ type: 'verifyNonce', nonce })),
      fc.constantFrom('a', 'b').map((nonce): ExchangeMessage => ({ type: 'verifyReveal', nonce })),
      fc
        .constantFrom('a', 'b')
        .map((nonce): ExchangeMessage => ({ type: 'verifyCommit', commitment: commitmentOf(nonce) })),
    );
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.option(message, { nil: null }), { maxLength: 30 }),
        (isInitiator, steps) => {
          const end = new End(isInitiator);
          let settled: ExchangeState | null = null;
          for (const each of steps) {
            if (each === null) end.start();
            else end.receive(each);
            expect(end.nonces).toBeLessThanOrEqual(1);
            if (end.state.phase === 'done' || end.state.phase === 'failed') settled ??= end.state;
            if (settled !== null) expect(end.state).toEqual(settled);
          }
          const kinds = end.sent.map(({ type }) => type);
          if (isInitiator) {
            // A nonce is out only when there is one of the other end that can't change any more.
            if (kinds.includes('verifyReveal')) expect(end.state.phase).toBe('done');
            expect(kinds).not.toContain('verifyNonce');
          } else {
            expect(kinds).not.toContain('verifyReveal');
            if (end.state.phase === 'done') expect(commitmentOf(end.state.initiator)).toBe(end.state.commitment);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, boolean, ExchangeMessage[], string]>([
    ['a nonce nobody waits for', true, [{ type: 'verifyNonce', nonce: 'x' }], 'idle'],
    ['a commitment to the initiator', true, [{ type: 'verifyCommit', commitment: 'x' }], 'idle'],
    ['a reveal to the initiator', true, [{ type: 'verifyReveal', nonce: 'x' }], 'idle'],
    ['a reveal before the commitment', false, [{ type: 'verifyReveal', nonce: 'x' }], 'idle'],
    ['a nonce to the responder', false, [{ type: 'verifyNonce', nonce: 'x' }], 'idle'],
    ['being asked as the one who asks', false, [{ type: 'verifyAsk' }], 'idle'],
    [
      'a second, other commitment',
      false,
      [
        { type: 'verifyCommit', commitment: 'x' },
        { type: 'verifyCommit', commitment: 'y' },
      ],
      'answered',
    ],
    [
      'a second, other nonce',
      true,
      [{ type: 'verifyAsk' }, { type: 'verifyNonce', nonce: 'x' }, { type: 'verifyNonce', nonce: 'y' }],
      'done',
    ],
  ])('refuses %s', (_, isInitiator, messages, phase) => {
    const end = new End(isInitiator);
    for (const message of messages) end.receive(message);
    expect(end.refused).toBe(1);
    expect(end.state.phase).toBe(phase);
  });

  it('fails for good when what is revealed is not what was committed to', () => {
    const end = new End(false);
    end.receive({ type: 'verifyCommit', commitment: commitmentOf('honest') });
    end.receive({ type: 'verifyReveal', nonce: 'another' });
    end.receive({ type: 'verifyReveal', nonce: 'honest' });
    end.start();
    expect(end.state).toEqual({ phase: 'failed' });
    expect(end.refused).toBe(1);
  });
});
