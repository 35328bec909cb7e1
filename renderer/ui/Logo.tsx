/** The mark: a keyhole in a speech bubble. The same drawing as resources/icon.svg, without its rim. */
export function Logo({ size = 28, onPanel = false }: { size?: number; onPanel?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <path
        d="M16 3h32a13 13 0 0 1 13 13v23a13 13 0 0 1-13 13H29.500L17.600 61.400A2.100 2.100 0 0 1 14.100 59.900V52A13 13 0 0 1 3 39V16A13 13 0 0 1 16 3Z"
        fill={onPanel ? 'var(--on-panel)' : 'var(--door)'}
      />
      <path
        d="M32 13.500a8.500 8.500 0 0 1 4.500 15.710L39.700 40.100a1.500 1.500 0 0 1-1.440 1.900H25.740a1.500 1.500 0 0 1-1.440-1.900l3.200-10.890A8.500 8.500 0 0 1 32 13.500Z"
        fill={onPanel ? 'var(--panel)' : 'var(--keyhole)'}
      />
    </svg>
  );
}
