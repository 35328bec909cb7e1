import { Check } from 'lucide-react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';

export interface CheckListProps<Id extends string> {
  readonly label: string;
  readonly empty?: string;
  readonly options: readonly { readonly id: Id; readonly title: string; readonly text: string }[];
  readonly value: readonly Id[];
  readonly onChange: (ids: readonly Id[]) => void;
  readonly isDisabled?: boolean;
}

/** Any number of things, each to be ticked. */
export function CheckList<Id extends string>({
  label,
  empty,
  options,
  value,
  onChange,
  isDisabled,
}: CheckListProps<Id>) {
  return (
    <CheckboxGroup
      className="field"
      value={[...value]}
      isDisabled={isDisabled ?? false}
      onChange={(ids) => onChange(options.map(({ id }) => id).filter((id) => ids.includes(id)))}
    >
      <Label className="field-label">{label}</Label>
      {options.length === 0 && <p className="small">{empty}</p>}
      <div className="picks picks-dense check-list">
        {options.map(({ id, title, text }) => (
          <Checkbox key={id} value={id} className="choice pick" aria-label={text === '' ? title : `${title}, ${text}`}>
            <span className="check-box" aria-hidden>
              <Check size={14} strokeWidth={3} />
            </span>
            <span className="check-text">
              <strong>{title}</strong> {text !== '' && <span>{text}</span>}
            </span>
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
