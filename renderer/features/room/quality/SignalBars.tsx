import type { QualityLevel } from '../../../stores/mediaStore';

const filled = { bad: 1, weak: 2, good: 3 } as const satisfies Record<QualityLevel, number>;
const bars = [
  { x: 1, height: 6 },
  { x: 7, height: 10 },
  { x: 13, height: 14 },
] as const;

/** One, two or three bars of three. For the eye; the words stand beside it, or in `label`. */
export function SignalBars({ level, size, label }: { level: QualityLevel; size: number; label?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 18 18"
      fill="currentColor"
      className={`signal-bars quality-${level}`}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {bars.map(({ x, height }, n) => (
        <rect key={x} x={x} y={16 - height} width="4" height={height} rx="1" opacity={n < filled[level] ? 1 : 0.3} />
      ))}
    </svg>
  );
}
