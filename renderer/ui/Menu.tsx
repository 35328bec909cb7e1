import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, type Placement } from 'react-aria-components';
import { classNames } from './classNames';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly onAction: () => void;
}

/** A button (`trigger`) that opens a list of actions. */
export function Menu({
  label,
  trigger,
  entries,
  placement = 'bottom end',
}: {
  label: string;
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  placement?: Placement;
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement={placement} offset={6}>
        <AriaMenu
          className="menu"
          aria-label={label}
          items={entries}
          onAction={(key) => entries.find((entry) => entry.id === key)?.onAction()}
        >
          {({ id, label: name, icon: Icon, shortcut, danger }) => (
            <MenuItem id={id} textValue={name} className={classNames('menu-item', danger && 'menu-danger')}>
              {Icon !== undefined && <Icon size={18} strokeWidth={1.9} aria-hidden />}
              <span className="menu-label">{name}</span>
              {shortcut !== undefined && <kbd>{shortcut}</kbd>}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
