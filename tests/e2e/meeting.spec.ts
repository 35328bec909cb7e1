import { test } from '../support/person';

test('two people meet, see each other and write to each other', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const invite = await anna.host('Beratung Berger');
  await james.enter(anna, invite);
  await Promise.all([anna.turnOn('camera'), james.turnOn('microphone', 'camera')]);
  await Promise.all([anna.sees(james), james.sees(anna)]);

  await anna.say('Guten Tag, Herr Miller');
  await james.reads('Guten Tag, Herr Miller');
  await james.say('Good morning');
  await anna.reads('Good morning');
});
