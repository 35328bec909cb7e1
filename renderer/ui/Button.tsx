import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classNames } from './classNames';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly children: ReactNode;
  readonly icon?: LucideIcon;
  /** `answer` is for the two sides of a question: both look the same, neither is preferred. */
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'answer';
  readonly size?: 'm' | 'l';
  readonly wide?: boolean;
  readonly className?: string;
}

export function Button({
  children,
  icon: Icon,
  look = 'secondary',
  size = 'm',
  wide,
  className,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={classNames('button', `button-${look}`, size === 'l' && 'button-l', wide && 'button-wide', className)}
    >
      {Icon !== undefined && <Icon size={18} strokeWidth={2} aria-hidden />}
      <span>{children}</span>
    </AriaButton>
  );
}
