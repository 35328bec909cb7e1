import type { WebFrameMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { isTrustedFrame } from './securityFence';

const top = (url: string) => ({ parent: null, url });

describe('isTrustedFrame', () => {
  it.each(['app://konklave/', 'app://konklave/index.html', 'app://konklave/index.html#x', 'app://konklave/?a=b'])(
    'is our page: %s',
    (url) => {
      expect(isTrustedFrame(top(url))).toBe(true);
    },
  );

  it.each([
    '',
    'about:blank',
    'data:text/html,app://konklave/index.html',
    'file:///index.html',
    'https://konklave/index.html',
    'app://other/index.html',
    'app://konklave.evil/index.html',
    'app://konklave/index.html.evil',
    'app://konklave/media/AAAAAAAAAAAAAAAAAAAAAA',
  ])('is not our page: %s', (url) => {
    expect(isTrustedFrame(top(url))).toBe(false);
  });

  it('refuses a frame that is gone, and our page inside another', () => {
    expect(isTrustedFrame(null)).toBe(false);
    expect(isTrustedFrame({ parent: {} as WebFrameMain, url: 'app://konklave/index.html' })).toBe(false);
  });
});
