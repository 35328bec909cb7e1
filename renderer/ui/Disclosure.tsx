import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components';

/** Something one step away: closed until it is wanted. */
export function Disclosure({
  label,
  children,
  defaultExpanded = false,
}: {
  label: string;
  children: ReactNode;
  defaultExpanded?: boolean;
}) {
  return (
    <AriaDisclosure className="disclosure" defaultExpanded={defaultExpanded}>
      <Button slot="trigger" className="disclosure-button">
        <ChevronRight size={18} aria-hidden className="disclosure-arrow" />
        {label}
      </Button>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
