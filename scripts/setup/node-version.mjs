import { SetupError } from './report.mjs';

const MINIMUM = { major: 20, minor: 19 };

/** Throws a SetupError when this Node is older than what the tools need. */
export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM.major || (major === MINIMUM.major && minor >= MINIMUM.minor)) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old: install Node ${MINIMUM.major}.${MINIMUM.minor} or newer from https://nodejs.org`,
  );
}
