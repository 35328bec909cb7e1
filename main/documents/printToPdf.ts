import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session } from 'electron';
import { escapeHtml } from './htmlPage';
import { withPdfFacts, type PdfFacts } from './pdfFacts';

/** What is printed right now, by address: an address that held the page itself could be 2 MB at most, and stand in errors. */
const pages = new Map<string, string>();

/**
 * Lays an HTML page out on A4, with a line at the foot of each page that says what it is and which page, and returns the
 * PDF. The page is shown nowhere, runs no script, has no preload, and lives in a session of its own that is not written to
 * disk and may fetch nothing.
 */
export async function printToPdf(html: string, facts: PdfFacts): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    // SECURITY: what is printed holds texts that people typed.
    webPreferences: { javascript: false, sandbox: true, contextIsolation: true, session: printingSession() },
  });
  const address = `app://printing/${randomUUID()}`;
  pages.set(address, html);
  try {
    await window.loadURL(address);
    const pdf = await window.webContents.printToPDF({
      pageSize: 'A4',
      // A wide page says so itself.
      preferCSSPageSize: true,
      margins: { top: 0.8, bottom: 0.9, left: 0.8, right: 0.8 },
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footerOf(facts),
      // For screen readers; Electron before 28 does not know it.
      generateTaggedPDF: true,
    });
    return await withPdfFacts(pdf, facts);
  } finally {
    pages.delete(address);
    window.destroy();
  }
}

function printingSession(): Session {
  const printing = session.fromPartition('printing');
  if (!printing.protocol.isProtocolHandled('app')) {
    printing.protocol.handle('app', ({ url }) => {
      const html = pages.get(url);
      if (html === undefined) return new Response(null, { status: 404 });
      return new Response(html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        },
      });
    });
  }
  return printing;
}

/** Chromium fills in the numbers by their classes. None of the page's own style applies here, and a pixel is 4/3 of one. */
function footerOf({ title, program, language, madeAt }: PdfFacts): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(madeAt);
  const of = language === 'de' ? ['Seite', 'von'] : ['Page', 'of'];
  return [
    `<div lang="${language}" style="font:6pt 'Source Sans 3',system-ui,sans-serif;color:#555;width:100%;padding:0 .6in;`,
    'display:flex;justify-content:space-between;gap:1em">',
    `<span>${escapeHtml(`${title} · ${day} · ${program}`)}</span>`,
    `<span style="white-space:nowrap">${of[0]} <span class="pageNumber"></span> ${of[1]} <span class="totalPages"></span></span>`,
    '</div>',
  ].join('');
}
