import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RelayCounters } from './relayCounters';

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `/health` and `/metrics` over HTTP, for the machine itself and its monitoring. Rejects when it cannot listen. */
export async function startStatusServer(
  counters: RelayCounters,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<StatusServer> {
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
    const answer = { '/health': () => 'ok\n', '/metrics': () => counters.text() }[request.url ?? ''];
    response.setHeader('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    response.statusCode = answer ? 200 : 404;
    response.end(answer?.() ?? 'not found\n');
  });
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
