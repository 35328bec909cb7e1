// npm run rendezvous -- --port 4443: a relay for one's own team; see docs/self-hosting.md. It writes nothing down.
// With --bundle alone it only makes the one file that runs with Node and nothing else, and tells where it is.
import { createRequire } from 'node:module';
import { ensure } from './ensure.mjs';
import { bundleTool } from './lib/tool.mjs';
import { runMain } from './setup/report.mjs';

await runMain(async () => {
  await ensure({ electron: false, systemLibraries: false });
  const program = await bundleTool('scripts/tools/rendezvous.ts');
  if (process.argv[2] === '--bundle') console.log(program);
  else createRequire(import.meta.url)(program);
});
