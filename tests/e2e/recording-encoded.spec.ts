import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Person } from '../support/person';
import { countRecorders } from '../support/recorderCount';

const run = promisify(execFile);

/** From now on this person's camera turns white for a moment each two seconds, and their microphone sounds just then. */
async function flashAndBeep({ page }: Person): Promise<void> {
  await page.evaluate(() => {
    const context = new AudioContext();
    const [tone, gain, sound] = [
      context.createOscillator(),
      context.createGain(),
      context.createMediaStreamDestination(),
    ];
    tone.frequency.value = 880;
    gain.gain.value = 0;
    tone.connect(gain).connect(sound);
    tone.start();
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
    const pen = canvas.getContext('2d')!;
    const draw = (): void => {
      const on = context.currentTime % 2 < 0.3;
      gain.gain.value = on ? 0.5 : 0;
      pen.fillStyle = on ? 'white' : 'black';
      pen.fillRect(0, 0, 640, 360);
    };
    setInterval(draw, 1000 / 30);
    const picture = canvas.captureStream(15);
    navigator.mediaDevices.getUserMedia = (wanted) =>
      Promise.resolve(new MediaStream(wanted?.video ? picture.getVideoTracks() : sound.stream.getAudioTracks()));
  });
}

/** When it becomes bright, in milliseconds. */
async function flashes(file: string): Promise<number[]> {
  const filter = 'signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-';
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', file, '-vf', filter, '-f', 'null', '-'], {
    maxBuffer: 2 ** 26,
  });
  const frames = [...stdout.matchAll(/pts_time:([\d.]+)\s+lavfi\.signalstats\.YAVG=([\d.]+)/gu)];
  return rises(frames.map(([, at, light]) => [Number(at) * 1000, Number(light) > 128]));
}

/** When it becomes loud, in milliseconds. */
async function beeps(file: string): Promise<number[]> {
  // Holes of the time line stay holes.
  const { stdout } = await run(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-af', 'aresample=async=1:first_pts=0', '-f', 's16le', '-ac', '1', '-ar', '8000', '-'],
    { encoding: 'buffer', maxBuffer: 2 ** 26 },
  );
  const loud: (readonly [number, boolean])[] = [];
  for (let at = 0; at + 160 <= stdout.length; at += 160) {
    let most = 0;
    for (let n = at; n < at + 160; n += 2) most = Math.max(most, Math.abs(stdout.readInt16LE(n)));
    loud.push([at / 16, most > 3_000]);
  }
  return rises(loud);
}

function rises(states: readonly (readonly [at: number, on: boolean])[]): number[] {
  return states.flatMap(([at, on], n) => (on && n > 0 && states[n - 1]?.[1] === false ? [at] : []));
}

test('what arrives encoded is recorded as it is: whole, to be sought in, picture and sound in step', async ({
  person,
}) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await flashAndBeep(james);
  await james.enter(anna, await anna.host('Beratung Berger'));
  await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
  await anna.sees(james);
  const recorders = await countRecorders(anna.page);
  await anna.record({ own: ['audio', 'video'] });
  await james.answer(anna, 'yes', ['audio', 'video']);
  await anna.recordsFor(18);
  expect(await recorders(), 'nothing was encoded anew').toBe(0);
  await anna.stopRecording();
  await expect.poll(async () => (await anna.disk.tracks()).map(({ phase }) => phase)).toEqual(Array(4).fill('final'));

  const folder = await mkdtemp(join(tmpdir(), 'konklave-encoded-'));
  try {
    const onsets: Record<string, number[]> = {};
    const guest = await james.participantId();
    for (const track of await anna.disk.tracks()) {
      const file = join(folder, track.id);
      await writeFile(file, await anna.disk.openTrack(track));
      const { stderr } = await run('ffmpeg', ['-v', 'warning', '-i', file, '-f', 'null', '-']);
      expect(stderr, `ffmpeg about the ${track.kind}`).toBe('');
      expect(track.durationMs).toBeGreaterThan(12_000);
      if (track.kind === 'video') {
        const { stdout } = await run('ffprobe', [
          ...['-v', 'error', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', file],
        ]);
        const keys = [...stdout.matchAll(/^([\d.]+),K/gmu)].map(([, at]) => Number(at));
        expect(keys[0]).toBe(0);
        const apart = [...keys.slice(1), track.durationMs! / 1000].map((at, n) => at - keys[n]!);
        expect(Math.max(...apart), 'seconds between places to seek to').toBeLessThan(8);
      }
      if (track.kind === 'audio') {
        // James's microphone rests between the beeps, and Chromium plays what a file has packet after packet.
        const { stdout } = await run('ffprobe', [
          '-v',
          'error',
          '-show_entries',
          'packet=pts_time',
          '-of',
          'csv=p=0',
          file,
        ]);
        const times = stdout.trim().split('\n').map(Number);
        const holes = times.slice(1).map((at, n) => at - times[n]!);
        expect(Math.max(...holes), 'seconds without a packet of sound').toBeLessThan(0.1);
      }
      if (track.participantId !== guest) continue;
      const found = track.kind === 'video' ? await flashes(file) : await beeps(file);
      onsets[track.kind] = found.map((at) => at + track.offsetMs);
    }
    const apart = onsets['audio']!.flatMap((heard) => {
      const seen = onsets['video']!.find((at) => Math.abs(at - heard) < 900);
      return seen === undefined ? [] : [seen - heard];
    });
    expect(apart.length).toBeGreaterThan(4);
    for (const one of apart) expect(Math.abs(one), `picture and sound apart: ${apart.join(' ')}`).toBeLessThan(200);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
