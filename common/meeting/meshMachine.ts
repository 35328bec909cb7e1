import type { DesiredConnection } from './sessionState';

/** How one peer connection stands. */
interface MeshLink extends DesiredConnection {
  /** Failures in quick succession. */
  readonly attempts: number;
  readonly failedAt: number | null;
  /** `delayed`: the next try is scheduled. `asked`: the initiator was asked for a new generation. */
  readonly phase: 'wanted' | 'delayed' | 'asked';
}

/** In the order of the roster. */
export type MeshState = readonly MeshLink[];

export type MeshEvent =
  | {
      readonly type: 'peers';
      readonly selfId: string;
      /** How often oneself and each peer has come back with a new process. */
      readonly selfReturns: number;
      readonly peers: readonly { readonly id: string; readonly returns: number }[];
    }
  /** This installation's connection of that generation failed. */
  | { readonly type: 'failed'; readonly peerId: string; readonly generation: number; readonly at: number }
  /** The peer's did, and it asks for a new one. */
  | { readonly type: 'reconnect'; readonly peerId: string; readonly generation: number; readonly at: number }
  /** The way to this peer is open again: what waits for its time need not wait any longer. */
  | { readonly type: 'hurry'; readonly peerId: string }
  /** The time to try again has come. */
  | { readonly type: 'due'; readonly peerId: string; readonly generation: number }
  /** The peer sent signalling data of that generation. */
  | { readonly type: 'signal'; readonly peerId: string; readonly generation: number };

export type MeshEffect =
  | { readonly type: 'schedule'; readonly peerId: string; readonly generation: number; readonly attempt: number }
  | { readonly type: 'ask-reconnect'; readonly peerId: string; readonly generation: number }
  /** Hand the signalling data that came in to the renderer. */
  | { readonly type: 'deliver' };

export interface MeshTransition {
  readonly state: MeshState;
  readonly effects: readonly MeshEffect[];
}

/** After this long without a failure, the next one is retried quickly again. */
export const calmMs = 60_000;

/** Both ends agree without asking: the lower ID initiates. */
export function isInitiator(selfId: string, peerId: string): boolean {
  return selfId < peerId;
}

/**
 * What an event does to the connections that should exist. Pure. Only the initiator raises a generation; the other end
 * asks for it, and takes it over from the first signal that carries it. Anything about a generation that is over is
 * ignored, but what is asked is asked again until it is answered: the question may get lost.
 *
 * A process that comes back begins above every generation of the one before, and both ends know from the roster where.
 */
export function meshTransition(state: MeshState, event: MeshEvent): MeshTransition {
  if (event.type === 'peers') {
    return {
      state: event.peers.map(({ id, returns }) => {
        const first = firstGeneration(event.selfReturns + returns);
        const link = findLink(state, id);
        return link !== undefined && link.generation >= first ? link : newLink(event.selfId, id, first);
      }),
      effects: [],
    };
  }
  const link = findLink(state, event.peerId);
  if (link === undefined) return { state, effects: [] };
  switch (event.type) {
    case 'failed':
      return delay(state, link, event.generation, event.at);
    case 'reconnect':
      return link.initiator
        ? delay(state, lifted(link, event.generation), event.generation, event.at)
        : { state, effects: [] };
    case 'hurry':
      return link.phase === 'wanted' ? { state, effects: [] } : due(state, link, link.generation);
    case 'due':
      return due(state, link, event.generation);
    case 'signal':
      return signal(state, link, event.generation);
  }
}

/** The part of the state that the renderer acts on. */
export function desiredConnections(state: MeshState): readonly DesiredConnection[] {
  return state.map(({ peerId, generation, initiator }) => ({ peerId, generation, initiator }));
}

function delay(state: MeshState, link: MeshLink, generation: number, at: number): MeshTransition {
  if (generation !== link.generation || link.phase !== 'wanted') return { state, effects: [] };
  const attempt = link.failedAt !== null && at - link.failedAt < calmMs ? link.attempts : 0;
  return {
    state: replace(state, { ...link, phase: 'delayed', attempts: attempt + 1, failedAt: at }),
    effects: [{ type: 'schedule', peerId: link.peerId, generation, attempt }],
  };
}

function due(state: MeshState, link: MeshLink, generation: number): MeshTransition {
  if (generation !== link.generation || link.phase === 'wanted') return { state, effects: [] };
  return link.initiator
    ? { state: replace(state, { ...link, phase: 'wanted', generation: generation + 1 }), effects: [] }
    : {
        state: replace(state, { ...link, phase: 'asked', attempts: link.attempts + 1 }),
        effects: [
          { type: 'ask-reconnect', peerId: link.peerId, generation },
          { type: 'schedule', peerId: link.peerId, generation, attempt: link.attempts },
        ],
      };
}

function signal(state: MeshState, link: MeshLink, generation: number): MeshTransition {
  if (generation === link.generation) return { state, effects: [{ type: 'deliver' }] };
  if (link.initiator || generation < link.generation) return { state, effects: [] };
  return { state: replace(state, { ...link, phase: 'wanted', generation }), effects: [{ type: 'deliver' }] };
}

/**
 * The peer is further: it came back at a host who is none any more, and this end was not told. It is met where it is, or the
 * two would wait for each other for ever. What no honest peer comes to is left alone.
 */
function lifted(link: MeshLink, generation: number): MeshLink {
  return generation > link.generation && generation < mostGenerations ? { ...link, generation, phase: 'wanted' } : link;
}

/** Far more than a process comes to. */
const generationsPerProcess = 1_000_000;
const mostGenerations = 1_000_000 * generationsPerProcess;

function firstGeneration(returns: number): number {
  return returns * generationsPerProcess;
}

function newLink(selfId: string, peerId: string, generation: number): MeshLink {
  return {
    peerId,
    generation,
    initiator: isInitiator(selfId, peerId),
    attempts: 0,
    failedAt: null,
    phase: 'wanted',
  };
}

function findLink(state: MeshState, peerId: string): MeshLink | undefined {
  return state.find((link) => link.peerId === peerId);
}

function replace(state: MeshState, next: MeshLink): MeshState {
  return state.map((link) => (link.peerId === next.peerId ? next : link));
}
