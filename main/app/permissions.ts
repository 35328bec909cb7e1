import type { Session } from 'electron';
import { appOrigin } from './contentSecurityPolicy';

/** What our own page may ask of Chromium; everything else is refused, and everything is refused to everybody else. */
const granted: ReadonlySet<string> = new Set(['media', 'display-capture', 'speaker-selection']);

function isOurs(address: string | undefined): boolean {
  if (address === undefined) return false;
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}` === appOrigin;
  } catch {
    return false;
  }
}

/** Whether a permission is granted to a page; pure, so that the whole matrix can be tested. */
export function isPermissionGranted(permission: string, origin: string | undefined, isMainFrame: boolean): boolean {
  return granted.has(permission) && isMainFrame && isOurs(origin);
}

// SECURITY (Electron checklist 5, "Handle session permission requests from remote content")
/** Installs the request handler, which grants nothing while the app is locked, and the check handler, and refuses USB, serial, HID and Bluetooth devices. */
export function guardPermissions(session: Session, isLocked: () => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    // Behind a locked door no microphone, camera or screen is opened; the check below stays, for Chromium asks it by itself.
    callback(!isLocked() && isPermissionGranted(permission, details.requestingUrl, details.isMainFrame));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    isPermissionGranted(permission, origin, details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
}
// END SECURITY
