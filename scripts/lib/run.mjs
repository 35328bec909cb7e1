import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Process groups of our children that are still running. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let isGuarded = false;

/** How long children may take to end in good order when we are asked to stop. */
const GRACE_MS = 5000;

/**
 * Ends a child started by `run` or `startProcess` together with everything it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export function killTree(child, signal = 'SIGTERM') {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the group has ended already
  }
}

/** Whatever ends this process ends its children: none may survive as an orphan. */
function guardExit() {
  if (isGuarded) return;
  isGuarded = true;
  process.once('exit', () => running.forEach((child) => killTree(child, 'SIGKILL')));
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ])) {
    process.once(signal, () => {
      // Only the child itself is asked: it knows in which order to end what it started. What is left then is killed.
      const asked = [...running];
      asked.forEach((child) => child.kill(signal));
      const deadline = Date.now() + GRACE_MS;
      setInterval(() => {
        if (running.size > 0 && Date.now() < deadline) return;
        asked.forEach((child) => killTree(child, 'SIGKILL'));
        process.exit(128 + number);
      }, 50);
    });
  }
}

/**
 * Starts a child in its own process group, which ends when this process ends.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {import('node:child_process').ChildProcess}
 */
export function startProcess(command, args, options = {}) {
  guardExit();
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] replaces the environment
 * @param {string} [options.prefix] put before each line of output; without it the child writes to our own output
 * @param {boolean} [options.collect] keep the output instead of showing it
 * @returns {Promise<{ code: number, output: string }>} code is 1 when the command could not start or was killed
 */
export function run(command, args, { cwd, env, prefix, collect = false } = {}) {
  const piped = collect || prefix !== undefined;
  const child = startProcess(command, args, {
    cwd,
    env: env ?? process.env,
    stdio: piped ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      if (collect) lines.push(line);
      else console.log(`${prefix}${line}`);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: lines.join('\n') }));
  });
}
