import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/TextField';
import { passphraseMinimum, passphraseStrength } from '../vault/passphraseStrength';
import { StrengthBar } from '../vault/StrengthBar';

export interface TypedTwice {
  readonly first: string;
  readonly second: string;
}

export const nothingTyped: TypedTwice = { first: '', second: '' };

/** Long enough, and typed the same both times. */
export function isTypedWell({ first, second }: TypedTwice): boolean {
  const { grade } = passphraseStrength(first);
  return grade !== 'empty' && grade !== 'short' && first === second;
}

/** A new passphrase, typed twice, with how good it is. */
export function PassphrasePair({
  labels,
  typed,
  onChange,
  checked,
  autoFocus = false,
}: {
  labels: readonly [string, string];
  typed: TypedTwice;
  onChange: (typed: TypedTwice) => void;
  /** Whether to say what is missing. */
  checked: boolean;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const strength = passphraseStrength(typed.first);
  const isShort = strength.grade === 'empty' || strength.grade === 'short';
  const reveal = { show: t('vault.showPassphrase'), hide: t('vault.hidePassphrase') };
  return (
    <>
      <TextField
        label={labels[0]}
        value={typed.first}
        onChange={(first) => onChange({ ...typed, first })}
        autoComplete="new-password"
        autoFocus={autoFocus}
        reveal={reveal}
        hint={<StrengthBar strength={strength} />}
        error={checked && isShort ? t('vault.passphraseTooShort', { count: passphraseMinimum }) : null}
      />
      <TextField
        label={labels[1]}
        value={typed.second}
        onChange={(second) => onChange({ ...typed, second })}
        autoComplete="new-password"
        reveal={reveal}
        error={checked && typed.first !== typed.second ? t('vault.passphraseDiffers') : null}
      />
    </>
  );
}
