import type { Desktop } from '../support/electron';
import { expect, test } from '../support/person';

/** Tells the window something that no screen can show, as a fault of ours would. */
const confuse = ({ app }: Desktop, meeting: unknown) =>
  app.evaluate(({ BrowserWindow }, payload) => {
    BrowserWindow.getAllWindows()[0]!.webContents.send('konklave:session.changed', payload);
  }, meeting);

test('a view that fails says so and can be shown again; a meeting goes on behind it', async ({ person }) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const { t } = anna;

  await test.step('outside a meeting', async () => {
    await confuse(anna.desktop, { phase: 'ended', reason: { unheard: 'of' }, title: {}, durationMs: 0 });
    await expect(anna.heading(t('common.broken'))).toBeFocused();
    await expect(anna.page.getByText(t('common.brokenText'))).toBeVisible();
    await confuse(anna.desktop, { phase: 'idle' });
    await anna.button(t('common.brokenToStart')).click();
    await expect(anna.button(t('start.create')).first()).toBeVisible();
  });

  await test.step('in a meeting', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    const state = (await anna.call('session.state')).value as { meeting: object };
    await confuse(anna.desktop, { ...state, meeting: { ...state.meeting, title: {} } });
    await expect(anna.page.getByText(t('common.brokenMeeting'))).toBeVisible();
    await confuse(anna.desktop, state);
    await anna.button(t('common.brokenAgain')).click();
    await expect(anna.tile(james)).toBeVisible();
    await james.say('Noch da?');
    await anna.reads('Noch da?');
  });
});
