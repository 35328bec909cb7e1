// Runs the parsers of outside input in a process of their own (tests/fuzz/child.ts), and ends it when it hangs: what does
// not come back cannot be waited for from within.
import { fork } from 'node:child_process';
import { fromRoot } from '../setup/paths.mjs';
import { bundleTool } from './tool.mjs';

/**
 * @typedef {object} FuzzOptions
 * @property {string[]} [only] parts of the targets' names; none: all
 * @property {string[]} [without]
 * @property {number} seed
 * @property {number} [from] the first input's number
 * @property {number} inputs of a target that costs little; of others fewer, by their cost
 * @property {number} [atLeast] but at least so many of each
 * @property {number} [patienceMs] for one input
 * @property {number} [hangMs] without a word: it hangs
 * @property {string | null} [samples] where to keep an input that breaks something
 * @property {(report: FuzzReport) => void} [onReport]
 *
 * @typedef {object} FuzzReport
 * @property {string} target
 * @property {number} inputs
 * @property {number} taken
 * @property {number} slowestMs
 * @property {number} slowestAt its number
 * @property {number} seconds
 * @property {number} heapMiB
 * @property {string | null} problem
 * @property {number | null} at the number of the input that broke something
 */

/** In place of a target's name, before the first one. */
const beginning = '';

/**
 * @param {FuzzOptions} options
 * @returns {Promise<FuzzReport[]>} one for each target
 */
export async function fuzz(options) {
  const bundle = await bundleTool('tests/fuzz/child.ts');
  /** @type {FuzzReport[]} */
  const reports = [];
  for (;;) {
    const unfinished = await runChild(bundle, options, reports);
    if (unfinished === null) return reports;
    const { target, index, why } = unfinished;
    if (target === beginning) throw new Error(`the fuzzing could not be begun: ${why}`);
    const report = {
      target,
      inputs: index,
      taken: 0,
      slowestMs: 0,
      slowestAt: index,
      seconds: 0,
      heapMiB: 0,
      problem: why,
      at: index,
    };
    reports.push(report);
    options.onReport?.(report);
  }
}

/**
 * @param {string} bundle
 * @param {FuzzOptions} options
 * @param {FuzzReport[]} reports
 * @returns {Promise<{ target: string, index: number, why: string } | null>} null: it came to its end
 */
function runChild(bundle, options, reports) {
  const {
    only = [],
    without = [],
    seed,
    from = 0,
    inputs,
    atLeast = 1,
    patienceMs = 5_000,
    samples = null,
    onReport,
  } = options;
  const { hangMs = 120_000 } = options;
  const skip = reports.map(({ target }) => target);
  const task = JSON.stringify({ only, without, skip, seed, from, inputs, atLeast, patienceMs, samples });
  const child = fork(bundle, [task], {
    cwd: fromRoot('.'),
    execArgv: ['--expose-gc', '--max-old-space-size=512'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  return new Promise((resolve) => {
    let now = { target: beginning, index: from };
    let errors = '';
    let hangs = false;
    const watchdog = () =>
      setTimeout(() => {
        hangs = true;
        child.kill('SIGKILL');
      }, hangMs);
    let timer = watchdog();
    child.stderr
      ?.setEncoding('utf8')
      .on('data', (/** @type {string} */ text) => (errors = (errors + text).slice(-4_000)));
    child.on('message', (/** @type {any} */ message) => {
      clearTimeout(timer);
      timer = watchdog();
      if (message.type === 'ended') {
        const report = { ...message.report, problem: message.problem, at: message.at };
        reports.push(report);
        onReport?.(report);
      } else now = { target: message.target, index: message.index };
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(null);
      else
        resolve({
          ...now,
          why: hangs ? 'hangs in one of the next inputs' : `the process ended (${code ?? signal})\n${errors}`,
        });
    });
  });
}
