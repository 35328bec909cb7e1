import { readdirSync, readFileSync } from 'node:fs';

/** A process and all its descendants. Linux only. */
function treeOf(root: number): readonly number[] {
  const parents = new Map(readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? parentOf(Number(name)) : [])));
  const tree = new Set([root]);
  for (let before = 0; before < tree.size;) {
    before = tree.size;
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid);
  }
  return [...tree];
}

function parentOf(pid: number): readonly (readonly [number, number])[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold anything, also spaces and brackets.
    return [[pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
  } catch {
    return [];
  }
}

/** Lets an app and all its processes sleep, as a computer does whose lid is closed. Returns what wakes it. */
export function putToSleep(root: number): () => void {
  const tree = treeOf(root);
  for (const pid of tree) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of [...tree].reverse()) process.kill(pid, 'SIGCONT');
  };
}
