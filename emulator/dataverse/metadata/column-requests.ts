import type { HttpResponse } from '../../kernel/index.ts';
import { parseExpand } from '../../odata/index.ts';
import { faults } from '../faults.ts';
import { answer } from '../web-api/read-set.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { choicesOf } from './choice-definition.ts';
import { columnDefinition, commonColumnDefinition, subTypeOf } from './column-definition.ts';
import { columnByKey } from './definition-keys.ts';
import { filterBy, requireFull, selectFrom } from './definition-query.ts';
import type { Definition } from './managed-property.ts';
import type { ColumnMetadata, TableMetadata } from './model.ts';

/**
 * `…/Attributes`, `…/Attributes(<key>)`, each also cast to a sub-type, and a property or choice of one.
 *
 * @param key what stands in the parentheses; undefined for the collection
 * @param rest the segments after, e.g. `Microsoft.Dynamics.CRM.PicklistAttributeMetadata` and `OptionSet`
 */
export function columnRequest(
  context: RequestContext,
  table: TableMetadata,
  key: string | undefined,
  rest: readonly string[],
): HttpResponse {
  const isCast = rest[0]?.startsWith('Microsoft.Dynamics.CRM.') === true;
  const subType = isCast ? readCast(rest[0]!) : undefined;
  const [property, ...further] = isCast ? rest.slice(1) : rest;
  const asked: AskedColumns = { ...askedOf(context), subType };
  const path = `${context.base}/$metadata#EntityDefinitions('${table.logicalName}')/Attributes`;
  if (key === undefined) {
    if (property !== undefined) throw faults.resourceNotFound(property);
    requireFull(context);
    const suffix = isCast ? `/${rest[0]}` : '';
    return answer(context, { '@odata.context': `${path}${suffix}`, value: writeColumns(table, asked) });
  }
  const column = columnByKey(table, key);
  if (!isOfType(column, subType)) throw faults.resourceNotFound(`Attributes(${key})`);
  if (property === undefined)
    return answer(context, { '@odata.context': `${path}/$entity`, ...writeColumn(table, column, asked) });
  return propertyRequest(context, { table, column, subType, property, further });
}

interface AskedProperty {
  readonly table: TableMetadata;
  readonly column: ColumnMetadata;
  readonly subType: string | undefined;
  readonly property: string;
  readonly further: readonly string[];
}

/** `…/DisplayName`, `…/<cast>/OptionSet`, `…/<cast>/OptionSet/Options`. */
function propertyRequest(
  context: RequestContext,
  { table, column, subType, property, further }: AskedProperty,
): HttpResponse {
  const place = `${context.base}/$metadata#EntityDefinitions('${table.logicalName}')/Attributes(${column.metadataId})/${property}`;
  const choice = (choicesOf(column) as Record<string, Definition | null>)[property];
  if (subType !== undefined && choice !== undefined) {
    const [inner, ...more] = further;
    if (choice === null || more.length > 0 || (inner !== undefined && !(inner in choice)))
      throw faults.resourceNotFound([property, ...further].join('/'));
    if (inner !== undefined) return answer(context, { '@odata.context': `${place}/${inner}`, value: choice[inner] });
    const shown = selectFrom(choice, context.options.get('$select'), 'OptionSetMetadata');
    return answer(context, { '@odata.context': place, ...shown });
  }
  const definition = subType === undefined ? commonColumnDefinition(column, table) : columnDefinition(column, table);
  if (further.length > 0 || !(property in definition)) throw faults.resourceNotFound([property, ...further].join('/'));
  return answer(context, { '@odata.context': place, value: definition[property] });
}

/** The sub-type of a cast segment. `EnumAttributeMetadata` is abstract: casting to it is refused. */
export function readCast(cast: string): string {
  const subType = /^Microsoft\.Dynamics\.CRM\.(\w+)AttributeMetadata$/.exec(cast)?.[1];
  if (subType === undefined || subType === 'Enum') throw faults.resourceNotFound(cast);
  return subType;
}

const isOfType = (column: ColumnMetadata, subType: string | undefined) =>
  subType === undefined || subTypeOf(column) === subType;

/** How columns are asked for: by the options of a request, or of an `$expand`. */
export interface AskedColumns {
  readonly select: string | undefined;
  readonly filter: string | undefined;
  readonly expand: string | undefined;
  /** What they are cast to. */
  readonly subType: string | undefined;
}

export const askedOf = ({ options }: { readonly options: ReadonlyMap<string, string> }) => ({
  select: options.get('$select'),
  filter: options.get('$filter'),
  expand: options.get('$expand'),
});

/** The columns of a table that are asked for. */
export function writeColumns(table: TableMetadata, asked: AskedColumns): Definition[] {
  const columns = [...table.columns.values()].filter((column) => isOfType(column, asked.subType));
  const byId = new Map(columns.map((column) => [column.metadataId, column]));
  const all = columns.map((column) => columnDefinition(column, table));
  return filterBy(all, asked.filter, 'AttributeMetadata').map((row) =>
    writeColumn(table, byId.get(String(row['MetadataId']))!, asked),
  );
}

/** Without a cast only what all sub-types have can be selected, and nothing expanded. */
function writeColumn(
  table: TableMetadata,
  column: ColumnMetadata,
  { select, expand, subType }: AskedColumns,
): Definition {
  const type = subType === undefined ? 'AttributeMetadata' : `${subType}AttributeMetadata`;
  const items = expand === undefined ? [] : parseExpand(expand);
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
