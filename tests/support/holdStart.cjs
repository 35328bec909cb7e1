// Loaded into the app under test before its own code (`electron -r`): holds `ready` back until Playwright is attached
// and calls `__playwright_run`, as Playwright's own loader does in the mode we do not use, because that one also adds
// Chromium switches. Without it a window may open while Playwright attaches, and about one launch in 300 hangs for good.
'use strict';

const { app } = require('electron');

const { emit, isReady, whenReady } = app;
const originallyReady = whenReady.call(app);
let readyArguments;
let handleAttached;
const attached = new Promise((resolve) => (handleAttached = resolve));

app.emit = function hold(event, ...rest) {
  if (event !== 'ready') return emit.call(this, event, ...rest);
  readyArguments = rest;
  return app.listenerCount('ready') > 0;
};
app.isReady = () => false;
app.whenReady = () => attached;

globalThis.__playwright_run = async () => {
  await originallyReady;
  Object.assign(app, { emit, isReady, whenReady });
  handleAttached();
  app.emit('ready', ...readyArguments);
};
