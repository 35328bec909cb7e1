import { existsSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '../setup/paths.mjs';
import { findNetworkUsers, NETWORK_USERS } from './network-users.mjs';

/** @param {string} path @param {string} text */
const check = (path, text) => findNetworkUsers([{ path, text, program: parseSync(path, text).program }]);

describe('who may use the network', () => {
  it.each([
    "import { connect } from 'node:net';",
    "import { isIP, createServer } from 'node:net';",
    "import net from 'net';",
    "import * as tls from 'node:tls';",
    "import 'node:dgram';",
    "import { lookup } from 'node:dns/promises';",
    "import { request } from 'node:https';",
    "import { WebSocket } from 'ws';",
    "import mdns from 'multicast-dns';",
    "import { net } from 'electron';",
    "import * as electron from 'electron';",
    "export { connect } from 'node:net';",
    "export * from 'node:http';",
    "const net = require('net');",
    "const net = await import('node:net');",
    "await fetch('https://example.org');",
    "new WebSocket('wss://example.org');",
  ])('%s is refused in a file that is not listed', (code) => {
    expect(check('main/app/a.ts', code)).toHaveLength(1);
    expect(check('main/sessions/relay/dialRelay.ts', code)).toEqual([]);
  });

  it.each(['new RTCPeerConnection();', 'class Mine extends RTCPeerConnection {}'])('%s is for the adapter', (code) => {
    expect(check('renderer/features/room/a.ts', code)).toHaveLength(1);
    expect(check('renderer/media/connection/peerConnection.ts', code)).toEqual([]);
  });

  it.each([
    "import type { Socket } from 'node:net';",
    "import { type Socket, isIP } from 'node:net';",
    "import { app, session } from 'electron';",
    "import { z } from 'zod';",
    "import { readFile } from 'node:fs/promises';",
    "import { connect } from './connect';",
  ])('%s is anybody’s', (code) => {
    expect(check('main/app/a.ts', code)).toEqual([]);
  });

  it('lists no file that is not there', () => {
    expect([...NETWORK_USERS.keys()].filter((path) => !existsSync(fromRoot(path)))).toEqual([]);
  });
});
