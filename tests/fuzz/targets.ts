import type { Target } from './target';
import { backupTargets } from './targets/backup';
import { diskTargets } from './targets/disk';
import { inviteTargets } from './targets/invites';
import { ipcTargets } from './targets/ipc';
import { letterTargets } from './targets/letters';
import { mediaTargets } from './targets/media';
import { protocolTargets } from './targets/protocol';
import { sessionTargets } from './targets/sessions';
import { vaultTargets } from './targets/vault';
import { wireTargets } from './targets/wire';

/** Every parser of what comes from outside: from others in a meeting, from files, from links, from the window. */
export const targets: readonly Target[] = [
  ...protocolTargets,
  ...wireTargets,
  ...inviteTargets,
  ...letterTargets,
  ...diskTargets,
  ...backupTargets,
  ...vaultTargets,
  ...mediaTargets,
  ...sessionTargets,
  ...ipcTargets,
];
