import { test } from '@playwright/test';
import { runInLab } from '../support/network/runInLab';

test('people in networks of their own meet through the team’s relay', async () => {
  test.slow();
  await runInLab('relay.lab');
});
