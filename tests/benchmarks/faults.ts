import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { finalizeTrack } from '../../main/recording/finalize/finalizeTrack';
import { SealedReader } from '../../main/vault/sealed/sealedReader';
import texts from '../../renderer/locales/en/consent.json';
import { show, type BenchmarkContext, type Table } from './benchmark';
import { pieceMs } from './endlessFilm';
import { rigOn, vaultIn, type RecorderJob, type RecorderLine } from './faultsRecorder';

const fixture = (name: string) => join('main', 'recording', 'finalize', 'fixtures', `${name}.webm`);
const films = { audio: fixture('remote-opus'), video: fixture('remote-vp8') };
const run = promisify(execFile);
const root = process.getuid?.() === 0;

const tellings: Readonly<Record<string, string>> = {
  'disk-full': texts.diskFull,
  'disk-gone': texts.diskGone,
  'write-failed': texts.writeFailed,
  'too-slow': texts.tooSlow,
  null: '(well again)',
};

/** The recorder in a process of its own, and what it has said so far. */
class Recorder {
  readonly #child;
  readonly told: string[] = [];
  readonly handed = new Map<string, number>();
  readonly ended: Promise<void>;
  done = false;

  constructor(job: Partial<RecorderJob> & Pick<RecorderJob, 'vaultFolder'>, cgroup: string | null = null) {
    const given = JSON.stringify({ films, people: 1, pieceEveryMs: 50, pieces: 10_000, ...job });
    const start = cgroup === null ? '' : `echo $$ > ${cgroup}/cgroup.procs; `;
    this.#child = spawn(
      'sh',
      ['-c', `${start}exec "$@"`, 'sh', process.execPath, process.argv[1] ?? '', 'faults-recorder', given],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let rest = '';
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#take(JSON.parse(line) as RecorderLine);
    });
    this.ended = new Promise((resolve) => this.#child.once('close', () => resolve()));
  }

  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    return this.ended;
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    for (const end = Date.now() + 120_000; !condition(); await wait(20)) {
      if (Date.now() > end || this.#child.exitCode !== null) throw new Error(`never: ${what}`);
    }
  }

  /** Milliseconds that were handed over, of all tracks of a kind. */
  handedMs(kind: string): number {
    return [...this.handed].reduce((sum, [track, pieces]) => (track.endsWith(kind) ? sum + pieces * pieceMs : sum), 0);
  }

  #take(line: RecorderLine): void {
    if (line.type === 'handed') this.handed.set(line.track, line.pieces);
    else if (line.type === 'told') this.told.push(String(line.trouble));
    else this.done = true;
  }
}

interface Found {
  readonly ms: Readonly<Record<'audio' | 'video', number>>;
  readonly tracks: number;
  readonly frames: number;
  readonly problems: string[];
  readonly leftovers: number;
}

/** What is there after the next start, and whether ffprobe can decode all of it. */
async function find(vaultFolder: string): Promise<Found> {
  const manager = vaultIn(vaultFolder);
  await manager.start();
  const vault = manager.vault();
  await rigOn(vault).recover();
  const ms = { audio: 0, video: 0 };
  const problems: string[] = [];
  const wanted = new Set<string>();
  let [frames, tracks] = [0, 0];
  const plain = `${vaultFolder}.webm`;
  for (const track of vault.recordings.list().flatMap(({ id }) => vault.recordings.tracks(id))) {
    if (track.phase === 'erased' || (track.kind !== 'audio' && track.kind !== 'video')) continue;
    const key = vault.recordings.trackKey(track.id);
    wanted.add(track.fileName);
    if (!key || track.phase !== 'final') {
      problems.push(`${track.kind} is ${track.phase}`);
      continue;
    }
    ms[track.kind] += track.durationMs ?? 0;
    const reader = await SealedReader.open(join(vault.recordingsFolder, track.fileName), key, {
      requireComplete: true,
    });
    await writeFile(plain, await reader.read(0, reader.size));
    await reader.close();
    const args = ['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', plain];
    const { stdout, stderr } = await run('ffprobe', args);
    frames += Number(stdout);
    tracks += 1;
    if (stderr !== '' || !(Number(stdout) > 0)) problems.push(`ffprobe: ${stderr.split('\n')[0] ?? 'no frame'}`);
  }
  const leftovers = (await readdir(vault.recordingsFolder)).filter(
    (name) => name.endsWith('.sealed') && !wanted.has(name),
  ).length;
  await manager.close();
  await rm(plain, { force: true });
  return { ms, tracks, frames, problems, leftovers };
}

