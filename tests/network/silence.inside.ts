import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { Coturn, whyNoCoturn } from '../support/coturn';
import { Outgoing } from '../support/network/outgoing';
import { expect, test, type InviteFacts, type Person } from '../support/person';
import { RelayProcess } from '../support/relayProcess';
import { enterServers, toStart } from '../support/turn';

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
async function sendOne(page: Page, server: string): Promise<void> {
  await page.evaluate((urls) => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls, username: 'x', credential: 'x' }] });
    connection.createDataChannel('x');
    void connection.setLocalDescription();
  }, server);
}

let meant: Set<string>;
let watch: NodeJS.Timeout;
let outgoing: Outgoing;
test.beforeEach(async () => {
  outgoing = await Outgoing.start();
  meant = new Set();
  watch = setInterval(() => strangers().forEach((one) => meant.add(one)), 20);
});
test.afterEach(() => {
  clearInterval(watch);
  outgoing.stop();
});

/** That not one packet has left until now, nor was anybody out there meant. */
function nothingLeft(): void {
  expect(outgoing.whats(), 'what left').toEqual([]);
  expect([...meant], 'remote ends of sockets').toEqual([]);
  expect(outgoing.count(), 'packets').toBe(0);
}

async function meet(host: Person, guest: Person, invite: InviteFacts): Promise<void> {
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
}

/** Opens every screen that the two bars of the app lead to, the settings among them; how many. */
async function lookEverywhere({ page, t }: Person): Promise<number> {
  const bar = (label: string) => page.getByRole('navigation', { name: label }).getByRole('button');
  let opened = 0;
  for (const entry of await bar(t('start.navLabel')).all()) {
    await entry.click();
    await expect(entry).toHaveAttribute('aria-current', 'page');
    opened += 1;
    const parts = await bar(t('privacy.tabs')).count();
    for (let which = 1; which < parts; which += 1) {
      await bar(t('privacy.tabs')).nth(which).click();
      await expect(bar(t('privacy.tabs')).nth(which)).toHaveAttribute('aria-current', 'page');
      opened += 1;
    }
  }
  await bar(t('start.navLabel')).first().click();
  return opened;
}

/** Saves each document there is as a PDF; how many. */
async function printEverything(person: Person, pathOf: (name: string) => string): Promise<number> {
  const { page, t } = person;
  await person.button(t('privacy.nav')).click();
  await person.button(t('records.tab')).click();
  const buttons = page.getByRole('button', { name: new RegExp(`^${t('records.saveAs', { format: 'PDF' })}`, 'u') });
  await expect(buttons.first()).toBeVisible();
  const count = await buttons.count();
  for (let which = 0; which < count; which += 1) {
    const path = pathOf(`${which}.pdf`);
    await person.willSaveTo(path);
    await buttons.nth(which).click();
    await expect.poll(() => existsSync(path)).toBe(true);
  }
  await person.button(t('start.nav')).click();
  return count;
}

/** Waits until an app has been running for so long with nothing to do: what is only done now and then is done by then. */
async function idles({ desktop }: Person, seconds: number): Promise<void> {
  const uptime = () => desktop.app.evaluate(() => process.uptime());
  const until = (await uptime()) + seconds;
  await expect.poll(uptime, { timeout: (seconds + 20) * 1000, intervals: [1000] }).toBeGreaterThan(until);
}

test('two people meet, talk, write and record, look at everything, print, idle and quit, and no packet leaves', async ({
  person,
}, testInfo) => {
  const host = await person('Helga', { contact: 'helga@weber.example' });
  const guest = await person('Gudrun');
  const invite = await host.host('Unter uns');
  expect(invite.address).toMatch(/^10\.77\.0\.1:/u);
  await meet(host, guest, invite);
  await host.openLibrary();
  await host.openRecording('Unter uns');
  await host.play();
  nothingLeft();
  expect(await lookEverywhere(host)).toBeGreaterThan(7);
  expect(await printEverything(host, (name) => testInfo.outputPath(name))).toBeGreaterThan(3);
  await idles(host, 10);
  nothingLeft();
  await host.quit();
  nothingLeft();

  // Addresses are used and forgotten: they stand in no line and in no file.
  for (const one of [host, guest]) {
    expect(one.desktop.mainOutput.filter((line) => line.includes('10.77.0.1'))).toEqual([]);
    expect(await one.disk.filesContaining('10.77.0.1')).toEqual([]);
  }
});

