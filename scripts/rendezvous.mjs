// npm run rendezvous -- --port 4443: a relay for one's own team; see docs/self-hosting.md. It writes nothing down.
import { parseArgs } from 'node:util';
import { ensure } from './ensure.mjs';
import { loadTool } from './lib/tool.mjs';
import { SetupError, runMain } from './setup/report.mjs';

const usage = 'Usage: npm run rendezvous -- --port PORT [--host ADDRESS] [--status-port PORT]';

await runMain(async () => {
  const { port, host, statusPort } = options();
  await ensure({ electron: false, systemLibraries: false });
  const { startRendezvous } = await loadTool('scripts/tools/rendezvous.ts');
  const rendezvous = await startRendezvous({ port, host, statusPort }).catch((/** @type {unknown} */ error) => {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new SetupError(`The relay cannot listen${code}: another program uses the port, or it is not allowed.`);
  });
  console.log(`The relay listens on port ${rendezvous.relay.port}.`);
  if (rendezvous.status) console.log(`Health and metrics: http://127.0.0.1:${rendezvous.status.port}/health, /metrics`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  await rendezvous.close();
  return 0;
});

function options() {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, host: { type: 'string' }, 'status-port': { type: 'string' } },
    });
    const status = values['status-port'];
    return {
      port: portOf(values.port),
      host: values.host,
      statusPort: status === undefined ? null : portOf(status),
    };
  } catch {
    throw new SetupError(usage);
  }
}

/**
 * @param {string | undefined} text
 * @returns {number}
 */
function portOf(text) {
  if (text === undefined || !/^(0|[1-9][0-9]{0,4})$/.test(text) || Number(text) > 65_535) throw new Error(usage);
  return Number(text);
}
