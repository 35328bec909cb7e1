import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import type { PasscodeRefusal } from '../../../common/protocol/messages';
import { TextField } from '../../ui/TextField';

export interface DoorPasscodeProps {
  readonly value: string;
  readonly onChange: (passcode: string) => void;
  /** Why this one did not count; null: it has not been tried, or was changed since. */
  readonly refused: PasscodeRefusal | null;
  /** Somebody has tried to knock without one. */
  readonly isMissing: boolean;
}

/** Where a guest types the passcode. */
export function DoorPasscode({ value, onChange, refused, isMissing }: DoorPasscodeProps) {
  const { t } = useTranslation();
  const error =
    refused !== null ? t(`moderation.refused.${refused}`) : isMissing ? t('moderation.doorPasscodeMissing') : null;
  return (
    <TextField
      label={t('moderation.passcode')}
      value={value}
      onChange={onChange}
      maxLength={limits.passcodeLength.max}
      autoFocus={refused !== null}
      autoComplete="off"
      reveal={{ show: t('moderation.passcodeShow'), hide: t('moderation.passcodeHide') }}
      hint={t('moderation.doorPasscodeHint')}
      error={error}
    />
  );
}
