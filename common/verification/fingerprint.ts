const line = /^a=fingerprint:sha-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/;

/**
 * The SHA-256 fingerprint of the one certificate that a session description names (RFC 8122), as `AA:BB:…` in capitals,
 * or null. Stricter than the standard: every mention of a fingerprint has to be a SHA-256 of the same certificate,
 * written as Chromium writes it. So there is one answer to what a signature over this description binds, and no second
 * reading of it that Chromium might prefer.
 */
export function readFingerprint(sdp: string): string | null {
  const mentions = sdp.match(/fingerprint/gi)?.length ?? 0;
  const found = sdp.split(/\r?\n/).flatMap((text) => line.exec(text)?.[1] ?? []);
  const [first] = found;
  if (first === undefined || found.length !== mentions) return null;
  return found.every((one) => one === first) ? first : null;
}
