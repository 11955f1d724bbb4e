import type { ColumnMetadata } from './model.ts';
import { stableId } from './stable-id.ts';

/** What the platform adds beside a file or image column; read-only, and carried by no export. */
const companions: Partial<
  Record<ColumnMetadata['attributeType'], readonly (readonly [ending: string, kind: keyof typeof kinds])[]>
> = {
  File: [['_Name', 'text']],
  Image: [
    ['Id', 'guid'],
    ['_Timestamp', 'bigint'],
    ['_URL', 'text'],
  ],
};

const kinds = {
  text: { attributeType: 'String', type: 'text', maxLength: 512 },
  guid: { attributeType: 'Uniqueidentifier', type: 'guid' },
  bigint: { attributeType: 'BigInt', type: 'bigint' },
} as const;

/** The size of a file limits nothing beside it. */
const unlimited = { minValue: undefined, maxValue: undefined, maxLength: undefined, format: undefined };

/**
 * Companion columns of a file column (`x_name`) or an image column (`xid`, `x_timestamp`, `x_url`).
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/file-column-data#file-name-column
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/image-column-data#download-url
 */
export function companionColumns(column: ColumnMetadata, table: string): ColumnMetadata[] {
  const { file: _file, ...plain } = column;
  return (companions[column.attributeType] ?? []).map(([ending, kind]) => {
    const logicalName = column.logicalName + ending.toLowerCase();
    return {
      ...plain,
      ...unlimited,
      ...kinds[kind],
      metadataId: stableId('column', table, logicalName),
      logicalName,
      schemaName: column.schemaName + ending,
      requiredLevel: 'None',
      isSecured: false,
      validForCreate: false,
      validForUpdate: false,
      attributeOf: column.logicalName,
    };
  });
}
