import { describe, expect, it } from 'vitest';
import { documentContentSchema, type DocumentContent } from '../../common/privacy/documentContent';
import { documentPage, documentTable } from './documentPage';

const content: DocumentContent = {
  title: 'Record of <Weber & Co.>',
  lead: 'Line one\nline two',
  blocks: [
    { type: 'heading', text: 'Controller' },
    { type: 'text', text: '<script>alert(1)</script>' },
    {
      type: 'table',
      columns: ['What', 'How "long"'],
      rows: [
        ['=1+1', '14 days'],
        ['a;b', '-'],
        [' @SUM(1)', '\n=1+1'],
        ['＝1+1', 'x=1'],
      ],
    },
    { type: 'table', columns: ['Second'], rows: [['ü']] },
  ],
};

describe('a document', () => {
  it('as a page escapes what people wrote, and fetches and runs nothing', () => {
    const page = documentPage(content, 'de');
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('<h1>Record of &lt;Weber &amp; Co.&gt;</h1>');
    expect(page).toContain('Line one<br>line two');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)=/u);
  });

  it('has an end: what no person would read is not taken', () => {
    const rows = Array.from({ length: 500 }, () => ['x'.repeat(4_000), 'x'.repeat(4_000)]);
    const table = { type: 'table' as const, columns: ['a', 'b'], rows };
    expect(documentContentSchema.safeParse({ ...content, blocks: [table] }).success).toBe(false);
    expect(documentContentSchema.safeParse({ ...content, blocks: [{ ...table, rows: rows.slice(200) }] }).success).toBe(
      false,
    );
    expect(documentContentSchema.safeParse({ ...content, blocks: [{ ...table, rows: rows.slice(300) }] }).success).toBe(
      true,
    );
  });

  it('is printed across when upright paper has no room for its columns', () => {
    const columns = (count: number) => ({ type: 'table' as const, columns: Array<string>(count).fill('x'), rows: [] });
    const pageWith = (count: number) => documentPage({ ...content, blocks: [columns(count)] }, 'en');
    expect(pageWith(6)).toContain('@page{size:A4 landscape}');
    expect(pageWith(3)).not.toContain('landscape');
  });

  it('as a table is read by spreadsheets, and holds no formula', () => {
    expect(documentTable(content)).toBe(
      '\uFEFF"What";"How ""long"""\r\n"\'=1+1";"14 days"\r\n"a;b";"\'-"\r\n"\' @SUM(1)";"\'\n=1+1"\r\n"\'＝1+1";"x=1"\r\n\r\n"Second"\r\n"ü"\r\n',
    );
  });
});
