import { describe, expect, it } from 'vitest';
import { isPermissionGranted } from './permissions';

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
