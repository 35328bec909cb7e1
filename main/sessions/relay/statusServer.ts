import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RelayCounters } from './relayCounters';

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Whoever has not asked by then is cut off, however slowly they go on. */
const patienceMs = 5_000;

/** `/health` and `/metrics` over HTTP, for the machine itself and its monitoring. Rejects when it cannot listen. */
export async function startStatusServer(
  counters: RelayCounters,
  { port, host, patience = patienceMs }: { readonly port: number; readonly host: string; readonly patience?: number },
): Promise<StatusServer> {
  const timeouts = { requestTimeout: patience, headersTimeout: patience, connectionsCheckingInterval: patience / 5 };
  const server = createServer(
    { ...timeouts, keepAliveTimeout: patience, maxHeaderSize: 8_192 },
    (request, response) => {
      const answer = { '/health': () => 'ok\n', '/metrics': () => counters.text() }[request.url ?? ''];
      response.setHeader('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
      response.statusCode = answer ? 200 : 404;
      response.end(answer?.() ?? 'not found\n');
    },
  );
  server.maxConnections = 50;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
