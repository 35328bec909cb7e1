import { execFileSync, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  StreamTarget,
  WebMOutputFormat,
  type StreamTargetChunk,
} from 'mediabunny';
import { finalizeTrack } from '../../main/recording/finalize/finalizeTrack';
import { SealedWriter } from '../../main/vault/sealed/sealedWriter';
import { interleaved, mebibyte, median, show, timed, type BenchmarkContext, type Table } from './benchmark';

const frameBytes = 10_000;
const framesPerSecond = 30;

interface Measured {
  readonly milliseconds: number;
  readonly peakMiB: number;
}

/** Making a recording seekable, in a process of its own as in the app, against ffmpeg copying the same film in the clear. */
export async function finalizing({ folder, sizeMiB, rounds, ffmpeg }: BenchmarkContext): Promise<Table> {
  const rows: string[][] = [];
  for (const size of [sizeMiB / 16, sizeMiB / 4]) {
    const [sealed, plain] = [join(folder, 'sealed'), join(folder, 'plain.webm')];
    const key = randomBytes(32);
    await generate(sealed, plain, key, size);
    const peaks: number[] = [];
    const times = await interleaved(rounds, {
      Konklave: async () => {
        const { milliseconds, peakMiB } = await inOwnProcess(sealed, join(folder, 'target'), key);
        peaks.push(peakMiB);
        return milliseconds;
      },
      ...(ffmpeg && {
        'ffmpeg -c copy (nothing is encrypted)': () => copyWithFfmpeg(plain, join(folder, 'copy.webm')),
      }),
    });
    const megabytes = (await stat(plain)).size / 1e6;
    for (const [name, list] of Object.entries(times)) {
      const peak = name === 'Konklave' ? show(median(peaks)) : '';
      rows.push([`${show(megabytes)} MB`, name, show((megabytes * 1000) / median(list)), peak]);
    }
    await Promise.all([rm(sealed), rm(plain)]);
  }
  return { columns: ['film', 'who', 'MB/s (median)', 'peak memory, MiB'], rows };
}

/** A film as a recorder writes it: clusters one after the other, no duration, no index; sealed in chunks, and in the clear. */
async function generate(sealedPath: string, plainPath: string, key: Uint8Array, sizeMiB: number): Promise<void> {
  const writer = await SealedWriter.create(sealedPath, key);
  const plain = await open(plainPath, 'wx');
  const output = new Output({
    format: new WebMOutputFormat({ appendOnly: true }),
    target: new StreamTarget(
      new WritableStream<StreamTargetChunk>({
        write: async ({ data }) => {
          await plain.write(data);
          await writer.append(data);
        },
      }),
    ),
  });
  const source = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(source);
  await output.start();
  const frames = Math.ceil((sizeMiB * mebibyte) / frameBytes);
  for (let frame = 0; frame < frames; frame += 1) {
    const type = frame % (4 * framesPerSecond) === 0 ? 'key' : 'delta';
    const packet = new EncodedPacket(randomBytes(frameBytes), type, frame / framesPerSecond, 1 / framesPerSecond);
    await source.add(packet, { decoderConfig: { codec: 'vp8', codedWidth: 640, codedHeight: 360 } });
  }
  await output.finalize();
  await writer.finish();
  await plain.close();
}

async function copyWithFfmpeg(source: string, target: string): Promise<number> {
  const args = ['-v', 'quiet', '-y', '-i', source, '-c', 'copy', target];
  const milliseconds = await timed(() => execFileSync('ffmpeg', args, { stdio: 'ignore' }));
  await rm(target);
  return milliseconds;
}

function inOwnProcess(sourcePath: string, targetPath: string, key: Buffer): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1] ?? '', ['finalizing-child'], { serialization: 'advanced' });
    child.once('message', (measured) => resolve(measured as Measured));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    child.send({ sourcePath, sourceKey: key, targetPath, targetKey: key });
  });
}

/** The other side of `inOwnProcess`. */
export function finalizingChild(): void {
  process.once('message', (job: Parameters<typeof finalizeTrack>[0]) => {
    void (async () => {
      const milliseconds = await timed(async () => {
        const outcome = await finalizeTrack(job);
        if (outcome.status !== 'done') throw new Error(outcome.status);
      });
      await rm(job.targetPath);
      const peakMiB = process.resourceUsage().maxRSS / 1024;
      process.send?.({ milliseconds, peakMiB }, () => process.disconnect());
    })();
  });
}
