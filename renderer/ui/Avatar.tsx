import { avatarColor, initials } from './avatarColor';

/** Initials on a calm colour. The name stands beside it, so it is silent for screen readers. */
export function Avatar({ id, name, size = 36 }: { id: string; name: string; size?: number }) {
  return (
    <span
      className={`avatar person-${avatarColor(id)}`}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
      aria-hidden
    >
      {initials(name)}
    </span>
  );
}
