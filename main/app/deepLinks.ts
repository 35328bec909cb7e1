/** The first `konklave://` address among a process's arguments, or null. It is parsed by sessions, not here. */
export function linkAmong(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.startsWith('konklave://') && argument.length <= 4_000) ?? null;
}
