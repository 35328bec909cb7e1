// What `electron [flags] APP` does in Electron's official download, for a runtime that comes without it: the first
// argument that is no flag is the app, `-r FILE` loads FILE first (Playwright needs it), name, version and path come
// from the app's package.json. Follows Electron's default_app/main.ts (MIT).
'use strict';

const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const preloaded = [];
let appArgument;
const argv = process.argv.slice(1);
for (let index = 0; index < argv.length && appArgument === undefined; index += 1) {
  const argument = argv[index];
  if (argument === '-r' || argument === '--require') preloaded.push(argv[(index += 1)]);
  else if (argument === '-v' || argument === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (argument.startsWith('--app=')) appArgument = argument.slice('--app='.length);
  else if (!argument.startsWith('-')) appArgument = argument;
}

if (appArgument === undefined) {
  console.error('Usage: electron [flags] APP');
  process.exit(1);
}
if (preloaded.length > 0) Module._preloadModules(preloaded);

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
try {
  const appPath = path.resolve(appArgument);
  const manifestFile = path.join(appPath, 'package.json');
  const manifest = fs.existsSync(manifestFile) ? JSON.parse(fs.readFileSync(manifestFile, 'utf8')) : undefined;
  if (manifest?.version) app.setVersion(manifest.version);
  if (manifest) {
    app.name = manifest.productName ?? manifest.name ?? app.name;
    app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`);
  }
  app.setAppPath(manifest ? appPath : path.dirname(Module._resolveFilename(appPath, null, true)));
  Module._load(appPath, module, true);
} catch (error) {
  console.error('App threw an error during load');
  console.error(error.stack ?? error);
  throw error;
}
