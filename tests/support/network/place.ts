import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { command } from './command';
import { Doorway } from './doorway';

/** What a link does to the packets that cross it, the same in both directions. Nothing named: nothing. */
export interface Impairment {
  /** Share of packets that are lost at random, 0 to 1. */
  readonly loss?: number;
  /** One way. */
  readonly delayMs?: number;
  /** Uniformly spread around the delay, up to so much; packets stay in order. */
  readonly jitterMs?: number;
  /** With a queue of a quarter of a second, as in a router at home. */
  readonly rateKbit?: number;
}

const DELAY_LINE = resolve(__dirname, 'delayLine.mjs');
const inside = 'net0';

/**
 * A network of its own for one computer, with one link: its end is `net0`, the other end is with the router, in the
 * network that the tests run in. All packets to other places cross the router, which impairs them.
 */
export class Place {
  private host = 2;
  private impairment: Impairment = {};
  private isCut = false;
  private delayLine: ChildProcess | undefined;
  private readonly doorways: Doorway[] = [];

  private constructor(
    private readonly number: number,
    private readonly folder: string,
  ) {}

  static async create(number: number, folder: string): Promise<Place> {
    const place = new Place(number, folder);
    const { link, namespace } = place;
    await writeFile(namespace, '');
    await command(['unshare', `--net=${namespace}`, 'true']);
    await command(['ip', 'link', 'add', link, 'type', 'veth', 'peer', 'name', inside, 'netns', namespace]);
    await command(['ip', 'address', 'add', `${place.gateway}/24`, 'dev', link]);
    await command(['ip', 'link', 'set', link, 'up']);
    await place.run('ip', 'link', 'set', 'lo', 'up');
    await place.run('ip', 'link', 'set', inside, 'up');
    await place.takeAddress();
    return place;
  }

  /** Of the computer in here. */
  get address(): string {
    return `${this.subnet}.${this.host}`;
  }

  /** The router, as the computer in here reaches it: programs of the network that the tests run in listen there. */
  get gateway(): string {
    return `${this.subnet}.1`;
  }

  /** What to put before a command so that it runs in here. */
  get enter(): readonly string[] {
    return ['nsenter', `--net=${this.namespace}`, '--'];
  }

  /** Runs a program in here to its end. */
  run(...line: readonly string[]): Promise<string> {
    return command([...this.enter, ...line]);
  }

  /**
   * For `DesktopOptions.launcher`: an executable that starts this Electron in here. What drives it (Playwright) connects
   * to its loopback, which from outside leads elsewhere; so both debugging ports are fixed and have a doorway.
   */
  readonly launcher = async (electron: string): Promise<string> => {
    const [node, chromium] = [await Doorway.open(this.enter), await Doorway.open(this.enter)];
    this.doorways.push(node, chromium);
    const file = join(this.folder, `launch-${node.port}.sh`);
    const script = `#!/bin/sh
for argument do
  shift
  case $argument in
    --inspect=0) argument=--inspect=${node.port} ;;
    --remote-debugging-port=0) argument=--remote-debugging-port=${chromium.port} ;;
  esac
  set -- "$@" "$argument"
done
exec ${this.enter.join(' ')} '${electron}' "$@"
`;
    await writeFile(file, script, { mode: 0o700 });
    return file;
  };

  /** From now on the link is like this; what it was before is forgotten. */
  async impair(impairment: Impairment): Promise<void> {
    this.impairment = impairment;
    await this.filter();
    await this.limit(impairment.rateKbit);
    await this.delay(impairment.delayMs ?? 0, impairment.jitterMs ?? 0);
  }

  /** No packet gets through any more, and nobody is told: somewhere on the way something broke. */
  async cut(): Promise<void> {
    this.isCut = true;
    await this.filter();
  }

  async mend(): Promise<void> {
    this.isCut = false;
    await this.filter();
  }

  /** The cable is pulled: the computer in here sees that. */
  async unplug(): Promise<void> {
    await command(['ip', 'link', 'set', this.link, 'down']);
  }

