import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { Button, type ButtonProps } from 'react-aria-components';
import { classNames } from '../../ui/classNames';
import { Tip } from '../../ui/Tip';
import type { ShortcutName } from './shortcuts';
import { useShortcutWords } from './useShortcuts';

export interface BarButtonProps extends Omit<ButtonProps, 'children' | 'className' | 'style'> {
  readonly icon: LucideIcon;
  /** One word below the picture. */
  readonly text: string;
  /** What pressing it does; contains `text`, so that saying what one sees works. */
  readonly label: string;
  readonly shortcut?: ShortcutName;
  readonly look?: 'plain' | 'off' | 'active' | 'recording' | 'leave';
  readonly badge?: number;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function BarButton({ icon: Icon, text, label, shortcut, look = 'plain', badge = 0, ...rest }: BarButtonProps) {
  const keys = useShortcutWords();
  return (
    <Tip text={label} shortcut={shortcut === undefined ? undefined : keys.text(shortcut)}>
      <Button
        {...rest}
        aria-label={label}
        {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': keys.aria(shortcut) })}
        className={classNames('bar-button', `bar-${look}`)}
      >
        <span className="bar-icon">
          <Icon size={22} strokeWidth={1.8} aria-hidden />
          {badge > 0 && (
            <span className="badge times" aria-hidden>
              {badge > 99 ? '99+' : badge}
            </span>
          )}
        </span>
        <span className="bar-text" aria-hidden>
          {text}
        </span>
      </Button>
    </Tip>
  );
}
