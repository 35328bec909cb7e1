import { desiredConnections, meshTransition, type MeshEvent, type MeshState } from '../../common/meeting/meshMachine';
import type { Participant } from '../../common/meeting/models';
import type { DesiredConnection } from '../../common/meeting/sessionState';
import type { Clock, Timers } from './timing';

export interface MeshOptions {
  readonly selfId: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly reconnectDelayMs: (attempt: number) => number;
  readonly askReconnect: (peerId: string, generation: number) => void;
  /** The desired connections are others than before. */
  readonly onChange: () => void;
}

/** Runs the mesh machine: which peer connections should exist, and when a failed one is tried again. */
export class Mesh {
  #state: MeshState = [];
  readonly #options: MeshOptions;
  readonly #pending = new Map<string, () => void>();

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  connections(): readonly DesiredConnection[] {
    return desiredConnections(this.#state);
  }

  /** Takes the participants to be connected to. Does not call `onChange`: the caller knows. */
  setPeers(participants: readonly Participant[]): void {
    const { selfId } = this.#options;
    const peers = participants.filter(({ id }) => id !== selfId);
    const peerIds = new Set(peers.map(({ id }) => id));
    const selfReturns = participants.find(({ id }) => id === selfId)?.returns ?? 0;
    this.#state = meshTransition(this.#state, { type: 'peers', selfId, selfReturns, peers }).state;
    for (const [peerId, cancel] of this.#pending) {
      if (peerIds.has(peerId)) continue;
      cancel();
      this.#pending.delete(peerId);
    }
  }

  /** True when an outgoing signal of this generation still has somebody to go to. */
  isCurrent(peerId: string, generation: number): boolean {
    return this.#state.some((link) => link.peerId === peerId && link.generation === generation);
  }

  handleFailed(peerId: string, generation: number): void {
    this.#apply({ type: 'failed', peerId, generation, at: this.#options.clock() });
  }

  /** The way to this peer is open again. */
  hurry(peerId: string): void {
    this.#apply({ type: 'hurry', peerId });
  }

  handleReconnect(peerId: string, generation: number): void {
    this.#apply({ type: 'reconnect', peerId, generation, at: this.#options.clock() });
  }

  /** True when the signal is for the renderer; `onChange` has then been called if it began a new generation. */
  handleSignal(peerId: string, generation: number): boolean {
    return this.#apply({ type: 'signal', peerId, generation });
  }

  dispose(): void {
    for (const cancel of this.#pending.values()) cancel();
    this.#pending.clear();
    this.#state = [];
  }

  #apply(event: MeshEvent): boolean {
    const before = JSON.stringify(this.connections());
    const { state, effects } = meshTransition(this.#state, event);
    this.#state = state;
    let deliver = false;
    for (const effect of effects) {
      switch (effect.type) {
        case 'schedule':
          this.#schedule(effect.peerId, effect.generation, effect.attempt);
          break;
        case 'ask-reconnect':
          this.#options.askReconnect(effect.peerId, effect.generation);
          break;
        case 'deliver':
          deliver = true;
          break;
      }
    }
    if (JSON.stringify(this.connections()) !== before) this.#options.onChange();
    return deliver;
  }

  #schedule(peerId: string, generation: number, attempt: number): void {
    this.#pending.get(peerId)?.();
    const cancel = this.#options.timers.after(this.#options.reconnectDelayMs(attempt), () => {
      this.#pending.delete(peerId);
      this.#apply({ type: 'due', peerId, generation });
    });
    this.#pending.set(peerId, cancel);
  }
}
