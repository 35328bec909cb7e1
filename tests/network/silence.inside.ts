import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { wayOut } from '../support/namespace';
import { expect, test } from '../support/person';

/** How many packets any program of this network has sent to the outside. */
function packetsOut(): number {
  const line = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .find((text) => text.trim().startsWith(`${wayOut}:`));
  const sent = line?.split(':')[1]?.trim().split(/\s+/u)[9];
  if (sent === undefined) throw new Error(`${wayOut} is not there: this belongs into its namespace`);
  return Number(sent);
}

/** This computer's own addresses and "none", as /proc/net writes them: 127.0.0.1, 10.77.0.1, ::1, fd77::1, in both families. */
const own = new Set([
  ...['0100007F', '01004D0A', '00000000'].flatMap((four) => [four, `0000000000000000FFFF0000${four}`]),
  ...['00000000000000000000000000000000', '00000000000000000000000001000000', '000077FD000000000000000001000000'],
]);

/**
 * What Chromium asks the kernel about to learn this computer's default address before each connection: it names Google's DNS as
 * the remote end of a UDP socket and closes it again (content/browser/renderer_host/p2p/socket_manager.cc,
 * GetDefaultLocalAddress). That sends nothing, which the packets that are counted show, and lasts for a moment, which now and
 * then is the one that is looked at.
 */
const asked = new Set(['udp 08080808:0035', 'udp6 60480120000060480000000088880000:0035']);

/** Remote ends of sockets at this moment that are not on this computer: who was meant. */
function strangers(): string[] {
  return ['tcp', 'udp', 'tcp6', 'udp6'].flatMap((table) => {
    const rows = readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1);
    const remotes = rows.map((row) => row.trim().split(/\s+/u)[2] ?? '');
    return remotes
      .filter((remote) => !own.has(remote.split(':')[0] ?? ''))
      .map((remote) => `${table} ${remote}`)
      .filter((remote) => !asked.has(remote));
  });
}

/** Has this page send one packet to the outside, as simple-peer would if its default servers were left in place. */
async function sendOne(page: Page): Promise<void> {
  await page.evaluate(() => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.55:3478' }] });
    connection.createDataChannel('x');
    void connection.setLocalDescription();
  });
}

let meant: Set<string>;
let watch: NodeJS.Timeout;
test.beforeEach(() => {
  meant = new Set();
  watch = setInterval(() => strangers().forEach((one) => meant.add(one)), 20);
});
test.afterEach(() => clearInterval(watch));

test('two people meet, talk, write and record, and no packet leaves', async ({ person }) => {
  const before = packetsOut();
  const host = await person('Helga');
  const guest = await person('Gudrun');
  const invite = await host.host('Unter uns');
  expect(invite.address).toMatch(/^10\.77\.0\.1:/u);
  await guest.enter(host, invite);
  await host.turnOn('microphone', 'camera');
  await guest.turnOn('microphone', 'camera');
  await host.sees(guest);
  await guest.sees(host);
  await host.say('Hört uns jemand?');
  await guest.reads('Hört uns jemand?');
  await host.record({ own: ['audio', 'video'] });
  await guest.answer(host, 'yes', ['audio', 'video', 'chat']);
  await host.recordsFor(3);
  await host.stopRecording();
  await host.leave();
  await host.backToStart();
  await host.openLibrary();
  await host.openRecording('Unter uns');
  await host.play();
  expect([...meant], 'remote ends of sockets').toEqual([]);
  expect(packetsOut() - before, 'packets').toBe(0);

  // Addresses are used and forgotten: they stand in no line and in no file.
  for (const one of [host, guest]) {
    expect(one.desktop.mainOutput.filter((line) => line.includes('10.77.0.1'))).toEqual([]);
    expect(await one.disk.filesContaining('10.77.0.1')).toEqual([]);
  }

  // This could have failed: the counter sees a single packet of the same app.
  await sendOne(host.page);
  await expect.poll(packetsOut).toBeGreaterThan(before);
});

test('a page in the wrong hands cannot have names looked up', async ({ person }) => {
  const { page } = await person('Ada');
  const before = packetsOut();
  await page.evaluate(async () => {
    for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'stylesheet', 'icon']) {
      const link = document.createElement('link');
      link.rel = rel;
      link.href = `https://${rel}.secret.example/`;
      document.head.append(link);
    }
    await fetch('https://fetch.secret.example/').catch(() => undefined);
    const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:stun.secret.example' }] });
    connection.createDataChannel('x');
    await connection.setLocalDescription();
  });
  // Sent later and by the same process, so that what was asked for before is out by then.
  await sendOne(page);
  await expect.poll(packetsOut).toBeGreaterThan(before);
  expect([...meant], 'remote ends of sockets').toEqual([]);
});
