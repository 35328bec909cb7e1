import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

export interface YesNoProps {
  readonly label: string;
  /** Null: not answered. */
  readonly value: boolean | null;
  readonly onChange: (value: boolean) => void;
}

/** A question with its two answers beside each other. */
export function YesNo({ label, value, onChange }: YesNoProps) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className="yes-no"
      orientation="horizontal"
      value={value === null ? null : value ? 'yes' : 'no'}
      onChange={(id) => onChange(id === 'yes')}
    >
      <Label className="visually-hidden">{label}</Label>
      {(['yes', 'no'] as const).map((id) => (
        <Radio key={id} value={id} className="choice yes-no-answer">
          <span className="choice-dot" aria-hidden />
          {t(`common.${id}`)}
        </Radio>
      ))}
    </RadioGroup>
  );
}
