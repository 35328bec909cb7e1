import { startRelay, type Relay } from '../../main/sessions/relay/relayServer';
import { startStatusServer, type StatusServer } from '../../main/sessions/relay/statusServer';
import { systemTimers } from '../../main/sessions/timing';

export interface RendezvousOptions {
  readonly port: number;
  /** Undefined: every interface. */
  readonly host?: string;
  /** Health and metrics, on this machine only; null: none. */
  readonly statusPort: number | null;
}

export interface Rendezvous {
  readonly relay: Relay;
  readonly status: StatusServer | null;
  close(): Promise<void>;
}

/** A relay with its health and metrics, until it is closed. Rejects when it cannot listen. */
export async function startRendezvous({ port, host, statusPort }: RendezvousOptions): Promise<Rendezvous> {
  const relay = await startRelay({
    ...{ port, timers: systemTimers, clock: Date.now },
    ...(host === undefined ? {} : { host }),
  });
  try {
    const status =
      statusPort === null ? null : await startStatusServer(relay.counters, { port: statusPort, host: '127.0.0.1' });
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
