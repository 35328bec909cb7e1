import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect, test, type Person } from '../support/person';
import { meshSizes, type MeshMeasured } from './mesh';
import { cpuSeconds } from './processTree';

const windowMs = 15_000;
const settleMs = 10_000;
const rounds = Number(process.env.KONKLAVE_BENCH_ROUNDS ?? '1');
const names = ['Anna Weber', 'James Miller', 'Mia Schulz', 'Ben Okafor', 'Lea Brandt', 'Tom Fischer'];

/** Keeps the page's peer connections at hand, to ask what they send. */
async function remember(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const all: RTCPeerConnection[] = [];
    const Native = RTCPeerConnection;
    class Remembered extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        all.push(this);
      }
    }
    Object.assign(window, { RTCPeerConnection: Remembered, connections: all });
  });
  await page.reload();
}

interface Sums {
  readonly sentBytes: number;
  readonly frames: number;
  readonly heights: readonly number[];
}

/** What all connections of a page have sent and received so far. */
function sums({ page }: Person): Promise<Sums> {
  return page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const total = { sentBytes: 0, frames: 0, heights: [] as number[] };
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue;
      const entries = (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>;
      for (const entry of entries.values()) {
        if (entry['type'] === 'transport') total.sentBytes += Number(entry['bytesSent']);
        if (entry['type'] !== 'inbound-rtp' || entry['kind'] !== 'video') continue;
        total.frames += Number(entry['framesDecoded'] ?? 0);
        total.heights.push(Number(entry['frameHeight'] ?? 0));
      }
    }
    return total;
  });
}

for (let round = 0; round < rounds; round += 1) {
  for (const people of meshSizes) {
    test(`round ${round + 1}: ${people} people`, async ({ person }) => {
      const everybody: Person[] = [];
      for (const name of names.slice(0, people)) everybody.push(await person(name));
      const [host, ...guests] = everybody;
      for (const { desktop, page } of everybody) {
        await desktop.app.context().tracing.stop();
        await remember(page);
      }
      const invite = await host!.host('Team');
      for (const guest of guests) await guest.enter(host!, invite);
      for (const one of everybody) await one.turnOn('microphone', 'camera');
      for (const one of everybody) for (const other of everybody) if (one !== other) await one.sees(other);
      await delay(settleMs);

      const loads = [loadavg()[0]!];
      const cpu = () => everybody.map(({ desktop }) => cpuSeconds(desktop.app.process().pid!));
      const [cpuBefore, before, started] = [cpu(), await Promise.all(everybody.map(sums)), performance.now()];
      await delay(windowMs);
      const [cpuAfter, after] = [cpu(), await Promise.all(everybody.map(sums))];
      const seconds = (performance.now() - started) / 1000;
      loads.push(loadavg()[0]!);

      const frames = after.reduce((sum, one, n) => sum + one.frames - before[n]!.frames, 0);
      const heights = after.flatMap((one) => one.heights);
      expect(heights.length, 'everybody is connected with everybody').toBe(people * (people - 1));
      const result: MeshMeasured = {
        people,
        cores: cpuAfter.map((now, n) => (now - cpuBefore[n]!) / seconds),
        sentBps: after.map((now, n) => ((now.sentBytes - before[n]!.sentBytes) * 8) / seconds),
        framesPerSecond: frames / seconds / heights.length,
        height: heights.sort((a, b) => a - b)[Math.floor(heights.length / 2)]!,
        loads,
      };
      writeFileSync(`${process.env.KONKLAVE_BENCH_RESULT!}.${round}.${people}`, JSON.stringify(result));
    });
  }
}
