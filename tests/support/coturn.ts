import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** Why no TURN server can be started here, in one line; null when it can. */
export function whyNoCoturn(): string | null {
  return spawnSync('turnserver', ['--version']).error === undefined
    ? null
    : 'not installed: turnserver (Debian: coturn)';
}

export interface CoturnOptions {
  readonly secret: string;
  /** Where it listens and relays; default loopback. */
  readonly address?: string;
  /** Default: any that is free. */
  readonly port?: number;
}

/** A real TURN server, as a team would run it, on a port of its own. */
export class Coturn {
  /** What it has written, line by line. */
  readonly output: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly address: string,
    readonly port: number,
  ) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.output.push(line));
  }

  /** Resolves when it lets people in. */
  static async start({ secret, address = '127.0.0.1', port }: CoturnOptions): Promise<Coturn> {
    const listening = port ?? (await freePort(address));
    const folder = await mkdtemp(join(tmpdir(), 'konklave-coturn-'));
    const options = [
      ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--allow-loopback-peers', '--verbose', '--log-file=stdout'],
      ...['--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=konklave.test', '--no-multicast-peers'],
      ...[`--listening-ip=${address}`, `--relay-ip=${address}`, `--listening-port=${listening}`],
      ...[`--userdb=${join(folder, 'users')}`, `--pidfile=${join(folder, 'pid')}`],
    ];
    const child = spawn('turnserver', options, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    const server = new Coturn(child, folder, address, listening);
    while (!(await answers(address, listening))) {
      if (child.exitCode !== null) throw new Error(`turnserver ended:\n${server.output.join('\n')}`);
      await delay(20);
    }
    return server;
  }

  /** How it is written in the settings. */
  url(transport: 'udp' | 'tcp' = 'udp'): string {
    return `turn:${this.address}:${this.port}?transport=${transport}`;
  }

  /** Ends it as a crash would. Does nothing the second time. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
