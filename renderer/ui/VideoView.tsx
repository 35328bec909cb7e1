import { useEffect, useRef } from 'react';
import { classNames } from './classNames';

/** A live picture without sound. */
export function VideoView({
  stream,
  mirrored = false,
  label,
}: {
  stream: MediaStream;
  mirrored?: boolean;
  label: string;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = stream;
    // Rejects when the element goes away before the first picture.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={video}
      className={classNames('picture', mirrored && 'picture-mirrored')}
      muted
      playsInline
      aria-label={label}
    />
  );
}
