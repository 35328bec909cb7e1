import { spawnSync } from 'node:child_process';
import type { Locator } from '@playwright/test';
import { expect, type Person } from './person';

/** From now on the dialog that asks what to open, a file or a folder, answers with this path; null: the person cancels it. */
export async function willOpen(person: Person, path: string | null): Promise<void> {
  await person.desktop.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
  }, path);
}

export async function clipboardOf(person: Person): Promise<string> {
  return person.desktop.app.evaluate(({ clipboard }) => clipboard.readText());
}

/** The dialog into which messages are read, opened from the page that is shown. */
export async function openReading(person: Person): Promise<Locator> {
  await person.button(person.t('letters.read')).click();
  const dialog = person.dialog(person.t('letters.read'));
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Pastes a text into that dialog and reads it in. */
export async function paste(person: Person, dialog: Locator, text: string): Promise<void> {
  await dialog.getByRole('textbox').fill(text);
  await dialog.getByRole('button', { name: person.t('letters.readIn'), exact: true }).click();
}

/** Drops a file with this content on that dialog. */
export async function dropFile(dialog: Locator, content: string): Promise<void> {
  const dataTransfer = await dialog.page().evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'letter.json', { type: 'application/json' }));
    return transfer;
  }, content);
  await dialog.locator('.letter-drop').dispatchEvent('drop', { dataTransfer });
}

/** What the command line says of a file, without the app. */
export function verified(path: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/verify-receipt.mjs', path], {
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}
