import type { CustomScheme, Protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { appOrigin, securityHeaders } from './contentSecurityPolicy';

/** Registered before the app is ready: a standard, secure origin that streams. */
export const appSchemePrivileges: CustomScheme = {
  scheme: 'app',
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  },
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Answers `app://konklave/media/<trackId>` with decrypted ranges. */
export type MediaResponder = (trackId: string, range: string | null) => Promise<Response>;

/**
 * The file below `root` that a URL path names, or null: for anything outside it (`..`, encoded or not, absolute paths,
 * NUL bytes) and for anything that is not a known type.
 */
export function resolveAsset(root: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
  const relative = path.relative(root, file);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) return null;
  return contentTypes[path.extname(file)] === undefined ? null : file;
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: securityHeaders });
}

/** Answers every request to `app://`: our own bundled files and the sealed media, nothing else. */
export function createAppHandler(root: string, media: MediaResponder): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (`${url.protocol}//${url.host}` !== appOrigin) return refuse(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const track = /^\/media\/([A-Za-z0-9_-]{22})$/.exec(url.pathname);
    if (track?.[1] !== undefined) {
      const response = await media(track[1], request.headers.get('range'));
      for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
      response.headers.set('Cache-Control', 'no-store');
      return response;
    }
    const file = resolveAsset(root, url.pathname);
    if (file === null) return refuse(404);
    try {
      const body = await readFile(file);
      return new Response(body, {
        headers: {
          ...securityHeaders,
          'Content-Type': contentTypes[path.extname(file)] ?? 'application/octet-stream',
        },
      });
    } catch {
      return refuse(404);
    }
  };
}

/** Puts the handler in place; call once the app is ready. */
export function serveAppScheme(protocol: Pick<Protocol, 'handle'>, root: string, media: MediaResponder): void {
  protocol.handle('app', createAppHandler(root, media));
}
