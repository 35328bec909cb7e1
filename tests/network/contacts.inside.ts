import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { contactsOf } from '../support/contacts';
import { expect, test } from '../support/person';

/** A packet that somebody sent: `udp 10.77.0.1:5000 10.77.0.1:6000`, from and to. */
interface Packet {
  readonly protocol: 'udp' | 'tcp';
  readonly from: string;
  readonly to: string;
}

const ends = /^IP6? (\S+)\.(\d+) > (\S+)\.(\d+): (UDP|Flags|tcp|\S+)/u;

/** Every packet of this network, on whatever interface, from now on; of TCP those that open a connection. */
class Capture {
  readonly packets: Packet[] = [];
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<Capture> {
    // What drives the app talks to it over TCP on 127.0.0.1.
    const filter = 'udp or (tcp[tcpflags] & tcp-syn != 0 and not host 127.0.0.1) or (ip6 and tcp and not host ::1)';
    const child = spawn('tcpdump', ['-Z', 'root', '-i', 'any', '-n', '-l', '-q', '-t', '--immediate-mode', filter]);
    const capture = new Capture(child);
    createInterface({ input: child.stdout }).on('line', (line) => capture.take(line));
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        if (line.includes('listening on')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`tcpdump ended (${code})`)));
    });
    return capture;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private take(line: string): void {
    // With `-i any` the name of the interface and the direction come first.
    const match = ends.exec(line.replace(/^.*?(?=IP6? )/u, ''));
    if (match === null) return;
    const [, from, fromPort, to, toPort, kind] = match;
    const protocol = kind === 'UDP' ? 'udp' : 'tcp';
    this.packets.push({ protocol, from: `${from}:${fromPort}`, to: `${to}:${toPort}` });
  }
}

let capture: Capture;
test.beforeEach(async () => {
  capture = await Capture.start();
});
test.afterEach(() => capture.stop());

test('every address that is on the wire is in the list of one of the two', async ({ person }) => {
  const [anna, james] = [await person('Anna Weber'), await person('James Miller')];
  await james.enter(anna, await anna.host('Budget'));
  await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
  await Promise.all([anna.sees(james), james.sees(anna)]);

  const entries = [...(await contactsOf(anna)), ...(await contactsOf(james))];
  const listed = new Set(entries.map(({ address }) => address.replaceAll(/[[\]]/gu, '')));
  const isListed = (end: string) => listed.has(end) || listed.has(`*:${end.split(':').at(-1)}`);
  const unlisted = () =>
    capture.packets.filter(({ protocol, from, to }) => !isListed(to) && !(protocol === 'tcp' && isListed(from)));

  // Pictures and sound are packets by the hundred, and there was one door to come to.
  await expect.poll(() => capture.packets.filter(({ protocol }) => protocol === 'udp').length).toBeGreaterThan(100);
  expect(capture.packets.some(({ protocol }) => protocol === 'tcp')).toBe(true);
  expect([...new Set(unlisted().map(({ protocol, from, to }) => `${protocol} ${from} > ${to}`))]).toEqual([]);

  // This could have failed: one packet to somebody else is seen, and is not in any list.
  await james.page.evaluate(() => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.55:3478' }] });
    connection.createDataChannel('x');
    void connection.setLocalDescription();
  });
  await expect.poll(() => unlisted().some(({ to }) => to === '192.0.2.55:3478')).toBe(true);
});
