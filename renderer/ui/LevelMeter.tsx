import { Meter } from 'react-aria-components';

const bars = 16;

/** How loud the microphone is right now, 0 to 1. */
export function LevelMeter({ label, level }: { label: string; level: number }) {
  const lit = Math.round(Math.min(1, Math.max(0, level)) * bars);
  return (
    <Meter className="level" value={Math.round(level * 100)} aria-label={label}>
      {Array.from({ length: bars }, (_, index) => (
        <span key={index} className={index < lit ? 'level-bar level-lit' : 'level-bar'} />
      ))}
    </Meter>
  );
}
