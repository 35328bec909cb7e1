import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Benchmark, BenchmarkContext } from './benchmark';
import { faults, faultsRecover } from './faults';
import { faultsRecorder, type RecorderJob } from './faultsRecorder';
import { finalizing, finalizingChild } from './finalizing';
import { mesh } from './mesh';
import { recording } from './recording';
import { sealing } from './sealing';
import { seeking } from './seeking';
import { soak, soakFinalize, soakMove, soakWrite } from './soak';
import { vault } from './vault';

const benchmarks: Readonly<Record<string, Benchmark>> = {
  sealing,
  seeking,
  finalizing,
  vault,
  recording,
  mesh,
  faults,
  soak,
};

/** Runs one benchmark: its name, its context as JSON, and where the table goes. Started by scripts/bench.mjs. */
async function main(): Promise<void> {
  const [name = '', given = '{}', result = ''] = process.argv.slice(2);
  if (name === 'finalizing-child') {
    finalizingChild();
    return;
  }
  if (name === 'soak-move') return soakMove(JSON.parse(given) as Parameters<typeof soakMove>[0]);
  if (name === 'soak-write') return soakWrite();
  if (name === 'soak-finalize') return soakFinalize();
  if (name === 'faults-recorder') return faultsRecorder(JSON.parse(given) as RecorderJob);
  if (name === 'faults-recover') return faultsRecover(given);
  const benchmark = benchmarks[name];
  if (!benchmark) throw new Error(`there is no benchmark ${name}`);
  const context = JSON.parse(given) as BenchmarkContext;
  mkdirSync(context.folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(result, JSON.stringify(await benchmark(context)));
  } finally {
    rmSync(context.folder, { recursive: true, force: true });
  }
}

void main();