test('with a relay and servers of their own nobody else is spoken to either', async ({ person }) => {
  const relay = await RelayProcess.start();
  const secret = 'ein-Geheimnis-des-Teams';
  const coturn = whyNoCoturn() === null ? await Coturn.start({ secret }) : null;
  try {
    const host = await person('Helga');
    const guest = await person('Gudrun');
    await host.call('preferences.set', { relay: `127.0.0.1:${relay.port}` });
    if (coturn !== null) {
      await enterServers(host, [coturn.url()], secret);
      await toStart(host);
    }
    await meet(host, guest, await host.host('Über das Relay'));
    await lookEverywhere(host);
    expect(await relay.status('/metrics')).toMatch(/ [1-9]/u);
    nothingLeft();
  } finally {
    await coturn?.stop();
    await relay.kill();
  }
});

/** Who could speak to somebody, how, to whom, and as what it is seen. */
const leaks = [
  ['main', 'lookup', 'main.secret.example', 'udp 10.77.0.53:53'],
  ['main', 'udp', '192.0.2.11', 'udp 192.0.2.11:9'],
  ['main', 'udp', '224.0.0.251', 'udp 224.0.0.251:9'],
  ['main', 'udp6', '2001:db8::12', 'udp 2001:db8::12:9'],
  ['main', 'tcp', '192.0.2.13', 'tcp 192.0.2.13:80'],
  ['main', 'join', '224.0.0.252', 'igmp 224.0.0.22'],
  ['utility', 'lookup', 'utility.secret.example', 'udp 10.77.0.53:53'],
  ['utility', 'udp', '192.0.2.21', 'udp 192.0.2.21:9'],
  ['utility', 'tcp', '192.0.2.22', 'tcp 192.0.2.22:80'],
  ['renderer', 'udp', 'stun:192.0.2.31:3478', 'udp 192.0.2.31:3478'],
  ['renderer', 'tcp', 'turn:192.0.2.32:3478?transport=tcp', 'tcp 192.0.2.32:3478'],
] as const;

test('a lookup, a datagram or a connection of whichever process would be found', async ({ person }) => {
  const { desktop, page } = await person('Ada');
  const speaker = resolve(__dirname, '../support/network/speak.cjs');
  nothingLeft();
  for (const [from, how, to, told] of leaks) {
    if (how === 'udp6' && !existsSync('/proc/net/if_inet6')) continue;
    const caught = await Outgoing.start();
    try {
      if (from === 'renderer') await sendOne(page, to);
      else {
        await desktop.app.evaluate(
          ({ utilityProcess }, [place, file, ...given]) => {
            if (place === 'utility') utilityProcess.fork(file, given);
            else (process.mainModule!.require(file) as { speak(...what: string[]): void }).speak(...given);
          },
          [from, speaker, how, to] as const,
        );
      }
      await expect.poll(() => caught.count(), `${from} ${how}`).toBeGreaterThan(0);
      if (caught.names) await expect.poll(() => caught.whats(), `${from} ${how}`).toContain(told);
    } finally {
      caught.stop();
    }
  }
});

test('a page in the wrong hands cannot have names looked up', async ({ person }) => {
  const { page } = await person('Ada');
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
  await sendOne(page, 'stun:192.0.2.55:3478');
  await expect.poll(() => outgoing.count()).toBeGreaterThan(0);
  expect([...meant], 'remote ends of sockets').toEqual([]);
  if (outgoing.names) await expect.poll(() => outgoing.whats()).toEqual(['udp 192.0.2.55:3478']);
});
