import { test } from '@playwright/test';
import { runInLab } from '../support/network/runInLab';

test('two people meet over a real network that loses packets', async () => {
  test.slow();
  await runInLab('--grep', '@short');
});
