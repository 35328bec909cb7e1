import { useTranslation } from 'react-i18next';
import { useBridge, usePreferences, useRun } from '../../app/AppContext';
import { Switch } from '../../ui/Switch';

/** Whether meetings are held with people for whom a no may be hard (R28). */
export function EmployeesPreference() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const employees = usePreferences(({ preferences }) => preferences.employees);
  return (
    <Switch
      label={t('settings.employees')}
      hint={t('settings.employeesHint')}
      states={{ on: t('common.yes'), off: t('common.no') }}
      isSelected={employees}
      onChange={(on) => void run(bridge['preferences.set']({ employees: on }))}
    />
  );
}
