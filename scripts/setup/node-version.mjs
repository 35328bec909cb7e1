import { SetupError } from './report.mjs';

const MINIMUM = [20, 19];

/** Throws a SetupError when this Node is older than what the tools need. */
export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old: install Node ${MINIMUM.join('.')} or newer from https://nodejs.org`,
  );
}
