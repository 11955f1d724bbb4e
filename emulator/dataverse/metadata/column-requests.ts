import type { HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { answer } from '../web-api/read-set.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { choicesOf } from './choice-definition.ts';
import { columnDefinition, commonColumnDefinition, subTypeOf } from './column-definition.ts';
import { columnByKey } from './definition-keys.ts';
import { expandItems, filterBy, requireFull, selectFrom } from './definition-query.ts';
import type { Definition } from './managed-property.ts';
import type { ColumnMetadata, TableMetadata } from './model.ts';

/**
 * `…/Attributes`, `…/Attributes(<key>)`, each also cast to a sub-type.
 *
 * @param key what stands in the parentheses; undefined for the collection
 * @param casts the segment after, e.g. `Microsoft.Dynamics.CRM.PicklistAttributeMetadata`
 */
export function columnRequest(
  context: RequestContext,
  table: TableMetadata,
  key: string | undefined,
  casts: readonly string[],
): HttpResponse {
  const subType = readCast(casts);
  const isOfType = (column: ColumnMetadata) => subType === undefined || subTypeOf(column) === subType;
  const write = (column: ColumnMetadata) => writeColumn(context, table, column, subType);
  const path = `${context.base}/$metadata#EntityDefinitions('${table.logicalName}')/Attributes`;
  const columns = [...table.columns.values()].filter(isOfType);
  if (key !== undefined) {
    const column = columnByKey(table, key);
    if (!isOfType(column)) throw faults.resourceNotFound(`Attributes(${key})`);
    return answer(context, { '@odata.context': `${path}/$entity`, ...write(column) });
  }
  const byId = new Map(columns.map((column) => [column.metadataId, column]));
  const all = columns.map((column) => columnDefinition(column, table));
  const rows = filterBy(all, requireFull(context).get('$filter'), 'AttributeMetadata');
  const suffix = casts.length === 0 ? '' : `/${casts[0]}`;
  return answer(context, {
    '@odata.context': `${path}${suffix}`,
    value: rows.map((row) => write(byId.get(String(row['MetadataId']))!)),
  });
}

/** The sub-type of a cast segment. `EnumAttributeMetadata` is abstract: casting to it is refused. */
function readCast(casts: readonly string[]): string | undefined {
  const [cast, ...more] = casts;
  if (cast === undefined) return undefined;
  const subType = /^Microsoft\.Dynamics\.CRM\.(\w+)AttributeMetadata$/.exec(cast)?.[1];
  if (subType === undefined || subType === 'Enum' || more.length > 0)
    throw faults.resourceNotFound([cast, ...more].join('/'));
  return subType;
}

/** Without a cast only what all sub-types have can be selected, and nothing expanded. */
function writeColumn(
  context: RequestContext,
  table: TableMetadata,
  column: ColumnMetadata,
  subType: string | undefined,
): Definition {
  const select = context.options.get('$select');
  const type = subType === undefined ? 'AttributeMetadata' : `${subType}AttributeMetadata`;
  const items = expandItems(context);
  const [unknown] = items.filter(
    ({ navigation }) => subType === undefined || !['OptionSet', 'GlobalOptionSet'].includes(navigation),
  );
  if (unknown !== undefined) throw faults.unknownProperty(unknown.navigation, type);
  const isNarrow = subType === undefined && select !== undefined;
  const definition = isNarrow ? commonColumnDefinition(column, table) : columnDefinition(column, table);
  const choices: Record<string, Definition | null> = choicesOf(column);
  for (const { navigation, options } of items) {
    const choice = choices[navigation] ?? null;
    definition[navigation] = choice === null ? null : selectFrom(choice, options.get('$select'), 'OptionSetMetadata');
  }
  return selectFrom(
    definition,
    select,
    type,
    items.map((item) => item.navigation),
  );
}
