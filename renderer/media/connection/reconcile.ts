import type { DesiredConnection } from '../../../common/meeting/sessionState';

export interface ReconcilePlan {
  /** Peers whose connection is to be closed, because it is not wanted or another generation is. */
  readonly close: readonly string[];
  readonly open: readonly DesiredConnection[];
}

/** What turns the connections that exist (generation by peer) into exactly the desired ones. */
export function reconcile(existing: ReadonlyMap<string, number>, desired: readonly DesiredConnection[]): ReconcilePlan {
  const wanted = new Map(desired.map((connection) => [connection.peerId, connection]));
  return {
    close: [...existing].filter(([id, generation]) => wanted.get(id)?.generation !== generation).map(([id]) => id),
    open: [...wanted.values()].filter(({ peerId, generation }) => existing.get(peerId) !== generation),
  };
}
