import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R25: after the meeting a guest asks for erasure; the host sees it with its deadline, erases, and the answer comes back with the proof', async ({
  person,
}, testInfo) => {
  test.setTimeout(240_000);
  const [anna, james] = await Promise.all([person('Anna Weber'), person('James Miller')]);
  for (const { page } of [anna, james]) await page.emulateMedia({ reducedMotion: 'reduce' });
  const picture = (one: typeof anna, name: string) => one.page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
  const row = () =>
    anna.page.getByRole('button', { name: new RegExp(`${anna.t('requests.right.erasure')}.*James`, 'u') });
  const mine = () => james.page.getByRole('region', { name: james.t('requests.mineTitle') });

  await test.step('they meet and part', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    await james.openPanel('chat');
    await james.say('The file number is seven');
    await anna.reads('The file number is seven');
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
  });

  await test.step('he asks from his own app, and it waits', async () => {
    await james.openConsents();
    await james.button(james.t('requests.ask')).click();
    const dialog = james.dialog(james.t('requests.askTitle'));
    await dialog.getByRole('radio', { name: james.t('requests.right.erasure') }).check({ force: true });
    await james.field(james.t('requests.askWords')).fill('All of it, please');
    await picture(james, 'ask');
    expect.soft(await faultsOf(james, 'asking')).toEqual([]);
    await dialog.getByRole('button', { name: james.t('requests.askSend') }).click();
    await expect(mine()).toContainText(james.t('requests.mineWaiting', { name: anna.name }));
    await james.button(james.t('start.nav')).click();
  });

  await test.step('they meet again: the host’s app has it, and his knows until when', async () => {
    await james.enter(anna, await anna.host('Zweites Treffen'));
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await james.openConsents();
    await expect(mine()).toContainText(james.t('requests.state.open'));
    await expect(mine()).toContainText(anna.name);
    await picture(james, 'mine');
    await james.button(james.t('start.nav')).click();
  });

  await test.step('she sees who asks for what, that the key proves it, and the time that is left', async () => {
    await anna.button(anna.t('privacy.nav')).click();
    await anna.button(anna.t('requests.tab')).click();
    await expect(row()).toContainText(/\d+ days left/u);
    await picture(anna, 'log');
    expect.soft(await faultsOf(anna, 'requests')).toEqual([]);
    await row().click();
    const dialog = anna.dialog(`${anna.t('requests.right.erasure')}: James Miller`);
    await expect(dialog).toContainText(anna.t('requests.check.key'));
    await expect(dialog).toContainText('All of it, please');
    await picture(anna, 'request');
    expect.soft(await faultsOf(anna, 'a request')).toEqual([]);
  });

  await test.step('she erases from there, and the answer is offered', async () => {
    await anna.button(anna.t('requests.eraseNow')).click();
    const question = anna.dialog(anna.t('privacy.eraseTitle', { name: 'James Miller' }));
    await expect(question.getByRole('region', { name: anna.t('privacy.eraseStays') })).toContainText(
      anna.t('privacy.because.request'),
    );
    await question.getByRole('button', { name: anna.t('privacy.eraseConfirm') }).click();
    await anna.button(anna.t('common.done')).click();
    const answer = anna.dialog(anna.t('requests.answerTitle', { name: 'James Miller' }));
    await expect(answer).toContainText(anna.t('requests.erasureGoesWith'));
    await picture(anna, 'answer');
    expect.soft(await faultsOf(anna, 'answering')).toEqual([]);
    await answer.getByRole('button', { name: anna.t('requests.answerSend') }).click();
    await expect(answer).toBeHidden();
    await expect(row()).toContainText(anna.t('requests.state.answered'));
    expect(await anna.disk.chatTexts()).toEqual([]);
    await anna.button(anna.t('start.nav')).click();
  });

  await test.step('at the next meeting the answer comes back, with a proof that was checked', async () => {
    await james.enter(anna, await anna.host('Drittes Treffen'));
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await expect(
      james.page.getByText(
        james.t('requests.newsTitle', { name: anna.name, state: james.t('requests.state.answered') }),
      ),
    ).toBeVisible();
    await james.button(james.t('requests.newsView')).click();
    await expect(mine()).toContainText(anna.t('requests.draft.erasure'));
    const proof = mine().getByRole('group', { name: james.t('requests.factErasure') });
    await expect(proof).toContainText(james.t('requests.mineErasedCounts', { kinds: '' }).slice(0, 7));
    await expect(proof).toContainText(james.t('privacy.chat', { count: 1 }));
    await picture(james, 'answered');
    expect.soft(await faultsOf(james, 'my requests')).toEqual([]);
    const log = await anna.call('requests.list');
    expect(log.value).toMatchObject([{ state: 'answered', told: true }]);
  });

  await test.step('what came by e-mail and is overdue stands on the start page and at the tab', async () => {
    await anna.call('requests.add', {
      ...{ identityKey: null, name: 'Greta Unknown', right: 'access', text: '', way: 'email', check: 'contact' },
      ...{ receivedOn: '2026-01-05', notes: '' },
    });
    const banner = anna.page.getByRole('region', { name: anna.t('requests.dueTitle', { count: 1 }) });
    await expect(banner).toContainText('Greta Unknown');
    await anna.call('preferences.set', { language: 'de', theme: 'dark' });
    await picture(anna, 'overdue');
    await anna.call('preferences.set', { language: 'en', theme: 'light' });
    await banner.getByRole('button', { name: anna.t('requests.view') }).click();
    await expect(anna.button(anna.t('requests.tabDue', { count: 1 }))).toBeVisible();
    await anna.call('preferences.set', { language: 'de', theme: 'dark' });
    await picture(anna, 'log-de');
  });
});
