import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../../common/preferences';
import { useBridge, usePreferences, useRun, useServices } from '../../app/AppContext';
import { Select } from '../../ui/Select';

export function AppearanceFields() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { preferences: store } = useServices().stores;
  const preferences = usePreferences((state) => state.preferences);

  async function set(change: Partial<Pick<Preferences, 'language' | 'theme'>>) {
    const result = await run(bridge['preferences.set'](change));
    if (result.ok) store.setState({ preferences: result.value });
  }

  return (
    <div className="settings-fields">
      <Select
        label={t('settings.language')}
        options={[
          { id: 'system', label: t('settings.likeSystem') },
          // A language is always named in itself.
          { id: 'de', label: 'Deutsch' },
          { id: 'en', label: 'English' },
        ]}
        value={preferences.language}
        onChange={(language) => void set({ language })}
      />
      <Select
        label={t('settings.theme')}
        options={[
          { id: 'system', label: t('settings.likeSystem') },
          { id: 'light', label: t('settings.light') },
          { id: 'dark', label: t('settings.dark') },
        ]}
        value={preferences.theme}
        onChange={(theme) => void set({ theme })}
      />
    </div>
  );
}
