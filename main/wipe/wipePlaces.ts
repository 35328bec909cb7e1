import type { App } from 'electron';
import type { WipePlaces } from './wipeProfile';

const persons = [
  'home',
  'desktop',
  'documents',
  'downloads',
  'music',
  'pictures',
  'videos',
  'appData',
  'temp',
] as const;

/** Where this app keeps what it keeps, and what is the person's own. */
export function wipePlaces(app: Pick<App, 'getPath'>): WipePlaces {
  // A system without, say, a folder for music has none to protect.
  const found = (name: Parameters<App['getPath']>[0]) => {
    try {
      return [app.getPath(name)];
    } catch {
      return [];
    }
  };
  const userData = app.getPath('userData');
  return {
    userData,
    others: (['sessionData', 'logs', 'crashDumps'] as const).flatMap(found).filter((path) => path !== userData),
    persons: persons.flatMap(found),
  };
}
