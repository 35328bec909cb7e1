import { createMeetingCertificate, type MeetingCertificate } from './certificate';
import { connectPinned, type ConnectOptions, type PinnedConnection } from './rendezvous/connect';
import { startRendezvousServer, type RendezvousServer, type ServerOptions } from './rendezvous/server';

/** How a meeting's ends reach each other. Tests replace it to decide what arrives when. */
export interface MeetingNetwork {
  createCertificate(now: number): Promise<MeetingCertificate>;
  /** See {@link startRendezvousServer}. */
  listen(options: ServerOptions): Promise<RendezvousServer>;
  /** See {@link connectPinned}. */
  dial(options: ConnectOptions): Promise<PinnedConnection>;
}

/** TLS over TCP. */
export const realNetwork: MeetingNetwork = {
  createCertificate: createMeetingCertificate,
  listen: startRendezvousServer,
  dial: connectPinned,
};
