import { Transform } from 'node:stream';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The network between two people, which tests can cut or let go silent. */
export interface TcpProxy {
  readonly port: number;
  /** Both ends see their connection end. */
  cut(): void;
  /** The same, and whoever connects is cut off again. */
  block(): void;
  /** Lets connections through again. */
  open(): void;
  /** Nothing arrives any more, nobody is told. */
  silence(): void;
  close(): void;
}

/** `seen` gets what passes, in both directions; `change` may make something else of what goes to the one who connects. */
export async function startTcpProxy(
  targetPort: number,
  seen: (bytes: Buffer) => void = () => {},
  change: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<TcpProxy> {
  const sockets: Socket[] = [];
  let blocked = false;
  const server = createServer((inner) => {
    if (blocked) {
      inner.destroy();
      return;
    }
    const outer = connect({ host: '127.0.0.1', port: targetPort });
    sockets.push(inner, outer);
    inner.on('data', seen);
    outer.on('data', seen);
    const changed = new Transform({
      transform: (bytes: Buffer, _encoding, done) => done(null, change(bytes)),
    });
    inner.pipe(outer).pipe(changed).pipe(inner);
    for (const socket of [inner, outer]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        inner.destroy();
        outer.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    block() {
      blocked = true;
      cut();
    },
    open() {
      blocked = false;
    },
    silence() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close() {
      cut();
      server.close();
    },
  };
}
