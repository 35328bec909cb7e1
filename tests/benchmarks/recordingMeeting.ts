import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordingKind } from '../../common/consent/models';
import { expect, test, type Person } from '../support/person';
import { countRecorders } from '../support/recorderCount';
import { cpuSeconds } from './processTree';
import type { RecordingWay, WayMeasured } from './recording';

const windowMs = 12_000;
const alternations = 3;
const kinds: readonly RecordingKind[] = ['audio', 'video'];
const rounds = Number(process.env.KONKLAVE_BENCH_ROUNDS ?? '1');

/** A runtime that shows no encoded frames to anybody: one without either interface. */
async function withoutEncodedFrames({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(RTCRtpReceiver.prototype, 'createEncodedStreams');
    Reflect.deleteProperty(window, 'RTCRtpScriptTransform');
  });
}

/** CPU seconds of all of somebody's processes per second. */
async function load({ desktop }: Person): Promise<number> {
  const pid = desktop.app.process().pid!;
  const [before, started] = [cpuSeconds(pid), performance.now()];
  await delay(windowMs);
  return ((cpuSeconds(pid) - before) * 1000) / (performance.now() - started);
}

/** The picture of `other` has the size that is measured; a connection begins with a smaller one. */
async function seesAll(person: Person, other: Person): Promise<void> {
  const video = person.tile(other).locator('video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(640);
}

async function startRecording(host: Person, guests: readonly Person[], which: number): Promise<void> {
  // Asked the same again, nobody would be asked.
  await host.record({ purpose: `Recording ${which}`, own: kinds });
  for (const guest of guests) await guest.answer(host, 'yes', kinds);
  const open = async () => (await host.disk.tracks()).filter(({ phase, bytes }) => phase === 'writing' && bytes >= 0);
  await expect.poll(async () => (await open()).length).toBe(2 * (guests.length + 1));
  await host.recordsFor(4);
}

async function stopRecording(host: Person): Promise<void> {
  await host.stopRecording();
  await expect
    .poll(async () => (await host.disk.tracks()).every(({ phase }) => phase === 'final'), { timeout: 60_000 })
    .toBe(true);
  await delay(2_000);
}

for (let round = 0; round < rounds; round += 1) {
  const ways: readonly RecordingWay[] = ['encoded', 'recorder'];
  for (const way of round % 2 === 0 ? ways : [...ways].reverse()) {
    test(`round ${round + 1}: ${way}`, async ({ person }) => {
      const host = await person('Anna Weber');
      const guests = [await person('James Miller'), await person('Mia Schulz')];
      const everybody = [host, ...guests];
      for (const { desktop } of everybody) await desktop.app.context().tracing.stop();
      if (way === 'recorder') await withoutEncodedFrames(host);
      await host.page.reload();
      const recorders = await countRecorders(host.page);
      const invite = await host.host('Team');
      for (const guest of guests) await guest.enter(host, invite);
      for (const one of everybody) await one.turnOn('microphone', 'camera');
      for (const one of everybody) {
        for (const other of everybody) if (one !== other) await seesAll(one, other);
      }
      await delay(5_000);

      const measured: { way: RecordingWay; without: number[]; recording: number[] } = {
        way,
        without: [],
        recording: [],
      };
      const loads: number[] = [loadavg()[0]!];
      measured.without.push(await load(host));
      for (let n = 0; n < alternations; n += 1) {
        await startRecording(host, guests, n);
        measured.recording.push(await load(host));
        await stopRecording(host);
        measured.without.push(await load(host));
      }
      loads.push(loadavg()[0]!);
      expect(await recorders()).toBe(way === 'encoded' ? 0 : alternations * 2 * everybody.length);
      const result: WayMeasured = { ...measured, loads };
      writeFileSync(`${process.env.KONKLAVE_BENCH_RESULT!}.${round}.${way}`, JSON.stringify(result));
    });
  }
}
