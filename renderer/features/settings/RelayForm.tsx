import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { relayAddressSchema } from '../../../common/preferences';
import { useBridge, useNotify, usePreferences, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { focusFirstInvalid } from '../../ui/focusFirstInvalid';
import { TextField } from '../../ui/TextField';

/** The team's own relay, for meetings that are hosted here; none unless somebody enters one. */
export function RelayForm() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const stored = usePreferences(({ preferences }) => preferences.relay);
  const [relay, setRelay] = useState(stored);
  const [checked, setChecked] = useState(false);
  const error = relayAddressSchema.safeParse(relay).success ? null : t('settings.relayWrong');

  useEffect(() => setRelay(stored), [stored]);

  async function save(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (error !== null) {
      focusFirstInvalid(event.currentTarget);
      return;
    }
    const result = await run(bridge['preferences.set']({ relay }));
    if (result.ok) say(t('common.saved'));
  }

  return (
    <form className="settings-fields" onSubmit={(event) => void save(event)} noValidate>
      <TextField
        label={t('settings.relay')}
        value={relay}
        onChange={setRelay}
        maxLength={300}
        autoComplete="off"
        hint={t('settings.relayHint')}
        error={checked ? error : null}
      />
      <Button type="submit" look="primary" isDisabled={relay === stored}>
        {t('common.save')}
      </Button>
    </form>
  );
}
