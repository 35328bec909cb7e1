import { expect, test } from '../support/network/labTest';

test('two people at different places meet and see each other', { tag: '@short' }, async ({ resident }) => {
  const host = await resident('Helga');
  const guest = await resident('Gudrun');
  const invite = await host.person.host('Unter uns');
  expect(invite.address).toContain(host.place.address);
  await guest.person.enter(host.person, invite);
  for (const { person } of [host, guest]) await person.turnOn('microphone', 'camera');
  await host.person.sees(guest.person);
  await guest.person.sees(host.person);
});
