import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';

/** `fraction` 0 to 1; null while nobody knows how long it takes. */
export function ProgressBar({
  label,
  fraction,
  format,
}: {
  label: string;
  fraction: number | null;
  format: (fraction: number) => string;
}) {
  return (
    <AriaProgressBar
      className="progress"
      value={(fraction ?? 0) * 100}
      isIndeterminate={fraction === null}
      valueLabel={fraction === null ? '' : format(fraction)}
    >
      {({ valueText }) => (
        <>
          <div className="progress-text">
            <Label>{label}</Label>
            <span className="times">{valueText}</span>
          </div>
          <div className="progress-track">
            <div
              className={fraction === null ? 'progress-unknown' : 'progress-fill'}
              style={fraction === null ? {} : { width: `${fraction * 100}%` }}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
