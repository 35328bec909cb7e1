import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { withLock } from '../setup/lock.mjs';
import { ROOT, fromRoot } from '../setup/paths.mjs';

/**
 * Bundles a command-line tool written in TypeScript over the app's own code into out/tools, as the app is built, for
 * Node. Takes about a second, so it is done each time.
 * @param {string} source relative to the checkout's root, for example 'scripts/tools/recoverVault.ts'
 * @returns {Promise<string>} the path of the CommonJS bundle
 */
export async function bundleTool(source) {
  const name = basename(source, '.ts');
  // Not above: this file is loaded before the packages may be there.
  const { build } = await import('vite');
  await withLock(`tool-${name}`, () =>
    build({
      root: ROOT,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: fromRoot(source),
        outDir: fromRoot('out', 'tools'),
        emptyOutDir: false,
        target: 'node20',
        minify: false,
        rollupOptions: {
          // Native: it stays in node_modules.
          external: ['@signalapp/sqlcipher'],
          output: { format: 'cjs', entryFileNames: `${name}.js` },
        },
      },
    }),
  );
  return fromRoot('out', 'tools', `${name}.js`);
}

/**
 * Bundles a tool and loads it.
 * @param {string} source as for `bundleTool`
 * @returns {Promise<any>} what it exports
 */
export async function loadTool(source) {
  return createRequire(import.meta.url)(await bundleTool(source));
}
