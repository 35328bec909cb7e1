import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * A port of this network's loopback that leads to the same port of another network's: a program that listens in there
 * can be talked to from here, although no packet leads from one to the other.
 */
export class Doorway {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** `enter` is what to put before a command so that it runs in the other network. */
  static async open(enter: readonly string[]): Promise<Doorway> {
    const server = createServer((connection) => {
      const { port } = server.address() as AddressInfo;
      const [program = '', ...args] = enter;
      const inside = spawn(program, [...args, 'socat', '-', `TCP4:127.0.0.1:${port}`], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      connection.pipe(inside.stdin).on('error', () => connection.destroy());
      inside.stdout.pipe(connection).on('error', () => inside.kill());
      connection.once('close', () => inside.kill());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Doorway(server, (server.address() as AddressInfo).port);
  }

  close(): void {
    this.server.close();
  }
}
