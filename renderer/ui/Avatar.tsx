import type { CSSProperties } from 'react';
import { avatarColor, initials } from './avatarColor';

export interface AvatarProps {
  readonly id: string;
  readonly name: string;
  /** In CSS pixels; `tile` grows with the tile it stands in. */
  readonly size?: number | 'tile';
}

/** Initials on a calm colour. The name stands beside it, so it is silent for screen readers. */
export function Avatar({ id, name, size = 36 }: AvatarProps) {
  const style = size === 'tile' ? undefined : ({ '--size': `${size}px` } as CSSProperties);
  return (
    <span className={`avatar person-${avatarColor(id)}`} style={style} aria-hidden>
      {initials(name)}
    </span>
  );
}
