import { expect, type Locator } from '@playwright/test';
import type { ContactEntry, ContactList } from '../../common/contacts';
import type { Person } from './person';

/** What Node was asked to open in this person's main process; see socketHook.cjs. */
export interface Sockets {
  readonly dialled: readonly string[];
  readonly listening: readonly string[];
  readonly datagrams: readonly string[];
  readonly names: readonly string[];
}

export async function socketsOf({ desktop }: Person): Promise<Sockets> {
  return desktop.app.evaluate(() => (globalThis as unknown as { __sockets: Sockets }).__sockets);
}

export async function contactsOf(person: Person): Promise<readonly ContactEntry[]> {
  return ((await person.call('contacts.list')).value as ContactList).entries;
}

/** The list as it stands in front of the person: opened from the settings. */
export async function openContacts(person: Person): Promise<Locator> {
  await person.button(person.t('settings.nav')).click();
  await person.button(person.t('contacts.open')).click();
  await expect(person.heading(person.t('contacts.title'))).toBeVisible();
  return person.page.getByRole('main');
}
