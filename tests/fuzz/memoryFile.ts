import type { OpenSealedHandle, SealedHandle } from '../../main/vault/sealed/sealedHandle';

/** A file of sealed bytes that is in memory: what is read at random is not written to a disk a million times. */
export function memoryFile(initial: Uint8Array = Buffer.alloc(0)): { open: OpenSealedHandle; bytes(): Buffer } {
  let content = Buffer.from(initial);
  const handle = {
    read: async (target: Buffer, offset: number, length: number, position: number) => ({
      bytesRead: content.copy(target, offset, position, Math.min(content.length, position + length)),
      buffer: target,
    }),
    write: async (bytes: Uint8Array, offset: number, length: number, position: number) => {
      const end = position + length;
      if (end > content.length) content = Buffer.concat([content, Buffer.alloc(end - content.length)]);
      content.set(bytes.subarray(offset, offset + length), position);
      return { bytesWritten: length, buffer: bytes };
    },
    stat: async () => ({ size: content.length }),
    datasync: async () => undefined,
    close: async () => undefined,
  };
  return { open: async () => handle as unknown as SealedHandle, bytes: () => content };
}
