import { Check } from 'lucide-react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  readonly label: string;
  /** What is wrong with it as it is. */
  readonly error?: string | null;
}

/** Something to confirm: nothing happens when it is ticked. */
export function Checkbox({ label, error = null, ...rest }: CheckboxProps) {
  return (
    <div className="field tick-field">
      <AriaCheckbox {...rest} className="tick" isInvalid={error !== null}>
        <span className="tick-box" aria-hidden>
          <Check size={16} strokeWidth={3} />
        </span>
        <span>{label}</span>
      </AriaCheckbox>
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
