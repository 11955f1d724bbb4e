import { attribute, child, elements, type XmlElement } from '../../../packaging/index.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { ImportCall } from './import-platform.ts';
import { refusal } from './refusals.ts';

/** Refuses a view's query of another table, and one that names tables or columns that are not there. */
export function checkFetch(call: ImportCall, table: TableMetadata, fetch: XmlElement, what: string): void {
  const entity = child(fetch, 'entity');
  const name = attribute(entity, 'name') ?? '';
  if (name !== table.logicalName) throw refusal('viewOfOtherTable', `${what} reads the table '${name}'.`);
  checkPart(call, table, entity!, what);
}

/** `attribute`, `order` and conditions of one table, then those of the tables linked to it. */
function checkPart(call: ImportCall, table: TableMetadata, part: XmlElement, what: string): void {
  for (const element of elements(part)) {
    if (element.name === 'link-entity') checkLink(call, table, element, what);
    else if (element.name === 'filter') checkPart(call, table, element, what);
    else checkColumn(table, element, what);
  }
}

const naming: Record<string, string> = { attribute: 'name', order: 'attribute', condition: 'attribute' };

function checkColumn(table: TableMetadata, element: XmlElement, what: string): void {
  const name = attribute(element, naming[element.name] ?? '');
  // A condition with entityname speaks of a linked table, by its alias.
  if (name === undefined || attribute(element, 'entityname') !== undefined) return;
  requireColumn(table, name, what);
}

function requireColumn(table: TableMetadata, name: string, what: string): void {
  // Names of lookups and choices have a column of their own beside them, which exports mention in old views.
  const base = /^(.+?)(name|yominame)$/.exec(name)?.[1];
  if (table.columns.has(name) || (base !== undefined && table.columns.has(base))) return;
  throw refusal(
    'columnNotFound',
    `'${table.logicalName}' entity doesn't contain attribute with Name = '${name}' and NameMapping = 'Logical'. (${what})`,
  );
}

function checkLink(call: ImportCall, outer: TableMetadata, link: XmlElement, what: string): void {
  const name = attribute(link, 'name') ?? '';
  const table = call.catalogue.table(name);
  if (table === undefined)
    throw refusal('tableNotFound', `The entity with a name = '${name}' was not found in the MetadataCache. (${what})`);
  const from = attribute(link, 'from');
  const to = attribute(link, 'to');
  if (from !== undefined) requireColumn(table, from, what);
  if (to !== undefined) requireColumn(outer, to, what);
  checkPart(call, table, link, what);
}
