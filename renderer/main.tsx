import { config } from 'zod';

// Zod probes `new Function` while schemas are made, which our Content-Security-Policy reports as a violation: it has to
// know before the first schema is loaded, hence the import below instead of at the top.
config({ jitless: true });
const { start } = await import('./start');
start();
