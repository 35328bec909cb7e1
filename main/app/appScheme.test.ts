import fc from 'fast-check';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAppHandler, resolveAsset } from './appScheme';

const root = mkdtempSync(path.join(tmpdir(), 'konklave-assets-'));
writeFileSync(path.join(root, 'index.html'), '<!doctype html>');
writeFileSync(path.join(`${root}-secret.html`), 'outside');

const noMedia = (): Promise<Response> => Promise.resolve(new Response(null, { status: 404 }));
const handle = createAppHandler(root, noMedia);

describe('resolveAsset', () => {
  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/%2e%2e%5csecret.html',
    '/a/../../secret.html',
    `/../${path.basename(root)}-secret.html`,
    '/index.html%00.png',
    '/%ff',
    '/',
    '/noextension',
    '/.env',
    '/main.node',
  ])('refuses or stays inside for %s', (urlPath) => {
    const file = resolveAsset(root, urlPath);
    if (urlPath === '/') expect(file).toBe(path.join(root, 'index.html'));
    else expect(file).toBeNull();
  });

  it('never leaves the folder, whatever the path', () => {
    const piece = fc.constantFrom('..', '.', '%2e', '%2f', '\\', '/', 'a', 'index.html', '%00', '//', '%5c', 'C:', '~');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = resolveAsset(root, `/${pieces.join('')}.html`);
        expect(file === null || file.startsWith(root + path.sep)).toBe(true);
      }),
    );
  });
});

describe('app:// handler', () => {
  it('serves the page with the policy as a header', async () => {
    const response = await handle(new Request('app://konklave/index.html'));
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('refuses another host, another method and unknown files, each with the policy', async () => {
    for (const request of [
      new Request('app://other/index.html'),
      new Request('app://konklave/missing.html'),
      new Request('app://konklave/index.html', { method: 'POST', body: 'x' }),
    ]) {
      const response = await handle(request);
      expect([404, 405]).toContain(response.status);
      expect(response.headers.get('content-security-policy')).not.toBeNull();
    }
  });

  it('passes only well-formed track IDs to the media responder', async () => {
    const asked: string[] = [];
    const media = createAppHandler(root, (id) => {
      asked.push(id);
      return noMedia();
    });
    await media(new Request('app://konklave/media/AAAAAAAAAAAAAAAAAAAAAA'));
    await media(new Request('app://konklave/media/../../vault.db'));
    await media(new Request('app://konklave/media/AAAA'));
    expect(asked).toEqual(['AAAAAAAAAAAAAAAAAAAAAA']);
  });
});
