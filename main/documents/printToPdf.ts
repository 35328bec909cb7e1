import { BrowserWindow } from 'electron';

/**
 * Lays an HTML page out on A4 and returns the PDF. The page is shown nowhere, runs no script, has no preload, and lives in
 * a session of its own that is not written to disk and may fetch nothing.
 */
export async function printToPdf(html: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    // SECURITY: what is printed holds texts that people typed.
    webPreferences: { javascript: false, sandbox: true, contextIsolation: true, partition: 'printing' },
  });
  try {
    await window.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      margins: { top: 0.8, bottom: 0.8, left: 0.8, right: 0.8 },
      displayHeaderFooter: false,
    });
  } finally {
    window.destroy();
  }
}
