import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * How to run npm without a shell: npm's own CLI with this Node where it is known, else `npm` from the PATH.
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
function npmCommand() {
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : beside;
  if (existsSync(script)) return { command: process.execPath, args: [script], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/**
 * Runs a command to its end with its output shown.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, quiet?: boolean }} [options] quiet shows stderr only
 * @returns {Promise<number>} its exit code; 1 when it could not be started or was killed
 */
export function runVisible(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'] });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs npm to its end.
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 */
export function runNpm(args, options) {
  const npm = npmCommand();
  return runVisible(npm.command, [...npm.args, ...args], { ...options, shell: npm.shell });
}

/**
 * Runs a short command and collects its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {{ ok: boolean, stdout: string }} ok is false as well when the command does not exist
 */
export function capture(command, args, options) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  return { ok: result.status === 0, stdout: result.stdout ?? '' };
}

/**
 * @param {string} program
 * @param {string} [path] folders as in PATH
 * @returns {boolean} whether the PATH holds it
 */
export function isOnPath(program, path = process.env.PATH ?? '') {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = path.split(delimiter).filter(Boolean);
  return folders.some((folder) => suffixes.some((suffix) => existsSync(join(folder, program + suffix))));
}
