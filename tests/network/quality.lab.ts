import { expect, test, type Resident } from '../support/network/labTest';

/** The words on the tile of the other one. */
const mark = ({ person }: Resident, { person: other }: Resident) =>
  person
    .tile(other)
    .getByText(person.t('quality.weak'))
    .or(person.tile(other).getByText(person.t('quality.bad')));

test('a bad connection is said in words at both ends, and taken back when it is good again', async ({ resident }) => {
  const host = await resident('Helga');
  const guest = await resident('Gudrun', { language: 'de' });
  await guest.person.enter(host.person, await host.person.host('Unter uns'));
  for (const { person } of [host, guest]) await person.turnOn('microphone', 'camera');
  await host.person.sees(guest.person);
  await expect(mark(host, guest)).toBeHidden();

  await guest.place.impair({ loss: 0.2 });
  for (const [one, other] of [
    [host, guest],
    [guest, host],
  ] as const) {
    await expect(mark(one, other)).toBeVisible({ timeout: 60_000 });
    await one.person.openPanel('people');
    const row = one.person.page.getByRole('listitem').filter({ hasText: other.person.name });
    await expect(row.getByText(/%/u)).toBeVisible();
  }

  await guest.place.impair({});
  await expect(mark(host, guest)).toBeHidden({ timeout: 60_000 });
  await expect(mark(guest, host)).toBeHidden({ timeout: 60_000 });
});
