import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { withPdfFacts } from './pdfFacts';

test('R24: a PDF says its title, language, date and program, and not on which system it was made', async () => {
  const made = await PDFDocument.create();
  made.addPage();
  made.setCreator('Mozilla/5.0 (X11; Linux x86_64)');
  const madeAt = Date.UTC(2026, 10, 22, 9, 30);
  const facts = { title: 'Verzeichnis „Größe“ <b>', language: 'de', program: 'Konklave 1.0', madeAt } as const;
  const bytes = await withPdfFacts(await made.save({ useObjectStreams: false }), facts);
  const read = await PDFDocument.load(bytes, { updateMetadata: false });
  expect([read.getTitle(), read.getCreator(), read.getProducer()]).toEqual([
    facts.title,
    'Konklave 1.0',
    'Konklave 1.0',
  ]);
  expect(read.getCreationDate()).toEqual(new Date(madeAt));
  expect(read.getLanguage()).toBe('de');
  expect(read.catalog.getViewerPreferences()?.getDisplayDocTitle()).toBe(true);
});
