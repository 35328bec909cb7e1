import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { median, show, type BenchmarkContext, type Table } from './benchmark';

/** `encoded`: the frames as they pass; `recorder`: MediaRecorder, which encodes anew. */
export type RecordingWay = 'encoded' | 'recorder';

/** One meeting: windows without and with recording in turn, beginning and ending without. In CPU seconds per second. */
export interface WayMeasured {
  readonly way: RecordingWay;
  readonly without: readonly number[];
  readonly recording: readonly number[];
  /** The machine's load average before and after. */
  readonly loads: readonly number[];
}

const names: Readonly<Record<RecordingWay, string>> = {
  encoded: 'encoded frames as they pass',
  recorder: 'MediaRecorder',
};

/** The CPU of a host of three with and without recording, both ways of recording in turn, in the real app. */
export async function recording({ folder, rounds }: BenchmarkContext): Promise<Table> {
  const result = join(folder, 'meeting');
  const root = process.cwd();
  execFileSync(
    process.execPath,
    [
      resolve(root, 'node_modules', '@playwright', 'test', 'cli.js'),
      ...['test', '--config', resolve(root, 'tests', 'benchmarks', 'recording.config.ts')],
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        KONKLAVE_BENCH_RESULT: result,
        KONKLAVE_BENCH_ROUNDS: String(rounds),
        KONKLAVE_BENCH_OUTPUT: join(folder, 'output'),
      },
    },
  );
  const all = (way: RecordingWay): readonly WayMeasured[] =>
    Array.from({ length: rounds }, (_, round) => `${result}.${round}.${way}`)
      .filter((file) => existsSync(file))
      .map((file) => JSON.parse(readFileSync(file, 'utf8')) as WayMeasured);
  const ways = (['encoded', 'recorder'] as const).map((way) => ({ way, meetings: all(way) }));
  const loads = ways.flatMap(({ meetings }) => meetings.flatMap((one) => one.loads));
  return {
    columns: [
      `3 people, 640x360, 15 fps (load ${show(Math.min(...loads))} to ${show(Math.max(...loads))})`,
      'cores without',
      'cores recording',
      'ratio (median)',
      'ratios',
    ],
    rows: ways.map(({ way, meetings }) => {
      const ratios = meetings.flatMap(ratiosOf);
      return [
        names[way],
        show(median(meetings.flatMap(({ without }) => without))),
        show(median(meetings.flatMap((one) => one.recording))),
        median(ratios).toFixed(2),
        ratios.map((ratio) => ratio.toFixed(2)).join(' '),
      ];
    }),
  };
}

/** Each window with recording against those before and after it. */
function ratiosOf({ without, recording: recorded }: WayMeasured): readonly number[] {
  return recorded.map((one, n) => (2 * one) / ((without[n] ?? Number.NaN) + (without[n + 1] ?? Number.NaN)));
}
