import { execFileSync, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { finalizeTrack, type FinalizeJob } from '../../main/recording/finalize/finalizeTrack';
import type { RunFinalize } from '../../main/recording/finalize/finalizeInProcess';
import { mediaResponse } from '../../main/recording/mediaResponse';
import { diskRig } from '../../main/recording/testing/diskRig';
import { percentile, show, timed, type BenchmarkContext, type Table } from './benchmark';
import { endlessFilm, pieceMs } from './endlessFilm';
import { rigOn, timers, vaultIn } from './faultsRecorder';

const hours = 3;
const pieces = (hours * 3_600_000) / pieceMs;
/** When memory is looked at, in minutes of the recording. */
const marks = [10, 60, 180];

const toMiB = (kibibytes: number) => `${Math.round(kibibytes / 1_024)} MiB`;

/** What a recording of three hours costs: memory while it is written and finalized, and the time a seek takes in it. */
export async function soak({ folder, ffmpeg }: BenchmarkContext): Promise<Table> {
  const films = { audio: join('main', 'recording', 'finalize', 'fixtures', 'remote-opus.webm'), video: '' };
  films.video = ffmpeg ? makeFilm(join(folder, 'film.webm')) : films.audio.replace('opus', 'vp8');
  const vaultFolder = join(folder, 'vault');
  const manager = vaultIn(vaultFolder);
  await manager.start();
  await manager.create({ name: 'Ada', contact: '', passphrase: null });
  await manager.close();

  const { milliseconds, memory: writing } = await inOwnProcess<Written>('soak-write', { vaultFolder, films });
  const finalizing: number[][] = [];
  await manager.start();
  const vault = manager.vault();
  const rig = diskRig({
    vault,
    now: () => Date.now(),
    timers,
    run: async (job) => {
      const { outcome, memory } = await finalizeWatched(job);
      finalizing.push(memory);
      return outcome;
    },
  });
  const finalized = await timed(() => rig.recover());

  const [recording] = vault.recordings.list();
  const tracks = vault.recordings.tracks(recording?.id ?? '');
  const bytes = tracks.reduce((sum, track) => sum + track.bytes, 0);
  const seconds = tracks.map(({ durationMs }) => (durationMs ?? 0) / 1_000);
  if (!seconds.every((one) => Math.abs(one - hours * 3_600) < 1)) throw new Error(`durations: ${seconds.join(', ')}`);
  const seeks: number[] = [];
  const video = tracks.find(({ kind }) => kind === 'video');
  for (let round = 0; round < 500; round += 1) {
    const start = randomInt((video?.bytes ?? 0) - 2_000_000);
    seeks.push(
      await timed(async () => {
        const environment = { vault: () => vault, log: { info: () => undefined, error: () => undefined } };
        const response = await mediaResponse(environment as never, video?.id ?? '', `bytes=${start}-`);
        const reader = response.body?.getReader();
        await reader?.read();
        await reader?.cancel();
      }),
    );
  }
  await manager.close();
  const player = await seeksInPlayer(folder, vaultFolder);
  const memoryOf = (list: readonly number[]) => list.map(toMiB).join(' / ');
  return {
    columns: [`${hours} hours, sound and 640x360, ${show(bytes / 1e6)} MB`, ''],
    rows: [
      [`memory while writing, after ${marks.join(' / ')} min`, memoryOf(writing)],
      ...finalizing.map((memory, index) => [
        `memory while finalizing ${tracks[index]?.kind ?? ''}, at ${marks.join(' / ')} min of it`,
        memoryOf(memory),
      ]),
      ['written, times as fast as real time', show((hours * 3_600_000) / milliseconds)],
      ['finalized, s', show(finalized / 1_000)],
      ['seek, main process, ms (p50 / p99 / longest of 500)', showAll(seeks)],
      [
        'seek, <video> in the app, ms (p50 / p99 / longest)',
        player === null ? 'not measured' : `${showAll(player)} of ${player.length}`,
      ],
    ],
  };
}

const showAll = (list: readonly number[]) => [0.5, 0.99, 1].map((share) => show(percentile(list, share))).join(' / ');

/** Six seconds as a camera gives them in a call: 640x360, 15 pictures per second, 800 kbit/s. */
function makeFilm(path: string): string {
  const source = 'testsrc2=size=640x360:rate=15:duration=7,noise=alls=12:allf=t';
  const codec = ['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '800k', '-g', '60', '-pix_fmt', 'yuv420p'];
  const args = ['-v', 'error', '-f', 'lavfi', '-i', source, ...codec, '-f', 'webm', '-live', '1', 'pipe:1'];
  writeFileSync(path, execFileSync('ffmpeg', args, { maxBuffer: 64 * 1_048_576 }));
  return path;
}

interface Written {
  readonly milliseconds: number;
  readonly memory: number[];
}

interface WriteJob {
  readonly vaultFolder: string;
  readonly films: Readonly<Record<'audio' | 'video', string>>;
}

function inOwnProcess<Result>(name: string, job: unknown): Promise<Result> {
  return new Promise((settle, reject) => {
    const child = fork(process.argv[1] ?? '', [name], { serialization: 'advanced' });
    child.once('message', (result) => settle(result as Result));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    child.send(job as object);
  });
}

/** The other side: writes three hours. Ends as if it were killed, so that recovery has everything to do. */
export function soakWrite(): void {
  process.once('message', (job: WriteJob) => {
    void (async () => {
      const manager = vaultIn(job.vaultFolder);
      await manager.start();
      const rig = rigOn(manager.vault());
      const recordingId = rig.start();
      const tracks: { id: string; piece: (index: number) => Buffer }[] = [];
      for (const kind of ['audio', 'video'] as const) {
        const film = await endlessFilm(job.films[kind]);
        const id = await rig.open(recordingId, kind);
        await rig.sinks.appendTrack(id, film.head);
        tracks.push({ id, piece: film.piece });
      }
      const memory: number[] = [];
      const milliseconds = await timed(async () => {
        for (let index = 0; index < pieces; index += 1) {
          for (const { id, piece } of tracks) await rig.sinks.appendTrack(id, piece(index));
          if (marks.includes(((index + 1) * pieceMs) / 60_000)) memory.push(process.memoryUsage.rss() / 1_024);
        }
      });
      process.send?.({ milliseconds, memory }, () => process.exit(0));
    })();
  });
}

/** In a process of its own, as in the app; its memory when so much of the new file is there. */
async function finalizeWatched(job: FinalizeJob): Promise<{
  readonly outcome: Awaited<ReturnType<RunFinalize>>;
  readonly memory: number[];
}> {
  const expected = (await stat(job.sourcePath)).size;
  const child = fork(process.argv[1] ?? '', ['soak-finalize'], { serialization: 'advanced' });
  const outcome = new Promise<Awaited<ReturnType<RunFinalize>>>((settle, reject) => {
    child.once('message', (result) => settle(result as Awaited<ReturnType<RunFinalize>>));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  child.send(job);
  const memory: number[] = [];
  let last = 0;
  let over = false;
  void outcome.finally(() => (over = true)).catch(() => undefined);
  while (!over) {
    const written = existsSync(job.targetPath) ? (await stat(job.targetPath)).size : 0;
    const rss = residentKiB(child.pid ?? 0);
    if (rss > 0) last = rss;
    const mark = (marks[memory.length] ?? Infinity) / 180;
    if (mark < 1 && written >= mark * expected) memory.push(last);
    await wait(20);
  }
  // What stays behind the window is written at the very end.
  while (memory.length < marks.length) memory.push(last);
  return { outcome: await outcome, memory };
}

function residentKiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** The other side of `finalizeWatched`. */
export function soakFinalize(): void {
  process.once('message', (job: FinalizeJob) => {
    void finalizeTrack(job).then((outcome) => process.send?.(outcome, () => process.exit(0)));
  });
}

/** The same recording in the real app. Null where that cannot run. */
async function seeksInPlayer(folder: string, vaultFolder: string): Promise<number[] | null> {
  const result = join(folder, 'seeks.json');
  await mkdir(join(folder, 'output'), { recursive: true });
  try {
    execFileSync(
      process.execPath,
      [
        resolve('node_modules', '@playwright', 'test', 'cli.js'),
        ...['test', '--config', resolve('tests', 'benchmarks', 'soak.config.ts')],
      ],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          KONKLAVE_BENCH_RESULT: result,
          KONKLAVE_BENCH_VAULT: resolve(vaultFolder),
          KONKLAVE_BENCH_BUNDLE: process.argv[1],
          KONKLAVE_BENCH_OUTPUT: join(folder, 'output'),
        },
      },
    );
    return JSON.parse(readFileSync(result, 'utf8')) as number[];
  } catch (error) {
    console.error(`not measured in the app: ${String(error)}`);
    return null;
  }
}

interface Move {
  readonly from: string;
  readonly to: string;
  readonly passphrase: string;
}

/** Puts the recording into another vault, under the same keys, and says which track is the picture. */
export async function soakMove({ from, to, passphrase }: Move): Promise<void> {
  const [source, target] = [vaultIn(from), vaultIn(to)];
  await source.start();
  await target.start();
  await target.unlock(passphrase);
  const [old, own] = [source.vault(), target.vault()];
  const [recording] = old.recordings.list();
  if (!recording) throw new Error('there is no recording');
  own.recordings.create(recording);
  const tracks = old.recordings.tracks(recording.id);
  for (const track of tracks) {
    const key = old.recordings.trackKey(track.id);
    if (key) own.recordings.addTrack(track, key);
    await copyFile(join(old.recordingsFolder, track.fileName), join(own.recordingsFolder, track.fileName));
  }
  await Promise.all([source.close(), target.close()]);
  console.log(tracks.find(({ kind }) => kind === 'video')?.id);
}
