import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from './command';
import { Place } from './place';

const loadLab = () => import('../../../scripts/lib/lab.mjs');

/** For nft: whether there was one or not. */
const withoutFirewall = 'add table inet firewall; delete table inet firewall';

/** Networks of their own for several computers, joined by a router: the network in which the tests themselves run. */
export class Lab {
  private readonly places: Place[] = [];

  private constructor(private readonly folder: string) {}

  /** Throws outside of what `labCommand` made: this machine's own network is not to be touched. */
  static async open(): Promise<Lab> {
    const { isInLab } = await loadLab();
    if (!isInLab()) throw new Error('Network tests run in a network of their own: npm run test:network');
    await writeFile('/proc/sys/net/ipv4/ip_forward', '1');
    await writeFile('/proc/sys/net/ipv4/conf/all/rp_filter', '0');
    await writeFile('/proc/sys/net/ipv4/conf/default/rp_filter', '0');
    return new Lab(await mkdtemp(join(tmpdir(), 'konklave-lab-')));
  }

  async place(): Promise<Place> {
    const place = await Place.create(this.places.length + 1, this.folder);
    this.places.push(place);
    return place;
  }

  /** From now on the router passes no UDP on from place to place, as strict firewalls do. */
  async refuseUdp(): Promise<void> {
    const chain = 'chain forward { type filter hook forward priority 0; meta l4proto udp drop; }';
    await command(['nft', `${withoutFirewall}; table inet firewall { ${chain}; }`]);
  }

  async close(): Promise<void> {
    await command(['nft', withoutFirewall]);
    for (const place of this.places) await place.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
