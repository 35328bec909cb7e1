import { startRelay, type Relay } from '../../../main/sessions/relay/relayServer';
import { startStatusServer, type StatusServer } from '../../../main/sessions/relay/statusServer';
import { systemTimers } from '../../../main/sessions/timing';
import type { RendezvousOptions } from './rendezvousOptions';

interface Rendezvous {
  readonly relay: Relay;
  readonly status: StatusServer | null;
  close(): Promise<void>;
}

/** A relay with its health and metrics, until it is closed. Rejects when it cannot listen. */
export async function startRendezvous({ port, host, status: wanted }: RendezvousOptions): Promise<Rendezvous> {
  const relay = await startRelay({
    ...{ port, timers: systemTimers, clock: Date.now },
    ...(host === undefined ? {} : { host }),
  });
  try {
    const status = wanted === null ? null : await startStatusServer(relay.counters, wanted);
    return {
      relay,
      status,
      close: async () => {
        await Promise.all([relay.close(), status?.close()]);
      },
    };
  } catch (error) {
    await relay.close();
    throw error;
  }
}
