/** The mark: a keyhole in a speech bubble. The same drawing as resources/icon.svg, without its rim. */
export function Logo({ size = 28, onPanel = false }: { size?: number; onPanel?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <path
        d="M16 3h32a13 13 0 0 1 13 13v23a13 13 0 0 1-13 13H29.500L17.600 61.400A2.100 2.100 0 0 1 14.100 59.900V52A13 13 0 0 1 3 39V16A13 13 0 0 1 16 3Z"
        fill={onPanel ? 'var(--on-panel)' : 'var(--door)'}
      />
      <path
        d="M32 11a10.5 10.5 0 0 1 5.2 19.62L40 42a1.5 1.5 0 0 1-1.46 1.86H25.46A1.5 1.5 0 0 1 24 42l2.8-11.38A10.5 10.5 0 0 1 32 11Z"
        fill={onPanel ? 'var(--panel)' : 'var(--keyhole)'}
      />
    </svg>
  );
}
