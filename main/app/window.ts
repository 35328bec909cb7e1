import { BrowserWindow, dialog, type App } from 'electron';
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

/** What is asked before a meeting is left by closing the window. */
export interface ClosingQuestion {
  readonly isHost: boolean;
  readonly texts: Readonly<Record<'leaveMessage' | 'leaveDetail' | 'leaveDetailHost' | 'leave' | 'stay', string>>;
}

/** Asks before the window is closed in the middle of a meeting (`question` is not null then); quitting does not ask. */
export function confirmClosing(app: App, window: BrowserWindow, question: () => ClosingQuestion | null): void {
  let quitting = false;
  app.once('before-quit', () => (quitting = true));
  window.on('close', (event) => {
    const asked = quitting ? null : question();
    if (asked === null) return;
    event.preventDefault();
    const { texts, isHost } = asked;
    void dialog
      .showMessageBox(window, {
        type: 'question',
        message: texts.leaveMessage,
        detail: isHost ? texts.leaveDetailHost : texts.leaveDetail,
        buttons: [texts.stay, texts.leave],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response === 1) app.quit();
      });
  });
}
