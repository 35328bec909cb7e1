import type { App, Session, WebContents, WebFrameMain } from 'electron';
import { appOrigin } from './contentSecurityPolicy';
import { guardPermissions } from './permissions';

/**
 * Chromium asks its resolver about addresses too when it opens a TCP connection to a TURN server. What has a colon is IPv6;
 * what ends in a number is IPv4, or a name under a top level domain that there is not.
 */
const addressesAsTheyAre = [...Array(256).keys()].map((last) => `EXCLUDE *.*.*.${last}`).concat('EXCLUDE *:*');

/** Chromium's own errands (component updates, hints, domain reliability …) are not ours to make (R16). */
export function silenceChromium(app: Pick<App, 'commandLine'>): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-client-side-phishing-detection',
    'no-pings',
    'no-proxy-server',
  ]) {
    app.commandLine.appendSwitch(name);
  }
  const features = [
    'OptimizationHints',
    'MediaRouter',
    'CertificateTransparencyComponentUpdater',
    'AutofillServerCommunication',
    // Would join the multicast group of mDNS with every connection, to make up names for addresses that our page may
    // know anyway (it has the permission for media).
    'WebRtcHideLocalIpsWithMdns',
  ];
  app.commandLine.appendSwitch('disable-features', features.join(','));
  // Chromium looks up no name at all: not Google's, where it would get a dictionary before the spell checker can be
  // switched off, and not the one in a link that asks for it ahead (`dns-prefetch`, which no policy stops). Media goes
  // to addresses; names in invites are looked up by main.
  app.commandLine.appendSwitch('host-resolver-rules', ['MAP * ~NOTFOUND', ...addressesAsTheyAre].join(','));
  // A hidden or covered meeting window must keep recording at full rate.
  app.commandLine.appendSwitch('disable-renderer-backgrounding');
  app.commandLine.appendSwitch('disable-background-timer-throttling');
  app.commandLine.appendSwitch('disable-backgrounding-occluded-windows');
}

/** The page's own address, with nothing but a query or a fragment behind it. */
function isOurPage(address: string): boolean {
  const [page = ''] = address.split(/[?#]/u, 1);
  return page === `${appOrigin}/` || page === `${appOrigin}/index.html`;
}

/** True for the top frame of a window that shows our page. */
export function isTrustedFrame(frame: Pick<WebFrameMain, 'parent' | 'url'> | null): boolean {
  return frame !== null && frame.parent === null && isOurPage(frame.url);
}

// SECURITY (Electron checklist 13 "Disable or limit navigation", 14 "creation of new windows", 12 "webview")
/** Whatever page is ever loaded: it does not navigate, open windows, attach webviews or redirect. */
function fenceContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** No request of any page leaves the machine: only our own scheme and in-memory addresses are let through. */
function fenceRequests(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    const { protocol } = new URL(details.url);
    callback({
      cancel: !['app:', 'blob:', 'data:', 'devtools:'].includes(protocol),
    });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** Fences every web contents and session the app will ever have. Call before the app is ready. */
export function raiseFence(app: App): void {
  // Chromium refuses to sandbox as root; whoever runs the app as root says so with this switch (containers, CI).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => fenceContents(contents));
  app.on('session-created', (session) => fenceSession(session));
}

/** Fences one session; for the default one, which may be older than the listener. */
export function fenceSession(session: Session, isLocked: () => boolean = () => false): void {
  guardPermissions(session, isLocked);
  fenceRequests(session);
  // Chromium would fetch dictionaries from Google.
  session.setSpellCheckerEnabled(false);
}
// END SECURITY
