import type { LucideIcon } from 'lucide-react';
import { Button, type ButtonProps } from 'react-aria-components';
import { classNames } from './classNames';
import { Tip } from './Tip';

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly shortcut?: string;
  readonly className?: string;
}

/** A button that shows only a picture: its name is in the tooltip and for screen readers. */
export function IconButton({ label, icon: Icon, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} shortcut={shortcut}>
      <Button {...rest} aria-label={label} className={classNames('icon-button', className)}>
        <Icon size={20} strokeWidth={1.9} aria-hidden />
      </Button>
    </Tip>
  );
}
