import { BrowserWindow } from 'electron';
import { appOrigin } from './contentSecurityPolicy';

/** Opens the one window; it shows itself when its first frame is painted. */
export function openMainWindow(preload: string, icon: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1200,
    height: 780,
    minWidth: 720,
    minHeight: 560,
    show: false,
    title: 'Konklave',
    icon,
    autoHideMenuBar: true,
    backgroundColor: '#f6f3ee',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}
