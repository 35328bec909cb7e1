import { useState } from 'react';
import { TextField, type TextFieldProps } from '../../../ui/TextField';
import { fromDateTimeInput, toDateTimeInput } from './dateTimeInput';

export interface DateTimeFieldProps extends Pick<TextFieldProps, 'label' | 'hint' | 'error' | 'isDisabled'> {
  readonly value: number | null;
  readonly onChange: (at: number | null) => void;
}

/** Day and time by the clock on the wall. What is typed halfway counts as no time. */
export function DateTimeField({ value, onChange, ...rest }: DateTimeFieldProps) {
  // Chromium reports half a date as nothing: what it shows is its own.
  const [text, setText] = useState(() => toDateTimeInput(value));
  return (
    <TextField
      {...rest}
      type="datetime-local"
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(fromDateTimeInput(next));
      }}
    />
  );
}