const plays = ({ tracks, frames, problems, leftovers }: Found) =>
  problems.length > 0 || leftovers > 0
    ? `NO: ${[...problems, ...(leftovers > 0 ? [`${leftovers} files too many`] : [])].join('; ')}`
    : `yes: ${tracks} tracks, ${frames.toLocaleString('en-GB')} frames`;

const toldText = (told: readonly string[]) =>
  told.length === 0 ? 'nothing' : told.map((one) => tellings[one] ?? one).join(' … ');

async function newVault(folder: string): Promise<string> {
  const manager = vaultIn(folder);
  await manager.start();
  await manager.create({ name: 'Ada', contact: '', passphrase: null });
  await manager.close();
  return folder;
}

const missing = (recorder: Recorder, found: Found) =>
  (['audio', 'video'] as const).map((kind) => Math.max(0, recorder.handedMs(kind) - found.ms[kind]));
const asText = (values: readonly number[]) => `${values[0] ?? 0} / ${values[1] ?? 0}`;

const mount = (...args: string[]) => execFileSync('mount', args);
const unmount = (path: string) => execFileSync('umount', ['-l', path]);

/** Mounts for a while; afterwards nothing is mounted there, whatever happened. */
async function mounted<Value>(path: string, how: () => void, work: () => Promise<Value>): Promise<Value> {
  await mkdir(path, { recursive: true });
  how();
  try {
    return await work();
  } finally {
    try {
      unmount(path);
    } catch {
      // It is gone already: that was the fault.
    }
  }
}

/** A disk in a file, seen by the system as a block device. */
async function withDisk<Value>(image: string, mebibytes: number, work: (device: string) => Promise<Value>) {
  writeFileSync(image, '');
  execFileSync('truncate', ['-s', `${mebibytes}M`, image]);
  const device = execFileSync('losetup', ['-f', '--show', image], { encoding: 'utf8' }).trim();
  try {
    execFileSync('mkfs.ext4', ['-q', device]);
    return await work(device);
  } finally {
    execFileSync('losetup', ['-d', device]);
  }
}

type Row = readonly string[];

async function diskFull(folder: string, whole: boolean): Promise<Row> {
  const vaultFolder = join(folder, whole ? 'full-vault' : 'full');
  const limited = whole ? vaultFolder : join(vaultFolder, 'recordings');
  const size = () => mount('-t', 'tmpfs', '-o', 'size=40m,mode=0700', 'tmpfs', limited);
  if (!whole) await newVault(vaultFolder);
  return mounted(limited, size, async () => {
    if (whole) await newVault(vaultFolder);
    const recorder = new Recorder({ vaultFolder, people: 2 });
    await recorder.until(() => recorder.handedMs('audio') > 20_000, 'recording');
    const ballast = join(limited, 'ballast');
    execFileSync('sh', ['-c', `cat /dev/zero > ${ballast} 2>/dev/null || true`]);
    await recorder.until(() => recorder.told.includes('disk-full'), 'told that the disk is full');
    await wait(2_000);
    await rm(ballast);
    await recorder.until(() => recorder.told.includes('null'), 'told that it is well again');
    const before = recorder.handedMs('audio');
    await recorder.until(() => recorder.handedMs('audio') > before + 20_000, 'going on');
    await recorder.kill();
    const found = await find(vaultFolder);
    return [
      `disk full${whole ? ', the database’s too' : ''}, then room again`,
      'tmpfs of 40 MiB filled by another program; then kill -9',
      `${asText(missing(recorder, found))} of what was taken; nothing is taken while it is full`,
      toldText(recorder.told),
      plays(found),
    ];
  });
}

