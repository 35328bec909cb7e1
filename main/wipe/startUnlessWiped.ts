import type { App, Dialog } from 'electron';
import { defaultPreferences } from '../../common/preferences';
import { effectiveLanguage } from '../app/systemLanguage';
import { nativeTexts } from '../app/texts';
import { wipePlaces } from './wipePlaces';
import { finishWipe } from './wipeProfile';

/**
 * Finishes a deletion of everything that was begun, before anything in the data folder is opened, and then runs the app. When not everything could be
 * deleted it says so and ends: what is left must not be built upon. The next start tries again.
 */
export function startUnlessWiped(app: App, dialog: Pick<Dialog, 'showErrorBox'>, run: () => void): void {
  const isClean = finishWipe(wipePlaces(app));
  void app.whenReady().then(() => {
    if (isClean) {
      run();
      return;
    }
    const { notWiped, notWipedDetail } = nativeTexts[effectiveLanguage(defaultPreferences, app.getLocale())];
    dialog.showErrorBox(notWiped, notWipedDetail);
    app.exit(1);
  });
}
