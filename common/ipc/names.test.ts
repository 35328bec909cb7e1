import { expect, it } from 'vitest';
import { commandNames } from './names';

it('names each command once: a channel has one handler, and a second one keeps the app from starting', () => {
  expect(commandNames.filter((name, at) => commandNames.indexOf(name) !== at)).toEqual([]);
});
