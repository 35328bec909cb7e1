import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components';

export interface SwitchProps extends Omit<AriaSwitchProps, 'children' | 'className' | 'style'> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly icon?: LucideIcon;
  /** Both positions in words, so that the state never depends on colour or side alone. */
  readonly states: { readonly on: string; readonly off: string };
}

export function Switch({ label, hint, icon: Icon, states, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className="switch" aria-label={label}>
      {({ isSelected }) => (
        <>
          {Icon !== undefined && <Icon size={20} strokeWidth={1.9} aria-hidden className="switch-icon" />}
          <span className="switch-text">
            <span className="switch-label">{label}</span>
            {hint !== undefined && <span className="switch-hint">{hint}</span>}
          </span>
          <span className="switch-state" aria-hidden>
            {isSelected ? states.on : states.off}
          </span>
          <span className="switch-track" aria-hidden>
            <span className="switch-thumb" />
          </span>
        </>
      )}
    </AriaSwitch>
  );
}
