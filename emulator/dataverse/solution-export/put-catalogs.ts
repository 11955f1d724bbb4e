import {
  attribute,
  child,
  childText,
  children,
  parseXml,
  writeXml,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { SqlRow } from '../../storage/index.ts';
import { textNode } from '../customizing/nodes.ts';
import { assigned, assignmentsPath, type AssignedKind } from '../solution-import/catalogs.ts';
import type { ExportCall } from './export-call.ts';

/** Catalogs of the solution as they are now, each a file of its own, and one file for all that is assigned. */
export function putCatalogs(call: ExportCall): void {
  const { catalogue } = call;
  const [catalogs, assignments] = [catalogue.table('catalog'), catalogue.table('catalogassignment')];
  if (catalogs === undefined || assignments === undefined) return;
  putFiles(call, catalogs.objectTypeCode);
  putAssignments(call, assignments.objectTypeCode);
}

function putFiles({ database, pkg, scope }: ExportCall, type: number): void {
  const rows = database
    .all('select c.*, p.uniquename as parent from catalog c left join catalog p on p.catalogid = c.parentcatalogid')
    .filter((row) => scope.has(type, String(row['catalogid'])));
  const names = new Set(rows.map((row) => String(row['uniquename'])));
  for (const path of pkg.files.keys())
    if (path.startsWith('catalogs/') && !names.has(path.split('/')[1]!)) pkg.files.delete(path);
  for (const row of rows) {
    const path = `catalogs/${String(row['uniquename'])}/catalog.xml`;
    const there = pkg.files.get(path);
    if (there === undefined || !isSame(parseXml(there, path), row))
      pkg.files.set(path, Buffer.from(writeXml(catalogNode(row))));
  }
}

const textOf = (row: SqlRow, name: string) => String(row[name] ?? '');

/** What is the same stays as it stands in the file, labels in other languages with it. */
const isSame = (node: XmlElement, row: SqlRow): boolean =>
  ['displayname', 'description'].every((name) => attribute(child(node, name), 'default') === textOf(row, name)) &&
  childText(node, 'name') === textOf(row, 'name') &&
  (childText(node, 'iscustomizable') !== '0') === (row['iscustomizable'] !== 0) &&
  childText(child(node, 'parentcatalogid') ?? node, 'uniquename') === textOf(row, 'parent');

function catalogNode(row: SqlRow): XmlElement {
  const labelled = (name: string) =>
    xmlElement(name, { default: textOf(row, name) }, [
      xmlElement('label', { description: textOf(row, name), languagecode: '1033' }),
    ]);
  const parent = textOf(row, 'parent');
  return xmlElement('catalog', { uniquename: textOf(row, 'uniquename') }, [
    labelled('description'),
    labelled('displayname'),
    textNode('iscustomizable', row['iscustomizable'] !== 0),
    textNode('name', textOf(row, 'name')),
    ...(parent === '' ? [] : [xmlElement('parentcatalogid', {}, [textNode('uniquename', parent)])]),
  ]);
}

function putAssignments({ database, catalogue, pkg, scope }: ExportCall, type: number): void {
  const rows = database
    .all(
      'select a.*, c.uniquename as catalog, api.uniquename as api from catalogassignment a join catalog c on c.catalogid = a.catalogid left join customapi api on api.customapiid = a.object order by c.uniquename, a.name',
    )
    .filter((row) => scope.has(type, String(row['catalogassignmentid'])));
  const tables = new Map([...catalogue.tables()].map((table) => [table.metadataId, table.logicalName]));
  const nameOf = (kind: AssignedKind, row: SqlRow) =>
    kind === 'entity'
      ? tables.get(textOf(row, 'object'))!
      : kind === 'customapi'
        ? textOf(row, 'api')
        : textOf(row, 'object');
  const nodes = rows.map((row) => {
    const kind = String(row['object__table']) as AssignedKind;
    const names = { [assigned[kind]]: nameOf(kind, row), 'catalogid.uniquename': textOf(row, 'catalog') };
    return xmlElement('catalogassignment', { ...names, objectidtype: kind }, [
      textNode('iscustomizable', row['iscustomizable'] !== 0),
      textNode('name', textOf(row, 'name')),
    ]);
  });
  const there = pkg.files.get(assignmentsPath);
  if (nodes.length === 0) return void pkg.files.delete(assignmentsPath);
  if (there === undefined || summaryOf(parseXml(there, assignmentsPath)) !== summaryOf(xmlElement('all', {}, nodes)))
    pkg.files.set(assignmentsPath, Buffer.from(writeXml(xmlElement('catalogassignments', {}, nodes))));
}

/** What a list of assignments says, whatever its order. */
const summaryOf = (list: XmlElement): string =>
  children(list, 'catalogassignment')
    .map((node) => {
      const kind = attribute(node, 'objectidtype') as AssignedKind;
      const names = [attribute(node, 'catalogid.uniquename'), kind, attribute(node, assigned[kind])];
      return [...names, childText(node, 'name'), childText(node, 'iscustomizable') !== '0'].join('\n');
    })
    .sort()
    .join('\n\n');