  async plugIn(): Promise<void> {
    await command(['ip', 'link', 'set', this.link, 'up']);
  }

  /** The computer in here has another address from now on, as after a change of network; the old one is nobody's. */
  async changeAddress(): Promise<void> {
    this.host += 1;
    await this.run('ip', 'address', 'flush', 'dev', inside, 'scope', 'global');
    await this.takeAddress();
  }

  /** Programs in here must have ended. */
  async close(): Promise<void> {
    this.doorways.forEach((doorway) => doorway.close());
    await this.delay(0, 0);
    await command(['nft', this.unfiltered]);
    await command(['ip', 'link', 'delete', this.link]);
    await command(['umount', this.namespace]);
  }

  private get subnet(): string {
    return `10.77.${this.number}`;
  }

  private get namespace(): string {
    return join(this.folder, `place${this.number}`);
  }

  /** The router's end. */
  private get link(): string {
    return `link${this.number}`;
  }

  private get table(): string {
    return `place${this.number}`;
  }

  private async takeAddress(): Promise<void> {
    await this.run('ip', 'address', 'add', `${this.address}/24`, 'dev', inside);
    await this.run('ip', 'route', 'add', 'default', 'via', this.gateway);
  }

  private async filter(): Promise<void> {
    const { loss = 0 } = this.impairment;
    const drop = this.isCut ? 'drop' : `numgen random mod 10000 < ${Math.round(loss * 10_000)} drop`;
    const rules = ['iifname', 'oifname'].map((side) => `${side} ${this.link} ${drop}`).join('; ');
    const chain = `chain forward { type filter hook forward priority 0; ${rules}; }`;
    await command(['nft', `${this.unfiltered}; table inet ${this.table} { ${chain}; }`]);
  }

  /** For nft: without rules for this link, whether there were any or not. */
  private get unfiltered(): string {
    return `add table inet ${this.table}; delete table inet ${this.table}`;
  }

  private async limit(rateKbit: number | undefined): Promise<void> {
    const ends = [
      { device: this.link, run: (...line: string[]) => command(line) },
      { device: inside, run: (...line: string[]) => this.run(...line) },
    ];
    for (const { device, run } of ends) {
      await run('tc', 'qdisc', 'delete', 'dev', device, 'root').catch(() => undefined); // there may be none
      if (rateKbit === undefined) continue;
      const bucket = ['rate', `${rateKbit}kbit`, 'burst', '3000', 'latency', '250ms'];
      await run('tc', 'qdisc', 'add', 'dev', device, 'root', 'tbf', ...bucket);
    }
  }

  /** Sends what crosses the link through the delay line, once in each direction. */
  private async delay(delayMs: number, jitterMs: number): Promise<void> {
    const device = `delay${this.number}`;
    const table = String(1000 + this.number);
    const rules = [
      ['pref', '100', 'iif', device, 'to', `${this.subnet}.0/24`, 'lookup', 'main'],
      ['pref', '200', 'iif', this.link, 'lookup', table],
      ['pref', '300', 'to', `${this.subnet}.0/24`, 'lookup', table],
    ];
    if (this.delayLine !== undefined) {
      for (const rule of rules) await command(['ip', 'rule', 'delete', ...rule]);
      this.delayLine.kill();
      await once(this.delayLine, 'exit');
      this.delayLine = undefined;
      await command(['ip', 'tuntap', 'delete', 'dev', device, 'mode', 'tun']);
    }
    if (delayMs === 0 && jitterMs === 0) return;
    await command(['ip', 'tuntap', 'add', 'dev', device, 'mode', 'tun']);
    await command(['ip', 'link', 'set', device, 'up']);
    const line = spawn(process.execPath, [DELAY_LINE, device, String(delayMs), String(jitterMs)], { stdio: 'inherit' });
    this.delayLine = line;
    await expect.poll(() => command(['ip', 'link', 'show', device])).toContain('LOWER_UP');
    await command(['ip', 'route', 'add', 'default', 'dev', device, 'table', table]);
    for (const rule of rules) await command(['ip', 'rule', 'add', ...rule]);
  }
}
