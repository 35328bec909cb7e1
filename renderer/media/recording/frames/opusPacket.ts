const frameMs = {
  silk: [10, 20, 40, 60],
  hybrid: [10, 20],
  celt: [2.5, 5, 10, 20],
} as const;

const maxMs = 120;

/** How long the sound of an Opus packet lasts, from its first bytes (RFC 6716, section 3); null: it is none. */
export function opusDurationMs(packet: Uint8Array): number | null {
  const [toc, second] = packet;
  if (toc === undefined) return null;
  const config = toc >> 3;
  const lengths = config < 12 ? frameMs.silk : config < 16 ? frameMs.hybrid : frameMs.celt;
  const length = lengths[config % lengths.length] ?? 20;
  const code = toc & 3;
  if (code === 0) return length;
  if (code < 3) return 2 * length;
  const duration = second === undefined ? 0 : (second & 63) * length;
  // No frame at all, or more than a packet may hold: somebody else's packet, or a made-up one.
  return duration > 0 && duration <= maxMs ? duration : null;
}

export function opusChannels(packet: Uint8Array): 1 | 2 {
  return ((packet[0] ?? 0) & 4) === 0 ? 1 : 2;
}

/** The identification header a file needs (RFC 7845, section 5.1): 48 kHz, nothing to skip. */
export function opusHead(channels: 1 | 2): Uint8Array {
  const head = new Uint8Array(19);
  head.set(new TextEncoder().encode('OpusHead'));
  head.set([1, channels], 8);
  new DataView(head.buffer).setUint32(12, 48_000, true);
  return head;
}
