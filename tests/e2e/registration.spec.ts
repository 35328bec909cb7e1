import { readFileSync } from 'node:fs';
import { faultsOf, tabTo } from '../support/looking';
import { passDays } from '../support/passTime';
import { expect, test } from '../support/person';

const title = 'Beirat';
const email = 'james@miller.example';
const purpose = 'I send everybody the minutes.';
const question = 'Do you need an interpreter?';

test('R10, R12, R21: what is asked at the door is told before, goes to the host alone, and is deleted in time', async ({
  person,
}, testInfo) => {
  test.setTimeout(180_000);
  const [anna, james, clara] = await Promise.all([person('Anna Weber'), person('James Miller'), person('Clara Roth')]);
  const { t } = anna;
  for (const { page } of [anna, james, clara]) await page.emulateMedia({ reducedMotion: 'reduce' });
  const picture = (name: string) => ({ path: testInfo.outputPath(`${name}.png`) });

  await test.step('the host switches it on and chooses what is asked', async () => {
    await anna.button(t('start.create')).first().click();
    await anna.field(t('start.title')).fill(title);
    await anna.switchOn(t('registration.ask'));
    await anna.button(t('start.openRoom')).click();
    await expect(anna.page.getByText(t('registration.purposeMissing'))).toBeVisible();
    await expect(anna.page.getByText(t('registration.fieldsMissing'))).toBeVisible();
    await anna.field(t('registration.purpose')).fill(purpose);
    await anna.choose(t('registration.field.email'), t('registration.choice.required'));
    await anna.choose(t('registration.field.phone'), t('registration.choice.optional'));
    await anna.button(t('registration.addQuestion')).click();
    await anna.field(t('registration.question')).fill(question);
    expect.soft(await faultsOf(anna, 'choosing what is asked')).toEqual([]);
    await anna.page.screenshot(picture('choice'));
    await anna.button(t('start.openRoom')).click();
    await expect(anna.heading(title)).toBeVisible();
  });
  const { link } = await anna.readInvite();

  await test.step('the guest reads why, fills it in by keyboard, and is told what is missing', async () => {
    const { page } = james;
    await james.openLink(link);
    const form = page.getByRole('region', { name: t('registration.title', { name: anna.name }) });
    await expect(form).toContainText(purpose);
    await expect(form).toContainText(t('notice.days', { count: 30 }));
    expect.soft(await faultsOf(james, 'registration at the door')).toEqual([]);
    await page.screenshot(picture('door'));
    const mail = t('notice.required', { field: t('registration.field.email') });
    const first = james.field(mail);
    await james.button(t('join.knock')).click();
    await expect(first).toBeFocused();
    await expect(form).toContainText(t('registration.missing'));
    await page.keyboard.type('james');
    await expect(form).toContainText(t('registration.malformed.email'));
    await page.screenshot(picture('door-missing'));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('No, thank you');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('checkbox', { name: t('notices.read') })).toBeFocused();
    await page.keyboard.press('Space');
    await tabTo(james, james.button(t('join.knock')));
    await page.keyboard.press('Enter');
    await expect(james.heading(t('join.waitingTitle'))).toBeVisible();
    await expect(page.getByLabel(t('registration.given', { name: anna.name }))).toContainText(email);
  });

  await test.step('the host sees it at the door and lets them in', async () => {
    const filledIn = anna.page.getByLabel(t('registration.atDoor'));
    await expect(filledIn).toContainText(email);
    await expect(filledIn).toContainText(question);
    expect.soft(await faultsOf(anna, 'registration at the host’s door')).toEqual([]);
    await anna.page.screenshot(picture('knock'));
    await anna.admit(james);
    await clara.openLink(link);
    await clara.field(t('notice.required', { field: t('registration.field.email') })).fill('clara@roth.example');
    await clara.knock();
    await anna.admit(clara);
    await expect(clara.tile(james)).toBeVisible();
  });

  await test.step('in the room it is one step away, for the host alone', async () => {
    await anna.openPanel('people');
    await anna.button(t('room.actionsFor', { name: james.name })).click();
    await anna.page.getByRole('menuitem', { name: t('registration.show') }).click();
    await expect(anna.dialog(t('registration.of', { name: james.name }))).toContainText(email);
    await anna.page.screenshot(picture('in-room'));
    await anna.page.keyboard.press('Escape');
    await clara.openPanel('people');
    await clara.button(t('room.actionsFor', { name: james.name })).click();
    await expect(clara.page.getByRole('menuitem').first()).toBeVisible();
    await expect(clara.page.getByRole('menuitem', { name: t('registration.show') })).toHaveCount(0);
    await clara.page.keyboard.press('Escape');
    expect(await clara.page.content()).not.toContain(email);
    expect(await clara.disk.allText()).not.toContain(email);
    expect(await clara.disk.allText()).toContain('clara@roth.example');
  });

  await test.step('afterwards it stands with the meeting, and can be saved as a table', async () => {
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await anna.button(new RegExp(title, 'u')).click();
    const dialog = anna.dialog(title);
    await expect(dialog).toContainText(email);
    expect.soft(await faultsOf(anna, 'registrations of a meeting')).toEqual([]);
    await anna.page.screenshot(picture('meeting'));
    const file = testInfo.outputPath('registrations.csv');
    await anna.willSaveTo(file);
    await anna.button(t('registration.save')).click();
    await expect(anna.page.getByText(t('registration.saved', { file: 'registrations.csv' }))).toBeVisible();
    expect(readFileSync(file, 'utf8')).toContain(`"${email}"`);
    await anna.page.keyboard.press('Escape');
    await james.button(new RegExp(title, 'u')).click();
    await expect(james.dialog(title)).toContainText(t('registration.given', { name: anna.name }));
    await expect(james.dialog(title)).toContainText(email);
    await james.page.screenshot(picture('told'));
  });

  await test.step('what was asked is offered again, and nothing of it is on', async () => {
    await anna.button(t('start.create')).first().click();
    const ask = anna.page.getByRole('switch', { name: t('registration.ask') });
    await expect(ask).not.toBeChecked();
    await tabTo(anna, ask);
    await anna.page.keyboard.press('Space');
    await expect(anna.field(t('registration.purpose'))).toHaveValue(purpose);
    await expect(anna.field(t('registration.question'))).toHaveValue(question);
    await anna.page.keyboard.press('Escape');
  });

  await test.step('it goes when its time is up, and the log says so', async () => {
    await anna.quit();
    await passDays(anna, 31);
    await anna.comeBack();
    await anna.button(t('privacy.nav')).click();
    await anna.button(t('privacy.retention')).click();
    await expect(anna.page.getByText(t('retention.deleted.registration', { count: 2 }))).toBeVisible();
    expect(await anna.disk.allText()).not.toContain(email);
  });
});
