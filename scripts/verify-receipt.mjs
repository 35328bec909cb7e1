// npm run verify-receipt -- FILE: checks a receipt without the app and without a network. Exit code 0: valid; 1: not valid,
// or not readable. See docs/receipts.md.
import { ensure } from './ensure.mjs';
import { loadTool } from './lib/tool.mjs';
import { SetupError, runMain } from './setup/report.mjs';

await runMain(async () => {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0) throw new SetupError('Usage: npm run verify-receipt -- FILE');
  await ensure({ electron: false, systemLibraries: false });
  const { checkReceiptFile } = await loadTool('scripts/tools/verifyReceipt.ts');
  try {
    const { valid, lines } = checkReceiptFile(file);
    for (const line of lines) console.log(line);
    return valid ? 0 : 1;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new SetupError(`The file cannot be read${code}: ${file}`);
  }
});
