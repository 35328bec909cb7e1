import { useTranslation } from 'react-i18next';
import { useBridge, usePreferences, useRun } from '../../app/AppContext';
import { Switch } from '../../ui/Switch';

/** Whether others' questions to record this person are answered with No by themselves. */
export function NeverRecordMePreference() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const neverRecordMe = usePreferences(({ preferences }) => preferences.neverRecordMe);
  return (
    <Switch
      label={t('settings.neverRecordMe')}
      hint={t('settings.neverRecordMeHint')}
      states={{ on: t('common.yes'), off: t('common.no') }}
      isSelected={neverRecordMe}
      onChange={(on) => void run(bridge['preferences.set']({ neverRecordMe: on }))}
    />
  );
}
