import { ChevronRight } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button, Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components';

/** Something one step away: closed until it is wanted. */
export function Disclosure({
  label,
  summary,
  children,
  defaultExpanded = false,
}: {
  label: string;
  /** What is inside, in a line, so that it need not be opened to know. */
  summary?: string;
  children: ReactNode;
  defaultExpanded?: boolean;
}) {
  const panel = useRef<HTMLDivElement>(null);
  return (
    <AriaDisclosure
      className="disclosure"
      defaultExpanded={defaultExpanded}
      onExpandedChange={(expanded) => {
        // In a small window it would open out of sight.
        if (expanded) requestAnimationFrame(() => panel.current?.scrollIntoView({ block: 'nearest' }));
      }}
    >
      <Button slot="trigger" className="disclosure-button">
        <ChevronRight size={18} aria-hidden className="disclosure-arrow" />
        {summary === undefined ? (
          label
        ) : (
          <span className="disclosure-label">
            {label}
            <small>{summary}</small>
          </span>
        )}
      </Button>
      <DisclosurePanel ref={panel} className="disclosure-panel">
        {children}
      </DisclosurePanel>
    </AriaDisclosure>
  );
}
