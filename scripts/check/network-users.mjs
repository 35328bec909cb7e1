// Only these files may open a connection or a port: each of them takes note of it for the list of contacted addresses
// (main/contacts), so that a new one cannot be forgotten. See tests/e2e/contacts.spec.ts for the proof that the list is whole.
import { pathToFileURL } from 'node:url';
import { ROOT } from '../setup/paths.mjs';
import { placeOf, readSources, report, walk } from './sources.mjs';

/** The file, and what it opens. */
export const NETWORK_USERS = new Map([
  ['main/sessions/rendezvous/connect.ts', "a guest's connection to the host"],
  ['main/sessions/rendezvous/server.ts', "the host's door"],
  ['main/sessions/relay/dialRelay.ts', "the team's relay"],
  ['main/sessions/relay/relayServer.ts', 'the relay itself, which is a program of its own and notes nothing'],
  ['main/sessions/relay/statusServer.ts', "the relay's health, on its own machine"],
  ['main/sessions/ice/lookupName.ts', "the names of the team's servers"],
  ['main/sessions/nearby/multicastDns.ts', 'meetings in the local network'],
  ['renderer/media/connection/peerConnection.ts', 'picture and sound'],
  ['renderer/media/connection/tryServer.ts', "the trying out of the team's servers"],
]);

/** Node's modules that reach the network, without `node:` and what is below them. */
const NETWORK_MODULES = new Set(['net', 'tls', 'dgram', 'dns', 'http', 'https', 'http2', 'inspector', 'cluster']);

/** Of those, what only looks at texts. */
const HARMLESS = new Set(['isIP', 'isIPv4', 'isIPv6', 'BlockList']);

/** Packages that main may use anywhere: none of them opens a connection. */
const QUIET_PACKAGES = new Set([
  ...['@cantoo/pdf-lib'],
  ...['@signalapp/sqlcipher', 'canonicalize', 'electron', 'electron-store', 'hash-wasm', 'mediabunny', 'selfsigned'],
  ...['age-encryption', 'dns-packet', 'tar-stream', 'unhomoglyph', 'yazl', 'zod'],
]);

const GLOBALS = new Set(['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'RTCPeerConnection', 'WebTransport']);

/** @param {string} specifier */
const builtinOf = (specifier) => specifier.replace(/^node:/u, '').split('/')[0] ?? '';

/** @param {string} specifier `@scope/name` or `name`, without what is inside the package */
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * @param {string} specifier
 * @param {string[]} names what is imported; empty for a whole module
 * @param {boolean} isMain
 */
function reachesNetwork(specifier, names, isMain) {
  if (specifier.startsWith('.')) return false;
  if (specifier === 'electron') return names.length === 0 || names.includes('net');
  if (NETWORK_MODULES.has(builtinOf(specifier))) return names.length === 0 || names.some((name) => !HARMLESS.has(name));
  return isMain && !specifier.startsWith('node:') && !QUIET_PACKAGES.has(packageOf(specifier));
}

/**
 * @param {import('./sources.mjs').Source[]} sources
 * @returns {string[]} complaints
 */
export function findNetworkUsers(sources) {
  /** @type {string[]} */
  const complaints = [];
  for (const source of sources) {
    if (NETWORK_USERS.has(source.path) || source.path.includes('/testing/')) continue;
    const isMain = source.path.startsWith('main/');
    walk(source.program, (node) => {
      const what = networkUse(node, isMain);
      if (what !== null) complaints.push(`${placeOf(source, node)}: ${what} is for the files of NETWORK_USERS alone`);
    });
  }
  return complaints;
}

/**
 * @param {import('./sources.mjs').Node} node
 * @param {boolean} isMain
 * @returns {string | null}
 */
function networkUse(node, isMain) {
  switch (node.type) {
    case 'ImportDeclaration': {
      if (node.importKind === 'type') return null;
      const values = node.specifiers.filter((/** @type {any} */ one) => one.importKind !== 'type');
      if (values.length === 0 && node.specifiers.length > 0) return null;
      const isWhole = values.some((/** @type {any} */ one) => one.type !== 'ImportSpecifier');
      const names = isWhole ? [] : values.map((/** @type {any} */ one) => one.imported.name ?? one.imported.value);
      return reachesNetwork(node.source.value, names, isMain) ? node.source.value : null;
    }
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.exportKind !== 'type' && node.source && reachesNetwork(node.source.value, [], isMain)
        ? node.source.value
        : null;
    case 'ImportExpression':
      return typeof node.source.value === 'string' && reachesNetwork(node.source.value, [], isMain)
        ? node.source.value
        : null;
    case 'CallExpression':
      if (node.callee.name === 'require') {
        const specifier = node.arguments[0]?.value;
        return typeof specifier === 'string' && reachesNetwork(specifier, [], isMain) ? specifier : null;
      }
      return isMain && GLOBALS.has(node.callee.name) ? node.callee.name : null;
    case 'NewExpression':
      return GLOBALS.has(node.callee.name) ? node.callee.name : null;
    case 'ClassDeclaration':
    case 'ClassExpression':
      return GLOBALS.has(node.superClass?.name) ? node.superClass.name : null;
    default:
      return null;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  report(findNetworkUsers(readSources(['common', 'main', 'preload', 'renderer'], ROOT)));
}
