/**
 * Removes what must never stand in a log: IP addresses, keys, IDs, invite links and home folders. Names and chat text are
 * kept out by never being passed in.
 */
export function redact(text: string): string {
  return text
    .replace(/konklave:\/\/\S+/g, 'konklave://…')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[ip]')
    .replace(/(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/gi, (match) =>
      /[0-9a-f]/i.test(match) && match.split(':').length > 3 ? '[ip]' : match,
    )
    .replace(/(?:\/home|\/Users|[A-Z]:\\Users)[/\\][^/\\\s]+/g, '[home]')
    .replace(/[A-Za-z0-9+/_-]{22,}={0,2}/g, (match) => (/[/\\]/.test(match) ? match : '[…]'));
}

function describe(thrown: unknown): string {
  if (thrown === undefined) return '';
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : typeof thrown;
  return ` ${redact(text)}`;
}

/** One line per lifecycle change; errors with a redacted stack. Written to standard error only: no log file exists. */
export const log = {
  info(message: string): void {
    process.stderr.write(`[konklave] ${redact(message)}\n`);
  },
  error(message: string, thrown?: unknown): void {
    process.stderr.write(`[konklave] error: ${redact(message)}${describe(thrown)}\n`);
  },
};
