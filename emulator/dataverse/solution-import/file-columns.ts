import { child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import type { Catalogue, MutableTable } from '../metadata/catalogue.ts';
import { companionColumns } from '../metadata/companion-columns.ts';
import type { ColumnMetadata } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';
import { addOneToMany, noCascades } from './read-relationships.ts';

/** The table the platform keeps files in. */
const attachments = 'fileattachment';

/** Gives tables with file and image columns what the platform adds for them: companions, the primary image, a relationship. */
export function addFileColumns(customizations: XmlElement, catalogue: Catalogue): void {
  for (const table of catalogue.tables()) {
    const own = [...table.columns.values()].filter((column) => column.file !== undefined);
    if (own.length === 0 || table.isVirtual) continue;
    for (const companion of own.flatMap((column) => companionColumns(column, table.logicalName)))
      table.columns.set(companion.logicalName, companion);
    table.primaryImage ??= own.find((column) => column.attributeType === 'Image')?.logicalName;
    addAttachments(table, catalogue);
  }
  for (const node of children(child(customizations, 'AttributeImageConfigs'), 'AttributeImageConfig')) {
    const storesFullImage = ['1', 'true'].includes(childText(node, 'canstorefullimage').toLowerCase());
    const { table, column } = imageOf(node, 'attributelogicalname', catalogue);
    if (table !== undefined && column?.file !== undefined)
      table.columns.set(column.logicalName, { ...column, file: { ...column.file, storesFullImage } });
  }
  for (const node of children(child(customizations, 'EntityImageConfigs'), 'EntityImageConfig')) {
    const { table, column } = imageOf(node, 'primaryimageattribute', catalogue);
    if (table !== undefined && column !== undefined) table.primaryImage = column.logicalName;
  }
}

function imageOf(
  node: XmlElement,
  name: string,
  catalogue: Catalogue,
): { table?: MutableTable; column?: ColumnMetadata } {
  const table = catalogue.table(childText(node, 'parententitylogicalname'));
  const column = table?.columns.get(childText(node, name).toLowerCase());
  return { ...(table === undefined ? {} : { table }), ...(column?.attributeType === 'Image' ? { column } : {}) };
}

/** `account_FileAttachments`: what is known of the files of a row. */
function addAttachments(table: MutableTable, catalogue: Catalogue): void {
  const files = catalogue.table(attachments);
  if (files === undefined) return;
  const schemaName = `${table.logicalName}_FileAttachments`;
  addOneToMany(files, table, {
    schemaName,
    metadataId: stableId('relationship', schemaName),
    referencingTable: attachments,
    referencingColumn: 'objectid',
    referencedTable: table.logicalName,
    referencedColumn: table.primaryId,
    referencingNavigation: `objectid_${table.logicalName}`,
    referencedNavigation: schemaName,
    isCustom: false,
    isManaged: table.isManaged,
    cascade: noCascades,
  });
}
