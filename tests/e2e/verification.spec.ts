import type { MeetingState } from '../../common/meeting/sessionState';
import { faultsOf, tabTo } from '../support/looking';
import { expect, test, type Person } from '../support/person';

const shield = (viewer: Person, other: Person) => viewer.tile(other).locator('[data-trust]');
const code = (person: Person) => person.page.getByTestId('short-code');
const warning = (person: Person, name: string) =>
  person.page.getByRole('alert').filter({ hasText: person.t('verification.changedTitle', { name }) });

async function meetingOf(person: Person): Promise<MeetingState> {
  const { value } = (await person.call('session.state')) as { value: { meeting: MeetingState } };
  return value.meeting;
}

/** Opens the code of one's connection to this person, from the people panel. */
async function openCode(person: Person, other: Person): Promise<void> {
  await person.openPanel('people');
  await person.button(person.t('room.actionsFor', { name: other.name })).click();
  await person.page.getByRole('menuitem', { name: person.t('verification.compare') }).click();
  await expect(code(person)).toBeVisible();
}

/** Both say that they see the same. */
async function compare(one: Person, other: Person): Promise<void> {
  await openCode(one, other);
  const invitation = other.page
    .getByRole('status')
    .filter({ hasText: other.t('verification.asks', { name: one.name }) });
  await invitation.getByRole('button', { name: other.t('verification.compare') }).click();
  await expect(code(other)).toBeVisible();
  const digits = async (person: Person) => (await code(person).locator('[aria-hidden]').last().innerText()).trim();
  const pictures = async (person: Person) =>
    code(person)
      .locator('li')
      .evaluateAll((all) => all.map((li) => li.querySelector('svg')?.classList.value));
  expect(await digits(one)).toMatch(/^\d{3} \d{3}$/u);
  expect(await digits(other)).toBe(await digits(one));
  expect(await pictures(other)).toEqual(await pictures(one));
  for (const person of [one, other]) {
    await person.button(person.t('verification.match')).click();
    await expect(code(person)).toBeHidden();
  }
}

test('R18, R19: two people compare a code and know each other from then on; a new key under a known name is told', async ({
  person,
}) => {
  test.slow();
  const [anna, james, mia] = await Promise.all([
    person('Anna Weber', { language: 'de' }),
    person('James Miller'),
    person('Mia Rossi'),
  ]);
  const invite = await anna.host('Beratung Berger');
  await james.enter(anna, invite);
  await mia.openLink(invite.link);
  await mia.knock();
  await anna.admit(mia);

  await test.step('every connection is compared with what was signed before it counts as encrypted', async () => {
    for (const each of [anna, james, mia]) await each.isConnected();
    for (const each of [anna, james, mia]) {
      const { trust, connections } = await meetingOf(each);
      expect(trust.map(({ securedGeneration }) => securedGeneration)).toEqual(
        connections.map(({ generation }) => generation),
      );
    }
    await expect(shield(anna, james)).toHaveAttribute('data-trust', 'unverified');
  });

  await test.step('two compare; it holds for the two of them', async () => {
    await compare(james, mia);
    await expect(shield(james, mia)).toHaveAttribute('data-trust', 'verified');
    await expect(shield(mia, james)).toHaveAttribute('data-trust', 'verified');
    await expect(shield(mia, anna)).toHaveAttribute('data-trust', 'unverified');
    await expect(shield(anna, mia)).toHaveAttribute('data-trust', 'unverified');
    await compare(anna, james);
    await expect(james.page.getByTestId('encryption')).toHaveText(james.t('verification.stateVerified'));
    await expect(anna.page.getByTestId('encryption')).toHaveText(anna.t('room.encryptionOn'));
  });

  await test.step('a code is confirmed by what it says, never by what a window claims', async () => {
    const participantId = await mia.participantId();
    const refused = { ok: false, error: { code: 'verification/no-code' } };
    expect(await anna.call('verification.confirm', { participantId, digits: '000000' })).toEqual(refused);
    await expect(shield(anna, mia)).toHaveAttribute('data-trust', 'unverified');
  });

  await test.step('in the next meeting, after a restart, it still holds', async () => {
    await mia.leave();
    await james.leave();
    await anna.leave();
    await Promise.all([anna.comeBack(), james.comeBack()]);
    const next = await anna.host('Beratung, zweiter Teil');
    await james.openLink(next.link);
    await james.knock();
    await anna.admit(james);
    await james.isConnected();
    await expect(shield(anna, james)).toHaveAttribute('data-trust', 'verified');
    await expect(shield(james, anna)).toHaveAttribute('data-trust', 'verified');
    await expect(james.page.getByTestId('encryption')).toHaveText(james.t('verification.stateVerified'));
    await james.leave();
  });

  await test.step('the same name with another key is warned of at the door and inside, until it is settled', async () => {
    await mia.quit();
    const impostor = await person('James Miller');
    await expect(anna.tile(james)).toBeHidden();
    await impostor.openLink((await meetingOf(anna)).invite!.link);
    await impostor.knock();
    await expect(warning(anna, 'James Miller')).toContainText(/und die Person war überprüft/u);
    await anna.openPanel('people');
    await expect(warning(anna, 'James Miller')).toBeVisible();
    await anna.button(anna.t('room.admitName', { name: 'James Miller' })).click();
    await anna.button(anna.t('verification.admitAnyway')).click();
    await expect(impostor.controls()).toBeVisible();

    await expect(shield(anna, impostor)).toHaveAttribute('data-trust', 'changed');
    await expect(anna.page.getByTestId('encryption')).toHaveText(anna.t('verification.stateWarning'));
    const inside = warning(anna, 'James Miller');
    await expect(inside).toBeVisible();
    await anna.page.keyboard.press('Escape');
    await expect(inside).toBeVisible();
    await inside.getByRole('button', { name: anna.t('verification.changedWhy') }).click();
    await anna.button(anna.t('common.cancel')).click();
    await expect(inside).toBeVisible();
    await inside.getByRole('button', { name: anna.t('verification.changedWhy') }).click();
    await anna.button(anna.t('verification.accept')).click();
    await expect(inside).toBeHidden();
    await expect(shield(anna, impostor)).toHaveAttribute('data-trust', 'unverified');
  });
});

