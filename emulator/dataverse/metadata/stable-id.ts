import { createHash } from 'node:crypto';

/** A GUID made from a name: metadata ids are the same after every start and on every machine. */
export function stableId(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(parts.join('/').toLowerCase()).digest('hex');
  const variant = ((parseInt(hash[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
