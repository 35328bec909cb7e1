import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../common/meeting/limits';
import type { PasscodeRefusal } from '../../../common/protocol/messages';
import { TextField } from '../../ui/TextField';

export interface DoorPasscodeProps {
  readonly value: string;
  readonly onChange: (passcode: string) => void;
  /** Why the last knock did not count. */
  readonly refused: PasscodeRefusal | null;
  /** Somebody has tried to knock without one. */
  readonly isMissing: boolean;
}

/** Where a guest types the passcode. What was said about the last one goes away with the first letter of the next. */
export function DoorPasscode({ value, onChange, refused, isMissing }: DoorPasscodeProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState(false);
  useEffect(() => setEdited(false), [refused]);
  const error =
    refused !== null && !edited
      ? t(`moderation.refused.${refused}`)
      : isMissing
        ? t('moderation.doorPasscodeMissing')
        : null;
  return (
    <TextField
      label={t('moderation.passcode')}
      value={value}
      onChange={(text) => {
        setEdited(true);
        onChange(text);
      }}
      maxLength={limits.passcodeLength.max}
      autoFocus={refused !== null}
      autoComplete="off"
      reveal={{ show: t('moderation.passcodeShow'), hide: t('moderation.passcodeHide') }}
      hint={t('moderation.doorPasscodeHint')}
      error={error}
    />
  );
}
