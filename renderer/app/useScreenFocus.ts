import { useEffect, useRef, type RefObject } from 'react';

/** Moves the focus to the heading of a screen that has just appeared, so that it is read out and Tab goes on from there. */
export function useScreenFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const active = document.activeElement;
    const alreadyInside = active instanceof HTMLElement && active.matches('input, textarea');
    if (!alreadyInside) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
