import { Eye, EyeOff, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Button,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { classNames } from './classNames';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'type'> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly placeholder?: string;
  readonly icon?: LucideIcon;
  /** More than one line. */
  readonly rows?: number;
  readonly mono?: boolean;
  readonly hideLabel?: boolean;
  /** A secret: hidden until its owner wants to see it. */
  readonly reveal?: { readonly show: string; readonly hide: string };
  readonly type?: 'text' | 'search' | 'datetime-local' | 'date';
}

export function TextField({
  label,
  hint,
  error,
  placeholder,
  icon: Icon,
  rows,
  mono,
  hideLabel,
  reveal,
  type = 'text',
  ...rest
}: TextFieldProps) {
  const [revealed, setRevealed] = useState(false);
  const inputClass = classNames('field-input', mono && 'field-mono');
  return (
    <AriaTextField
      {...rest}
      type={reveal !== undefined && !revealed ? 'password' : type}
      isInvalid={error !== null && error !== undefined}
      validationBehavior="aria"
      className="field"
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <div
        className={classNames(
          'field-box',
          Icon !== undefined && 'field-with-icon',
          reveal !== undefined && 'field-with-button',
        )}
      >
        {Icon !== undefined && <Icon size={18} strokeWidth={2} aria-hidden className="field-icon" />}
        {rows === undefined ? (
          <Input className={inputClass} placeholder={placeholder ?? ''} spellCheck={reveal === undefined} />
        ) : (
          <TextArea className={classNames(inputClass, 'field-area')} rows={rows} placeholder={placeholder ?? ''} />
        )}
        {reveal !== undefined && (
          <Button
            slot={null}
            className="icon-button field-button"
            aria-label={revealed ? reveal.hide : reveal.show}
            onPress={() => setRevealed(!revealed)}
          >
            {revealed ? <EyeOff size={18} aria-hidden /> : <Eye size={18} aria-hidden />}
          </Button>
        )}
      </div>
      {hint !== undefined && (error === null || error === undefined) && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
