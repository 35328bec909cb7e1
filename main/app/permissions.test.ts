import { describe, expect, it } from 'vitest';
import type { Session } from 'electron';
import { guardPermissions, isPermissionGranted } from './permissions';

const permissions = [
  'media',
  'display-capture',
  'speaker-selection',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'pointerLock',
  'fullscreen',
  'openExternal',
  'window-management',
  'clipboard-read',
  'clipboard-sanitized-write',
  'usb',
  'serial',
  'hid',
  'idle-detection',
  'storage-access',
  'top-level-storage-access',
  'keyboardLock',
  'mediaKeySystem',
  'unknown',
  'fileSystem',
];
const origins = [
  'app://konklave',
  'app://konklave/',
  'app://konklave/index.html',
  'app://other/',
  'app://konklave.evil/',
  'https://konklave/',
  'file:///',
  'null',
  '',
  undefined,
];

it('R20: opens no microphone, camera or screen while the app is locked; what Chromium checks by itself stays', () => {
  type Handler = Parameters<Session['setPermissionRequestHandler']>[0];
  type Check = Parameters<Session['setPermissionCheckHandler']>[0];
  const handlers: { request?: Handler; check?: Check } = {};
  const session = {
    setPermissionRequestHandler: (handler: Handler) => void (handlers.request = handler),
    setPermissionCheckHandler: (handler: Check) => void (handlers.check = handler),
    setDevicePermissionHandler: () => undefined,
  };
  let locked = false;
  guardPermissions(session as unknown as Session, () => locked);
  const details = { requestingUrl: 'app://konklave/index.html', isMainFrame: true } as never;
  const ask = () => {
    const answers: boolean[] = [];
    handlers.request?.(null as never, 'media', (granted) => void answers.push(granted), details);
    answers.push(handlers.check?.(null, 'media', 'app://konklave', details) ?? false);
    return answers;
  };
  expect(ask()).toEqual([true, true]);
  locked = true;
  expect(ask()).toEqual([false, true]);
});

describe('permission matrix', () => {
  it('grants camera, microphone, screen and speaker choice to our own top frame and nothing else to anybody', () => {
    const granted = permissions.flatMap((permission) =>
      origins.flatMap((origin) =>
        [true, false].flatMap((mainFrame) =>
          isPermissionGranted(permission, origin, mainFrame) ? [[permission, origin, mainFrame]] : [],
        ),
      ),
    );
    const ours = ['app://konklave', 'app://konklave/', 'app://konklave/index.html'];
    expect(granted).toEqual(
      ['media', 'display-capture', 'speaker-selection'].flatMap((permission) =>
        ours.map((origin) => [permission, origin, true]),
      ),
    );
  });
});
