import { Check, ChevronDown, type LucideIcon } from 'lucide-react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';

export interface SelectOption<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly hint?: string;
  readonly icon?: LucideIcon;
  readonly options: readonly SelectOption<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
  readonly placeholder?: string;
}

export function Select<Id extends string>({
  label,
  hideLabel,
  hint,
  icon: Icon,
  options,
  value,
  onChange,
  isDisabled,
  placeholder,
}: SelectProps<Id>) {
  return (
    <AriaSelect
      className="field"
      selectedKey={options.some((option) => option.id === value) ? value : null}
      onSelectionChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      isDisabled={isDisabled ?? false}
      placeholder={placeholder ?? ''}
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <Button className="select-button">
        {Icon !== undefined && <Icon size={18} strokeWidth={2} aria-hidden />}
        <SelectValue className="select-value" />
        <ChevronDown size={18} aria-hidden className="select-arrow" />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <Popover className="popover select-popover" offset={4}>
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="menu-item">
              {({ isSelected }) => (
                <>
                  <span className="menu-label">{option.label}</span>
                  {isSelected && <Check size={16} strokeWidth={2.4} aria-hidden />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
