// The relay as one file that needs nothing but Node: scripts/rendezvous.mjs bundles and runs it, deploy/Dockerfile ships it.
import { rendezvousOptions, rendezvousUsage } from './rendezvous/rendezvousOptions';
import { startRendezvous } from './rendezvous/startRendezvous';

async function run(): Promise<number> {
  const options = rendezvousOptions(process.argv.slice(2));
  if (options === null) {
    console.error(rendezvousUsage);
    return 1;
  }
  // Before it listens: whoever is told that it does may end it at once.
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
  try {
    const rendezvous = await startRendezvous(options);
    console.log(`The relay listens on port ${rendezvous.relay.port}.`);
    if (options.status !== null && rendezvous.status !== null) {
      console.log(`Health and metrics: http://${options.status.host}:${rendezvous.status.port}/health and /metrics`);
    }
    await ended;
    await rendezvous.close();
    return 0;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    console.error(`The relay cannot listen${code}: another program uses the port, or it is not allowed.`);
    return 1;
  }
}

void run().then((code) => process.exit(code));