async function diskSlow(folder: string): Promise<Row> {
  const vaultFolder = join(folder, 'slow');
  const cgroup = `/sys/fs/cgroup/blkio/konklave-bench-${process.pid}`;
  return withDisk(join(folder, 'slow.img'), 128, (device) =>
    mounted(
      vaultFolder,
      () => mount('-o', 'sync', device, vaultFolder),
      async () => {
        rmdirSync(join(vaultFolder, 'lost+found'));
        await newVault(vaultFolder);
        mkdirSync(cgroup);
        try {
          const number = execFileSync('stat', ['-c', '%Hr:%Lr', device], { encoding: 'utf8' }).trim();
          writeFileSync(join(cgroup, 'blkio.throttle.write_bps_device'), `${number} 50000`);
          const pieces = 180;
          const recorder = new Recorder({ vaultFolder, people: 6, pieceEveryMs: 500, pieces }, cgroup);
          await Promise.race([recorder.ended, wait(400_000)]);
          if (!recorder.done) await recorder.kill();
          const found = await find(vaultFolder);
          const all = 6 * pieces * pieceMs;
          const [sound, picture] = missing(recorder, found);
          return [
            'disk takes 50 kB/s; six people send 81 kB/s for 90 s',
            'ext4 mounted sync on a loop device, throttled by the block cgroup',
            `${Math.max(sound ?? 0, all - found.ms.audio)} of ${all} of sound; pictures pause: ${show(found.ms.video / 1000)} s of ${all / 1000} s are there, ${picture} of those begun missing`,
            toldText(recorder.told),
            plays(found),
          ];
        } finally {
          rmdirSync(cgroup);
        }
      },
    ),
  );
}

async function diskGone(folder: string, forGood: boolean): Promise<Row> {
  const vaultFolder = join(folder, forGood ? 'gone-long' : 'gone');
  return withDisk(join(folder, 'gone.img'), 64, (device) =>
    mounted(
      vaultFolder,
      () => mount(device, vaultFolder),
      async () => {
        rmdirSync(join(vaultFolder, 'lost+found'));
        await newVault(vaultFolder);
        const recorder = new Recorder({ vaultFolder, people: 2 });
        await recorder.until(() => recorder.handedMs('audio') > 10_000, 'recording');
        unmount(vaultFolder);
        await recorder.until(() => recorder.told.includes('disk-gone'), 'told that the disk is gone');
        const before = recorder.handedMs('audio');
        await recorder.until(() => recorder.handedMs('audio') > before + 10_000, 'going on');
        if (forGood) await recorder.kill();
        mount(device, vaultFolder);
        if (!forGood) {
          await recorder.until(() => recorder.told.includes('null'), 'told that it is back');
          const after = recorder.handedMs('audio');
          await recorder.until(() => recorder.handedMs('audio') > after + 10_000, 'going on');
          await recorder.kill();
        }
        const found = await find(vaultFolder);
        return [
          forGood ? 'disk unmounted, the program killed, the disk back' : 'disk unmounted, and back a little later',
          'ext4 on a loop device, umount -l while recording; kill -9',
          asText(missing(recorder, found)),
          toldText(recorder.told),
          plays(found),
        ];
      },
    ),
  );
}

async function killed(folder: string): Promise<Row> {
  const worst = [0, 0];
  let total: Found = { ms: { audio: 0, video: 0 }, tracks: 0, frames: 0, problems: [], leftovers: 0 };
  for (let round = 0; round < 50; round += 1) {
    const vaultFolder = await newVault(join(folder, `killed-${round}`));
    const recorder = new Recorder({ vaultFolder, people: 2, pieceEveryMs: 20 });
    await recorder.until(() => recorder.handed.size === 4, 'recording');
    await wait(randomInt(1_500));
    await recorder.kill();
    const found = await find(vaultFolder);
    // Per track: the worst a person can have lost.
    missing(recorder, found).forEach((value, index) => (worst[index] = Math.max(worst[index] ?? 0, value / 2)));
    total = {
      ms: total.ms,
      tracks: total.tracks + found.tracks,
      frames: total.frames + found.frames,
      problems: [...total.problems, ...found.problems],
      leftovers: total.leftovers + found.leftovers,
    };
    if (found.tracks !== 4) total.problems.push(`${found.tracks} tracks instead of 4`);
    await rm(vaultFolder, { recursive: true });
  }
  return [
    'kill -9 at 50 random moments',
    'a process writing four tracks at 25 times the speed; each time all is recovered and decoded',
    `${asText(worst)} at most, per track`,
    'after the next start: recovered',
    plays(total),
  ];
}

