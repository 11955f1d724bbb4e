/**
 * Ids of virtual rows: the data entity's id in the first group, the RecId of its root row in the last eight bytes, little
 * end first: `00002893-0000-0000-0003-005001000000` is RecId 5637145344 of entity 0x2893.
 */
export const rowId = (entityId: number, recId: bigint): string => rowIds(entityId)(recId);

const wordSize = 2 ** 32;

/** The same for many rows of one entity. */
export function rowIds(entityId: number): (recId: bigint | string | number) => string {
  const start = `${entityId.toString(16).padStart(8, '0')}-0000-0000-`;
  const bytes = Buffer.alloc(8);
  return (recId) => {
    if (typeof recId === 'number') {
      bytes.writeUInt32LE(recId % wordSize, 0);
      bytes.writeUInt32LE(Math.floor(recId / wordSize), 4);
    } else bytes.writeBigUInt64LE(BigInt(recId));
    const hex = bytes.toString('hex');
    return `${start}${hex.slice(0, 4)}-${hex.slice(4)}`;
  };
}

/** The RecId in an id of this entity; undefined for an id of another. */
export function recIdOf(entityId: number, id: string): bigint | undefined {
  const match = /^([0-9a-f]{8})-0000-0000-([0-9a-f]{4})-([0-9a-f]{12})$/i.exec(id);
  if (match === null || parseInt(match[1]!, 16) !== entityId) return undefined;
  return Buffer.from(match[2]! + match[3]!, 'hex').readBigUInt64LE();
}
