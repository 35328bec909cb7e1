import { readFileSync, readdirSync } from 'node:fs';

/** Linux counts in hundredths of a second for everybody who asks (`getconf CLK_TCK`). */
const ticksPerSecond = 100;

interface ProcessState {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
}

/** The CPU time that a process and all its descendants have used so far, in seconds. Linux only. */
export function cpuSeconds(root: number): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? stateOf(Number(name)) : []));
  const tree = new Set([root]);
  for (let before = 0; before < tree.size;) {
    before = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.reduce((sum, { pid, seconds }) => sum + (tree.has(pid) ? seconds : 0), 0);
}

/** See proc_pid_stat(5). Empty: it has just ended. */
function stateOf(pid: number): readonly ProcessState[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold anything, also spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ pid, parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond }];
  } catch {
    return [];
  }
}
