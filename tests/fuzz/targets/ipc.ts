import { commands } from '../../../common/ipc/commands';
import { schemaTarget, type Target } from '../target';

/** What a page in the wrong hands may send to each command, by structured cloning. */
export const ipcTargets: readonly Target[] = Object.entries(commands).map(([name, { request }]) =>
  schemaTarget({ name: `command ${name}`, schema: request, clone: true }),
);
