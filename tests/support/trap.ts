import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A place on this computer where nobody may ever knock: counts every TCP connection made to it. */
export interface Trap {
  readonly port: number;
  /** An address of it with this scheme, for example `http` or `ws`. */
  url(scheme: string, path?: string): string;
  /** How many connections arrived so far. */
  connections(): number;
  close(): Promise<void>;
}

/** Opens a trap on a free port of the loopback interface. */
export async function openTrap(): Promise<Trap> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    // An answer, so that whoever came has what they wanted and a test that waits for it ends.
    socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (scheme, path = '/') => `${scheme}://127.0.0.1:${port}${path}`,
    connections: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
