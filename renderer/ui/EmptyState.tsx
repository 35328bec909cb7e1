import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One sentence that teaches what will be here. */
export function EmptyState({
  icon: Icon,
  children,
  action,
}: {
  icon: LucideIcon;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon size={24} strokeWidth={1.5} aria-hidden />
      <p>{children}</p>
      {action}
    </div>
  );
}