async function powerCut(folder: string): Promise<Row> {
  const vaultFolder = await newVault(join(folder, 'power'));
  const recorder = new Recorder({ vaultFolder, people: 1, pieceEveryMs: 20 });
  await recorder.until(() => recorder.handedMs('video') > 15_000, 'recording');
  await recorder.kill();
  const manager = vaultIn(vaultFolder);
  await manager.start();
  const vault = manager.vault();
  const worst: number[] = [];
  let cuts = 0;
  const [torn, target] = [join(folder, 'torn'), join(folder, 'target')];
  for (const track of vault.recordings.list().flatMap(({ id }) => vault.recordings.tracks(id))) {
    const key = vault.recordings.trackKey(track.id) ?? Buffer.alloc(0);
    const whole = readFileSync(join(vault.recordingsFolder, track.fileName));
    const finalizeAs = async (bytes: Buffer) => {
      await writeFile(torn, bytes);
      const outcome = await finalizeTrack({ sourcePath: torn, sourceKey: key, targetPath: target, targetKey: key });
      if (outcome.status !== 'done') throw new Error(outcome.status);
      await copyFile(target, `${target}.whole`);
      await rm(target);
      return outcome.durationMs;
    };
    const complete = await finalizeAs(whole);
    const byLength = new Map<number, number>();
    let most = 0;
    for (let cut = 1, second = lastSecond(whole); cut <= second; cut += 1, cuts += 1) {
      const bytes = whole.subarray(0, whole.length - cut);
      await writeFile(torn, bytes);
      const reader = await SealedReader.open(torn, key);
      const { size } = reader;
      await reader.close();
      if (!byLength.has(size)) byLength.set(size, await finalizeAs(bytes));
      most = Math.max(most, complete - (byLength.get(size) ?? 0));
    }
    worst[track.kind === 'audio' ? 0 : 1] = most;
  }
  await manager.close();
  const found = await find(vaultFolder);
  return [
    'power cut in the middle of a write',
    `the file of a sound and of a picture cut at every byte of the last second (${cuts.toLocaleString('en-GB')} cuts), each recovered`,
    `${asText(worst)} at most`,
    'after the next start: recovered',
    plays(found),
  ];
}

/** How many bytes the last two segments take: half a second each. */
function lastSecond(file: Buffer): number {
  const starts: number[] = [];
  for (let at = 32; at + 4 <= file.length; at += 4 + file.readUInt32BE(at)) starts.push(at);
  return file.length - (starts.at(-2) ?? file.length);
}

async function finalizeKilled(folder: string): Promise<Row> {
  const vaultFolder = await newVault(join(folder, 'finalizing'));
  const recorder = new Recorder({ vaultFolder, people: 2, pieceEveryMs: 1 });
  await recorder.until(() => recorder.handedMs('video') > 2 * 1_800_000, 'an hour recorded');
  await recorder.kill();
  let times = 0;
  for (; times < 10; times += 1) {
    const child = spawn(process.execPath, [process.argv[1] ?? '', 'faults-recover', vaultFolder], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await Promise.race([ended, wait(400 + randomInt(1_200))]);
    if (child.exitCode !== null) break;
    child.kill('SIGKILL');
    await ended;
  }
  const found = await find(vaultFolder);
  return [
    `finalizing killed, ${times} times in a row`,
    'kill -9 of the process at random moments while it makes half an hour of four tracks seekable',
    asText(missing(recorder, found)),
    'nothing: it is done again at the next start',
    plays(found),
  ];
}

/** The other side of `finalizeKilled`. */
export async function faultsRecover(vaultFolder: string): Promise<void> {
  const manager = vaultIn(vaultFolder);
  await manager.start();
  await rigOn(manager.vault()).recover();
  await manager.close();
}

/** Real faults on real files: what is missing afterwards, what the host is told, and whether it plays. */
export async function faults({ folder }: BenchmarkContext): Promise<Table> {
  const only = process.env['KONKLAVE_FAULT'];
  const rows: Row[] = [];
  const all: readonly (readonly [string, boolean, () => Promise<Row>])[] = [
    ['disk full', true, () => diskFull(folder, false)],
    ['disk full, the database’s too', true, () => diskFull(folder, true)],
    ['disk slow', true, () => diskSlow(folder)],
    ['disk unmounted', true, () => diskGone(folder, false)],
    ['disk unmounted and the program killed', true, () => diskGone(folder, true)],
    ['kill -9', false, () => killed(folder)],
    ['power cut', false, () => powerCut(folder)],
    ['finalizing killed', false, () => finalizeKilled(folder)],
  ];
  for (const [name, needsRoot, measure] of all) {
    if (only !== undefined && !name.includes(only)) continue;
    if (needsRoot && !root) rows.push([name, 'not measured: mounting needs root', '', '', '']);
    else rows.push(await measure());
    console.error(rows.at(-1)?.join(' | '));
  }
  return {
    columns: ['fault', 'how it was made', 'missing, ms (sound / picture)', 'the host is told', 'plays (ffprobe)'],
    rows,
  };
}
