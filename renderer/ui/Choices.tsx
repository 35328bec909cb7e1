import { Label, Radio, RadioGroup } from 'react-aria-components';
import { classNames } from './classNames';

interface ChoiceOption<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** What choosing it means, in a sentence. */
  readonly text: string;
}

export interface ChoicesProps<Id extends string> {
  readonly label: string;
  readonly options: readonly ChoiceOption<Id>[];
  /** Null: nothing is chosen yet. */
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly error?: string | null;
  readonly dense?: boolean;
}

/** One of a few, each with a sentence that says what it means. */
export function Choices<Id extends string>({ label, options, value, onChange, error, dense }: ChoicesProps<Id>) {
  return (
    <RadioGroup
      className="field"
      value={value}
      isInvalid={error !== null && error !== undefined}
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id);
        if (chosen !== undefined) onChange(chosen.id);
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className={classNames('picks', dense === true && 'picks-dense')}>
        {options.map(({ id, title, text }) => (
          <Radio key={id} value={id} className="choice pick" aria-label={title}>
            <span className="choice-dot" aria-hidden />
            <span className="pick-text">
              <strong>{title}</strong>
              {text !== '' && <span>{text}</span>}
            </span>
          </Radio>
        ))}
      </div>
      {error !== null && error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </RadioGroup>
  );
}
