// npm run build: builds out/ anew, for the Electron that is used here.
import { ensure } from './ensure.mjs';
import { runMain } from './setup/report.mjs';

await runMain(async () => {
  await ensure({ systemLibraries: false, build: 'force' });
});
