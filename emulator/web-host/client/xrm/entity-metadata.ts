import { readTable } from '../web-api/metadata';

/** `getEntityMetadata` as scripts and controls get it. */
export async function entityMetadata(name: string, columns: readonly string[]) {
  const table = await readTable(name);
  const of = (column: string) => {
    const found = table.columns.get(column);
    if (found === undefined) return undefined;
    const { label, type, maxLength, options } = found;
    return {
      LogicalName: column,
      DisplayName: label,
      AttributeType: type,
      MaxLength: maxLength,
      OptionSet: Object.fromEntries(options.map((one) => [one.value, { value: one.value, text: one.label }])),
    };
  };
  return {
    LogicalName: table.name,
    SchemaName: table.schemaName,
    EntitySetName: table.set,
    DisplayName: table.label,
    DisplayCollectionName: table.collectionLabel,
    ObjectTypeCode: table.typeCode,
    PrimaryIdAttribute: table.primaryId,
    PrimaryNameAttribute: table.primaryName,
    Attributes: { get: (column?: string) => (column === undefined ? columns.map(of) : of(column)), getByName: of },
  };
}
