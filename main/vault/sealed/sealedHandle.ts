import { open, type FileHandle } from 'node:fs/promises';

/** The part of a file handle that sealed files use; tests put a failing disk here. */
export type SealedHandle = Pick<FileHandle, 'read' | 'write' | 'stat' | 'datasync' | 'close'>;

/** `create` refuses a file that exists; only this user may read it. */
export type OpenSealedHandle = (path: string, mode: 'create' | 'read') => Promise<SealedHandle>;

/** Opens a file on the disk. */
export const openOnDisk: OpenSealedHandle = (path, mode) => open(path, mode === 'create' ? 'wx' : 'r', 0o600);

/**
 * Writes all bytes at `position`, in one call wherever the system takes them in one. Throws the system's error (ENOSPC,
 * EIO); some of the bytes may then be in the file.
 */
export async function writeFully(handle: SealedHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, position + written);
    if (result.bytesWritten === 0) throw new Error('the system wrote nothing');
    written += result.bytesWritten;
  }
}

/** Reads `length` bytes at `position`, fewer only at the end of the file. */
export function readUpTo(handle: SealedHandle, position: number, length: number): Promise<Buffer> {
  // Not zeroed first: only what was read is returned.
  return readInto(handle, position, Buffer.allocUnsafeSlow(length));
}

/** Fills `target` from `position` on; returns the part that was filled, which is all of it but at the end of the file. */
export async function readInto(handle: SealedHandle, position: number, target: Buffer): Promise<Buffer> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await handle.read(target, filled, target.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return target.subarray(0, filled);
}
