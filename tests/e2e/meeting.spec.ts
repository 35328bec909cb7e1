import { expect, test } from '../support/person';

test('R20: two people meet and write; both keep it, readable to nobody else, and find it again', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const [question, reply] = ['Liegt die Abfindungssumme vor?', 'Yes: 48,250 euros, confidentially'];
  await test.step('they see each other and write', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    await expect(anna.tile(james).locator('video'), 'R11: off on entering').toBeHidden();
    await Promise.all([anna.turnOn('camera'), james.turnOn('microphone', 'camera')]);
    await Promise.all([anna.sees(james), james.sees(anna)]);
    await anna.say(question);
    await james.reads(question);
    await james.say(reply);
    await anna.reads(reply);
  });

  const secrets = [question, reply, 'Abfindungssumme', '48,250', 'Beratung Berger'];
  for (const someone of [anna, james]) {
    await test.step(`${someone.name} holds it encrypted and finds it after a restart`, async () => {
      expect(await someone.disk.chatTexts()).toEqual([question, reply]);
      expect(await someone.disk.filesContaining(...secrets), 'while it runs').toEqual([]);
      await someone.quit();
      expect(await someone.disk.filesContaining(...secrets), 'after the end').toEqual([]);
      await someone.comeBack();
      await someone.button(someone.t('start.searchChat')).click();
      await someone.page.getByRole('searchbox', { name: someone.t('start.searchLabel') }).fill('abfind');
      const hits = someone.dialog(someone.t('start.searchChat')).getByRole('listitem');
      await expect(hits).toHaveCount(1);
      await expect(hits).toContainText(question);
    });
  }
});

test('R12: who is refused stays outside; who was given only a code comes in with it', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const invite = await anna.host('Beratung Berger');

  await james.openLink(invite.link);
  await james.knock();
  await expect(james.page.getByText('Beratung Berger'), 'the title is not for the door').toBeHidden();
  await anna.refuse(james);
  await expect(james.heading(james.t('errors.join/denied.what'))).toBeVisible();
  await james.button(james.t('join.backToStart')).click();

  await james.openCode({ ...invite, code: invite.code.toLowerCase().replaceAll('-', ' ') });
  await james.knock();
  await anna.admit(james);
  await Promise.all([anna.isConnected(), james.isConnected()]);
  await expect(james.heading('Beratung Berger')).toBeVisible();
});
