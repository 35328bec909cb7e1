import type { Language } from '../../common/meeting/models';

const style = `body{font:16px/1.5 'Source Sans 3',system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2422;background:#fff}
h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #ccc;break-after:avoid}h3{font-size:1rem;margin-bottom:0}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:start;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #ddd}
p{orphans:3;widows:3}tr{break-inside:avoid}thead{display:table-header-group}.pair th:first-child{width:62%}.pair-short th:first-child{width:32%}td{overflow-wrap:break-word;hyphens:auto}
blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid #ccc;color:#444}small{color:#555}
@media print{body{margin:0;max-width:none;padding:0;font-size:11pt}}`;

const wideStyle = '@page{size:A4 landscape}@media print{body{font-size:10pt}}';

/**
 * A page that needs nothing else, runs nothing, and fetches nothing. `body` is HTML; the title is escaped here. `wide`: it is
 * printed across.
 */
export function pageOf(language: Language, title: string, body: readonly string[], wide = false): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeHtml(title)}</title><style>${style}${wide ? wideStyle : ''}</style></head><body>`,
    ...body.filter((part) => part !== ''),
    '</body></html>\n',
  ].join('\n');
}

/** A text as it may stand in HTML, also within a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
