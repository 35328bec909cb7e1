import { createDecipheriv } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/**
 * The decrypted pages of a SQLCipher 4 file, unused space included: what somebody with the key would find who looks at
 * more than SQL shows. Pages of 4096 bytes, the last 80 of which are the IV and the HMAC; the first page starts with 16
 * bytes of salt. https://www.zetetic.net/sqlcipher/design/
 */
export function decryptedPages(path: string, key: Buffer): Buffer {
  const file = readFileSync(path);
  const pages: Buffer[] = [];
  for (let start = 0; start < file.byteLength; start += pageSize) {
    pages.push(decryptedPage(file.subarray(start, start + pageSize), start === 0, key));
  }
  return Buffer.concat(pages);
}

/** The same for a write-ahead log: pages behind headers of 24 bytes. https://www.sqlite.org/fileformat2.html#walformat */
export function decryptedLog(path: string, key: Buffer): Buffer {
  if (!existsSync(path)) return Buffer.alloc(0);
  const file = readFileSync(path);
  const pages: Buffer[] = [];
  for (let start = 32; start < file.byteLength; start += 24 + pageSize) {
    const page = file.subarray(start + 24, start + 24 + pageSize);
    pages.push(decryptedPage(page, file.readUInt32BE(start) === 1, key));
  }
  return Buffer.concat(pages);
}

const pageSize = 4096;

function decryptedPage(page: Buffer, first: boolean, key: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, page.subarray(4016, 4032)).setAutoPadding(false);
  return Buffer.concat([decipher.update(page.subarray(first ? 16 : 0, 4016)), decipher.final()]);
}