test('R18: a connection that is not the one that was signed is cut, and both see that something is wrong', async ({
  person,
}) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));
  const participantId = await james.participantId();
  const [{ generation }] = (await meetingOf(anna)).connections as [MeetingState['connections'][number]];
  // What a window would find if its connection led to somebody else.
  const found = { peerId: participantId, generation, certificates: [new Uint8Array(300)] };
  await anna.call('mesh.secured', found);
  await expect(shield(anna, james)).toHaveAttribute('data-trust', 'broken');
  await expect(anna.page.getByTestId('encryption')).toHaveText(anna.t('verification.stateInsecure'));
  await expect(
    anna.page.getByRole('alert').filter({ hasText: anna.t('verification.brokenTitle', { name: 'James Miller' }) }),
  ).toBeVisible();
  expect((await meetingOf(anna)).connections).toEqual([]);
  await expect(james.page.getByTestId('encryption')).toHaveText(james.t('room.encryptionSecuring'));
});

test('R18: who finds that the codes differ is told loudly what that means, and so is who is invited under a known name', async ({
  person,
}) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await james.enter(anna, await anna.host('Beratung Berger'));

  await test.step('the code can be reached and answered with the keyboard, and read by a screen reader', async () => {
    await openCode(james, anna);
    expect(await faultsOf(james, 'code')).toEqual([]);
    await tabTo(james, james.button(james.t('verification.differ')));
    await james.page.keyboard.press('Enter');
    await expect(james.dialog(james.t('verification.differTitle'))).toContainText(
      james.t('verification.differAdvice', { name: 'Anna Weber' }),
    );
    expect(await faultsOf(james, 'codes differ')).toEqual([]);
  });

  await test.step('it stays said until they compare again and it matches', async () => {
    await james.button(james.t('verification.stay')).click();
    const banner = james.page
      .getByRole('alert')
      .filter({ hasText: james.t('verification.differsBanner', { name: 'Anna Weber' }) });
    await expect(banner).toBeVisible();
    await expect(shield(james, anna)).toHaveAttribute('data-trust', 'differs');
    await expect(james.page.getByTestId('encryption')).toHaveText(james.t('verification.stateWarning'));
    expect(await faultsOf(james, 'room with a warning')).toEqual([]);
    await banner.getByRole('button', { name: james.t('verification.compareAgain') }).click();
    await james.button(james.t('verification.match')).click();
    await expect(banner).toBeHidden();
    await expect(shield(james, anna)).toHaveAttribute('data-trust', 'verified');
    await anna.leave();
    await james.backToStart();
  });

  await test.step('an invitation in a known name with another key is warned of before one knocks, and needs a second yes', async () => {
    await anna.quit();
    const impostor = await person('Anna Weber', { language: 'de' });
    const { link } = await impostor.host('Beratung Berger, Fortsetzung');
    await james.openLink(link);
    await expect(warning(james, 'Anna Weber')).toContainText('had verified them');
    expect(await faultsOf(james, 'preview with a warning')).toEqual([]);
    await james.readNotice();
    await james.button(james.t('join.knock')).click();
    await james.button(james.t('common.cancel')).last().click();
    await expect(warning(james, 'Anna Weber')).toBeVisible();
    await expect(impostor.button(impostor.t('room.admitName', { name: 'James Miller' }))).toBeHidden();
    await james.readNotice();
    await james.button(james.t('join.knock')).click();
    await james.button(james.t('verification.knockAnyway')).click();
    await impostor.admit(james);
    await expect(shield(james, impostor)).toHaveAttribute('data-trust', 'changed');
  });
});
