import latin from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url';
import latinExtended from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2?url';

const family = 'Konklave Export';

/** Loads the app's font in a worker, which shares none with the page. Gives the families to draw with, always. */
export async function loadExportFont(fonts: FontFaceSet): Promise<string> {
  const ranges = [
    { url: latin, unicodeRange: 'U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122' },
    { url: latinExtended, unicodeRange: 'U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF' },
  ];
  await Promise.all(
    ranges.map(async ({ url, unicodeRange }) => {
      const face = new FontFace(family, `url(${url})`, { unicodeRange, weight: '200 900' });
      fonts.add(face);
      await face.load().catch(() => undefined);
    }),
  );
  return `"${family}", system-ui, sans-serif`;
}
