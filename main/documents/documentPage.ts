import type { Language } from '../../common/meeting/models';
import type { DocumentContent } from '../../common/privacy/documentContent';
import { escapeHtml, pageOf } from './htmlPage';

/** Columns that upright paper has no room for. */
const wideFrom = 5;

/** A document as one HTML file that needs nothing else and runs nothing; everything in it is escaped. */
export function documentPage({ title, lead, blocks }: DocumentContent, language: Language): string {
  const cells = (tag: 'td' | 'th', texts: readonly string[]) =>
    texts.map((one) => `<${tag === 'th' ? 'th scope="col"' : tag}>${lines(one)}</${tag}>`).join('');
  const pairs = blocks.flatMap((block) => (block.type === 'table' && block.columns.length === 2 ? block.rows : []));
  const lengthOf = (column: number) => pairs.reduce((sum, row) => sum + (row[column]?.length ?? 0), 0);
  const pair = lengthOf(0) < lengthOf(1) ? 'pair pair-short' : 'pair';
  const body = blocks.map((block) => {
    switch (block.type) {
      case 'heading':
        return `<h2>${escapeHtml(block.text)}</h2>`;
      case 'text':
        return `<p>${lines(block.text)}</p>`;
      case 'table':
        return [
          `<table${block.columns.length === 2 ? ` class="${pair}"` : ''}><thead><tr>${cells('th', block.columns)}</tr></thead><tbody>`,
          ...block.rows.map((row) => `<tr>${cells('td', row)}</tr>`),
          '</tbody></table>',
        ].join('\n');
    }
  });
  const wide = blocks.some((block) => block.type === 'table' && block.columns.length >= wideFrom);
  return pageOf(language, title, [`<h1>${escapeHtml(title)}</h1>`, `<p>${lines(lead)}</p>`, ...body], wide);
}

/**
 * The tables of a document for a spreadsheet (RFC 4180): UTF-8 with a byte order mark, by which spreadsheets know it. A
 * cell that a spreadsheet would take for a formula is given an apostrophe.
 */
export function documentTable({ blocks }: DocumentContent): string {
  const tables = blocks.flatMap((block) => (block.type === 'table' ? [[block.columns, ...block.rows]] : []));
  const rows = tables.map((table) => table.map((row) => row.map(cell).join(';')).join('\r\n'));
  return `\uFEFF${rows.join('\r\n\r\n')}\r\n`;
}

function cell(text: string): string {
  const plain = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}
