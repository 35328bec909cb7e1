import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { wayOut } from '../namespace';

/** A packet on its way out: who is behind it, and what it is, for example `udp 192.0.2.1:53`. */
export interface Sent {
  /**
   * `kernel`: what Linux does by itself when an interface comes up or an address is looked for: ARP, neighbours, routers and
   * its own multicast groups of IPv6. A group of IPv4 is joined because a program wants it.
   */
  readonly by: 'program' | 'kernel';
  readonly what: string;
}

const ofTheKernel = /^(?:router|neighbor) (?:solicitation|advertisement)|^multicast listener/u;

/** Reads one line that `tcpdump -n -t -q` writes; null for what is no packet. */
export function sentIn(line: string): Sent | null {
  if (line.startsWith('ARP, ')) return { by: 'kernel', what: 'arp' };
  const match = /^IP6? (\S+) > (\S+): (?:HBH )?(.+)$/u.exec(line);
  if (match === null) return line.trim() === '' ? null : { by: 'program', what: line.trim() };
  const [, , to = '', rest = ''] = match;
  const icmp6 = /^ICMP6, (.*)$/u.exec(rest)?.[1];
  if (icmp6 !== undefined) return { by: ofTheKernel.test(icmp6) ? 'kernel' : 'program', what: `icmp6 ${to}` };
  const [kind = ''] = rest.toLowerCase().split(/[ ,]/u);
  const port = /^(.*)\.(\d+)$/u.exec(to);
  const named = kind === 'udp' || kind === 'tcp';
  return { by: 'program', what: named && port ? `${kind} ${port[1]}:${port[2]}` : `${kind} ${to}` };
}

/**
 * What leaves through the one way out of this network. How many is counted by the kernel, which misses none; what they were
 * is told where tcpdump is there.
 */
export class Outgoing {
  readonly #before = packetsOut();
  readonly #seen: Sent[] = [];
  #child: ChildProcess | null = null;

  private constructor() {}

  /** From now on. */
  static async start(): Promise<Outgoing> {
    const outgoing = new Outgoing();
    if (spawnSync('tcpdump', ['--version']).error !== undefined) return outgoing;
    const child = spawn('tcpdump', [
      '-Z',
      'root',
      '-i',
      wayOut,
      '-Q',
      'out',
      '-n',
      '-l',
      '-q',
      '-t',
      '--immediate-mode',
    ]);
    outgoing.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const sent = sentIn(line);
      if (sent !== null) outgoing.#seen.push(sent);
    });
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        if (line.includes('listening on')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`tcpdump ended (${code})`)));
    });
    return outgoing;
  }

  /** Whether it is told what was sent, not only how much. */
  get names(): boolean {
    return this.#child !== null;
  }

  count(): number {
    return packetsOut() - this.#before;
  }

  /** Each once. */
  whats(): string[] {
    return [...new Set(this.#seen.map(({ by, what }) => (by === 'kernel' ? `${what} (kernel)` : what)))];
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }
}

/** How many packets any program of this network has sent to the outside. */
function packetsOut(): number {
  const line = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .find((text) => text.trim().startsWith(`${wayOut}:`));
  const sent = line?.split(':')[1]?.trim().split(/\s+/u)[9];
  if (sent === undefined) throw new Error(`${wayOut} is not there: this belongs into its namespace`);
  return Number(sent);
}
