import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** A copy of a profile of which no program is running. It is the caller's to remove. */
export async function copyOfProfile(profileDir: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'konklave-profile-'));
  await cp(join(profileDir, 'vault'), join(copy, 'vault'), { recursive: true });
  return copy;
}

/** What a folder holds: each file below it by its path, with the SHA-256 of its content. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashed = await Promise.all(
    files.map(async (path) => {
      const hash = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      return [relative(folder, path), hash] as const;
    }),
  );
  return Object.fromEntries(hashed.sort(([one], [other]) => one.localeCompare(other)));
}
