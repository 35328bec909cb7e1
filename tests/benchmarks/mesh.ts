import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { median, show, type BenchmarkContext, type Table } from './benchmark';

/** What one meeting of so many people cost. */
export interface MeshMeasured {
  readonly people: number;
  /** CPU seconds per second of one participant's whole app, one value per participant. */
  readonly cores: readonly number[];
  /** What one participant sends in all, in bits per second. */
  readonly sentBps: readonly number[];
  /** Pictures that arrive per second and sender. */
  readonly framesPerSecond: number;
  /** The height of what arrives. */
  readonly height: number;
  /** The machine's load average before and after. */
  readonly loads: readonly number[];
}

/** Meetings of this many people, everybody's sound and picture on, are measured one after the other. */
export const meshSizes = [2, 3, 4, 5, 6] as const;

/** What a mesh costs each participant, by its size; as a ratio to two people in the same run. */
export async function mesh({ folder, rounds }: BenchmarkContext): Promise<Table> {
  const result = join(folder, 'mesh');
  const root = process.cwd();
  const cli = resolve(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const config = resolve(root, 'tests', 'benchmarks', 'mesh.config.ts');
  execFileSync(process.execPath, [cli, 'test', '--config', config], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      KONKLAVE_BENCH_RESULT: result,
      KONKLAVE_BENCH_ROUNDS: String(rounds),
      KONKLAVE_BENCH_OUTPUT: join(folder, 'output'),
    },
  });
  const files = Array.from({ length: rounds }, (_, round) => meshSizes.map((people) => `${result}.${round}.${people}`));
  const all = files
    .flat()
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as MeshMeasured);
  const loads = all.flatMap((one) => one.loads);
  const of = (people: number): readonly MeshMeasured[] => all.filter((one) => one.people === people);
  const cores = (people: number): number => median(of(people).flatMap((one) => one.cores));
  const sent = (people: number): number => median(of(people).flatMap((one) => one.sentBps));
  return {
    columns: [
      `people (load ${show(Math.min(...loads))} to ${show(Math.max(...loads))})`,
      'picture',
      'pictures per second',
      'cores each',
      'cores, ratio',
      'sent by each, kbit/s',
      'sent, ratio',
    ],
    rows: meshSizes
      .filter((people) => of(people).length > 0)
      .map((people) => [
        String(people),
        `${median(of(people).map(({ height }) => height))} lines`,
        show(median(of(people).map(({ framesPerSecond }) => framesPerSecond))),
        show(cores(people)),
        (cores(people) / cores(2)).toFixed(2),
        show(sent(people) / 1000),
        (sent(people) / sent(2)).toFixed(2),
      ]),
  };
}
