import { inVault } from '../support/passTime';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R25: what was done with data is in a log without names, and a change made to it is noticed', async ({
  person,
}) => {
  test.setTimeout(180_000);
  const ada = await person('Ada Lovelace');
  const { t } = ada;
  const open = async () => {
    await ada.page.emulateMedia({ reducedMotion: 'reduce' });
    await ada.button(t('privacy.nav')).click();
    await ada.button(t('audit.tab')).click();
    await expect(ada.heading(t('audit.title'))).toBeVisible();
  };
  const rows = () => ada.page.getByRole('table').locator('tbody tr');

  await test.step('it says what was done, newest first, at once', async () => {
    await open();
    await expect(rows()).toHaveCount(1);
    await ada.call('retention.setPeriod', { kind: 'chat', period: 7 });
    await expect(rows()).toHaveCount(2);
    await expect(rows().first()).toContainText(t('audit.action.period-changed'));
    await expect(rows().last()).toContainText(t('audit.action.opened'));
    await expect(ada.page.getByText(t('audit.intact'))).toBeVisible();
    expect.soft(await faultsOf(ada, 'audit log')).toEqual([]);
  });

  await test.step('one character changed from outside is found', async () => {
    await ada.quit();
    await inVault(ada, (run) => {
      run('DROP TRIGGER audit_log_unchanged');
      run("UPDATE audit_log SET action = 'opened' WHERE sequence = 2");
    });
    await ada.comeBack();
    await open();
    await expect(ada.page.getByRole('alert')).toContainText(t('audit.changed'));
    await expect(ada.page.getByRole('alert')).toContainText(t('audit.changedText', { number: 2 }));
    expect.soft(await faultsOf(ada, 'audit log, changed')).toEqual([]);
  });
});
