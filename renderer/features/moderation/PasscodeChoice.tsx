import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import { passcodeSchema } from '../../../common/meeting/models';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';

export interface PasscodeChoiceProps {
  /** Null: none is asked for. */
  readonly value: string | null;
  readonly onChange: (passcode: string | null) => void;
  /** Somebody has tried to go on: say what is missing. */
  readonly checked: boolean;
}

/** Whether guests must know something besides the link, and what. It is meant to be read and told, so it is not hidden. */
export function PasscodeChoice({ value, onChange, checked }: PasscodeChoiceProps) {
  const { t } = useTranslation();
  const isRight = value === null || passcodeSchema.safeParse(value).success;
  return (
    <>
      <div className="switch-list">
        <Switch
          icon={KeyRound}
          label={t('moderation.passcodeAsk')}
          hint={t('moderation.passcodeAskHint')}
          states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
          isSelected={value !== null}
          onChange={(on) => onChange(on ? '' : null)}
        />
      </div>
      {value !== null && (
        <TextField
          label={t('moderation.passcode')}
          value={value}
          onChange={onChange}
          maxLength={limits.passcodeLength.max}
          autoFocus
          autoComplete="off"
          hint={t('moderation.passcodeRules')}
          error={checked && !isRight ? t('moderation.passcodeShort') : null}
        />
      )}
    </>
  );
}
