import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Place } from './place';

/** Why no packets can be captured here, in one line; null when they can. */
export function whyNoCapture(): string | null {
  return spawnSync('tcpdump', ['--version']).error === undefined ? null : 'not installed: tcpdump (Debian: tcpdump)';
}

/** Every IP packet on the one link of a place. */
export class NetworkCapture {
  private readonly seen = new Set<string>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly place: Place,
  ) {}

  static async start(place: Place): Promise<NetworkCapture> {
    const [program = '', ...enter] = place.enter;
    const tcpdump = ['tcpdump', '-Z', 'root', '-i', 'net0', '-n', '-l', '-q', '-t', '--immediate-mode', 'ip'];
    const child = spawn(program, [...enter, ...tcpdump], { stdio: ['ignore', 'pipe', 'pipe'] });
    const capture = new NetworkCapture(child, place);
    createInterface({ input: child.stdout }).on('line', (line) => capture.take(line));
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        if (line.includes('listening on')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`tcpdump ended (${code})`)));
    });
    return capture;
  }

  /** The addresses at the other end of the packets so far. */
  others(): ReadonlySet<string> {
    return new Set([...this.seen].filter((address) => address !== this.place.address));
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private take(line: string): void {
    const match = /^IP ([0-9.]+) > ([0-9.]+): /u.exec(line);
    // Four numbers are the address, a fifth is the port.
    for (const end of match?.slice(1) ?? []) this.seen.add(end.split('.').slice(0, 4).join('.'));
  }
}
