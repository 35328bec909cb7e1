/** An `a=fmtp` line's parameters that are asked for (RFC 7587, section 6.1). */
const wanted = { useinbandfec: '1', usedtx: '1' } as const;

/**
 * Asks, in a description of ours, for Opus that bears losses (each packet also carries the one before, coarsely) and hardly sends
 * anything while nobody speaks. All else stays as it is; a description without Opus stays whole.
 */
export function askForSteadySound(sdp: string): string {
  const lines = sdp.split('\r\n');
  const types = new Set(lines.flatMap((line) => /^a=rtpmap:(\d{1,3}) opus\/48000\/2$/iu.exec(line)?.[1] ?? []));
  const described = new Set<string>();
  const out = lines.map((line) => {
    const [, type = '', given = ''] = /^a=fmtp:(\d{1,3}) (.*)$/u.exec(line) ?? [];
    if (!types.has(type)) return line;
    described.add(type);
    return `a=fmtp:${type} ${withWanted(given)}`;
  });
  return out
    .flatMap((line) => {
      const type = /^a=rtpmap:(\d{1,3}) /u.exec(line)?.[1] ?? '';
      return types.has(type) && !described.has(type) ? [line, `a=fmtp:${type} ${withWanted('')}`] : [line];
    })
    .join('\r\n');
}

function withWanted(given: string): string {
  const kept = given
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !((one.split('=')[0] ?? '').toLowerCase() in wanted));
  return [...kept, ...Object.entries(wanted).map(([name, value]) => `${name}=${value}`)].join(';');
}
