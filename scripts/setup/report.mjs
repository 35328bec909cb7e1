/** A set-up step that cannot go on; its message is the one line the user needs. */
export class SetupError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'SetupError';
  }
}

/**
 * Prints one plain line about a step of the set-up.
 * @param {string} line
 */
export function say(line) {
  console.log(`[setup] ${line}`);
}

/**
 * Runs an entry point; a SetupError becomes one line and exit code 1, anything else keeps its stack.
 * @param {() => Promise<number | void>} main resolves to the exit code (default 0)
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof SetupError) console.error(`[setup] ${error.message}`);
    else console.error(error);
    process.exitCode = 1;
  }
}
