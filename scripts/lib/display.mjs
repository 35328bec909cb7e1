import { once } from 'node:events';
import { hasDisplay } from '../setup/system-libraries.mjs';
import { SetupError } from '../setup/report.mjs';
import { killTree, startProcess } from './run.mjs';

/**
 * @typedef {object} Display
 * @property {Record<string, string>} env what to add to a program's environment so that it uses this display
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a private X server without a screen. It picks a free number itself, so any number of copies can run at once.
 * @param {{ size?: string }} [options] size as width x height x depth
 * @returns {Promise<Display>}
 */
async function startVirtualDisplay({ size = '1600x1000x24' } = {}) {
  const args = ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'];
  const server = startProcess('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
    server.once('error', resolve);
  });
  const pipe = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
  const number = await Promise.race([once(pipe, 'data').then(([data]) => String(data).trim()), ended.then(() => '')]);
  if (number === '') throw new SetupError('Xvfb, the virtual display, did not start');
  return {
    env: { DISPLAY: `:${number}` },
    stop: async () => {
      killTree(server);
      await ended;
    },
  };
}

/**
 * The display at hand, or a private virtual one when there is none or when it is wanted.
 * @param {{ virtual?: boolean, size?: string }} [options] virtual asks for a private one in any case (Linux only)
 * @returns {Promise<Display>}
 */
export async function openDisplay({ virtual = false, size } = {}) {
  if (process.platform === 'linux' && (virtual || !hasDisplay())) return startVirtualDisplay(size ? { size } : {});
  return { env: {}, stop: () => Promise.resolve() };
}
