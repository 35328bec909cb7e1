import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ContactNotes } from '../../../common/contacts';
import { limits } from '../../../common/meeting/limits';
import type { MeetingCertificate } from '../certificate';
import type { SessionPolicy } from '../policy';
import type { Timers } from '../timing';
import { sourceOf } from './wrongCodes';

/** A connection whose TLS and WebSocket handshakes are done and which has said nothing yet. */
export interface NewConnection {
  readonly socket: WebSocket;
  /** Where it comes from, for counting only: see `sourceOf`. Never logged, never stored. */
  readonly source: string;
  /** It has shown the code: the time limit for newcomers does not hold for it any more. */
  readonly handleHelloDone: () => void;
}

export interface RendezvousServer {
  readonly port: number;
  /** Takes a guest's connection that came another way, as if it had come to the port. */
  handleConnection(socket: Socket): void;
  /** Takes no new connections. Those that exist are the caller's to close first; after `closeGraceMs` they are cut. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly certificate: MeetingCertificate;
  /** The port it had before, taken again if it is free. */
  readonly port?: number;
  readonly timers: Timers;
  readonly policy: SessionPolicy;
  readonly contacts: ContactNotes;
  readonly onConnection: (connection: NewConnection) => void;
}

/**
 * Where the guests of one meeting find each other: WebSockets over TLS 1.3 (RFC 8446, RFC 6455) on a random free port
 * of every interface. Whoever does not come to a good hello in time is cut off; connections are limited in all and by
 * source. Browsers are refused: a page must not reach it (they send `Origin`). Rejects when it cannot listen.
 */
export async function startRendezvousServer(options: ServerOptions): Promise<RendezvousServer> {
  const { policy, timers, certificate, contacts } = options;
  const sockets = new Set<Socket>();
  const bySource = new Map<string, number>();
  const deadlines = new WeakMap<object, () => void>();
  /** Came through a relay, which this app dialled itself. */
  const handedOver = new WeakSet<Socket>();

  const server = createServer({
    key: certificate.privateKeyPem,
    cert: certificate.certificatePem,
    minVersion: 'TLSv1.3',
    handshakeTimeout: policy.helloTimeoutMs,
  });
  server.maxConnections = policy.connections;
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytes, perMessageDeflate: false });

  server.on('connection', (socket: Socket) => {
    const source = sourceOf(socket.remoteAddress);
    if (!handedOver.has(socket))
      contacts.note({ purpose: 'guest', address: socket.remoteAddress ?? '', state: 'reached' });
    const count = (bySource.get(source) ?? 0) + 1;
    sockets.add(socket);
    bySource.set(source, count);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = (bySource.get(source) ?? 1) - 1;
      if (left === 0) bySource.delete(source);
      else bySource.set(source, left);
    });
    if (count > policy.connectionsPerSource) socket.destroy();
  });
  server.on('secureConnection', (socket) => {
    const cancel = timers.after(policy.helloTimeoutMs, () => socket.destroy());
    deadlines.set(socket, cancel);
    socket.once('close', cancel);
    socket.on('error', () => socket.destroy());
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('request', (request) => request.socket.destroy());
  server.on('upgrade', (request, socket, head) => {
    if (request.headers.origin !== undefined) {
      socket.destroy();
      return;
    }
    const cancelDeadline = deadlines.get(socket) ?? (() => {});
    const source = sourceOf(request.socket.remoteAddress);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      options.onConnection({ socket: webSocket, source, handleHelloDone: cancelDeadline });
    });
  });

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, () => {
        server.off('error', reject);
        resolve();
      });
    });
  // Somebody else may have the port now: those who have the relay come through that.
  await listen(options.port ?? 0).catch((error: unknown) => {
    if (options.port === undefined) throw error;
    return listen(0);
  });
  // A server that fails later has no listener to tell: its connections end, which their owners notice.
  server.on('error', () => {});

  const { port } = server.address() as AddressInfo;
  const door = { purpose: 'own-door', address: `*:${port}` } as const;
  contacts.note({ ...door, state: 'open' });

  return {
    port,
    handleConnection(socket) {
      handedOver.add(socket);
      server.emit('connection', socket);
    },
    async close() {
      const cancel = timers.after(policy.closeGraceMs, () => {
        for (const socket of sockets) socket.destroy();
      });
      const closed = Promise.all([
        new Promise((resolve) => server.close(resolve)),
        new Promise((resolve) => webSockets.close(resolve)),
      ]);
      // Those that have not come to a WebSocket have nothing to say any more.
      if (webSockets.clients.size === 0) for (const socket of sockets) socket.destroy();
      await closed;
      cancel();
      contacts.note({ ...door, state: 'closed' });
    },
  };
}
