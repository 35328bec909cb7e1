import { useTranslation } from 'react-i18next';
import { passphraseMinimum, type PassphraseStrength } from './passphraseStrength';

const lit = { empty: 0, short: 1, weak: 1, fair: 2, good: 3 } as const;

/** How good a passphrase is, in words and in three bars. */
export function StrengthBar({ strength }: { strength: PassphraseStrength }) {
  const { t } = useTranslation();
  return (
    <span className={`strength strength-${strength.grade}`}>
      <span className="strength-bars" aria-hidden>
        {[0, 1, 2].map((index) => (
          <span key={index} className={index < lit[strength.grade] ? 'strength-bar strength-lit' : 'strength-bar'} />
        ))}
      </span>
      <span>{words()}</span>
    </span>
  );

  function words() {
    switch (strength.grade) {
      case 'empty':
        return t('vault.strengthEmpty', { count: passphraseMinimum });
      case 'short':
        return t('vault.strengthShort', { count: strength.missing });
      case 'weak':
        return t('vault.strengthWeak');
      case 'fair':
        return t('vault.strengthFair');
      case 'good':
        return t('vault.strengthGood');
    }
  }
}
