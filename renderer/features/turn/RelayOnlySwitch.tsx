import { EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Switch } from '../../ui/Switch';

export interface RelayOnlySwitchProps {
  readonly isSelected: boolean;
  readonly onChange: (relayOnly: boolean) => void;
  /** What it would or does mean here, where there is more to say. */
  readonly note?: string | null;
}

/** Hides this computer's network address from the others, and says in plain words from whom. */
export function RelayOnlySwitch({ isSelected, onChange, note = null }: RelayOnlySwitchProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="switch-list">
        <Switch
          icon={EyeOff}
          label={t('turn.relayOnly')}
          hint={t('turn.relayOnlyHint')}
          states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
          isSelected={isSelected}
          onChange={onChange}
        />
      </div>
      <p className={note === null ? 'visually-hidden' : 'small turn-note'} role="status">
        {note}
      </p>
    </>
  );
}
