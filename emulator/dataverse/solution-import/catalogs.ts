import { attribute, child, childText, children, parseXml, type XmlElement } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall } from './import-platform.ts';
import { requirePrefix } from './names.ts';
import { findComponent, putComponent, putLabels } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

/** The one file that holds all assignments of a package. */
export const assignmentsPath = 'Assets/catalogassignments.xml';

/** Kinds of things that are assigned, and the attribute that names one of them. */
export const assigned = {
  entity: 'object.logicalname',
  customapi: 'object.uniquename',
  workflow: 'object.workflowid',
} as const;

export type AssignedKind = keyof typeof assigned;

/**
 * Catalogs, one file each in a folder of their unique name, and what is assigned to them.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/catalog-catalogassignment
 */
export function importCatalogs(call: ImportCall): void {
  const nodes = [...call.pkg.files].flatMap(([path, content]) =>
    /^catalogs\/[^/]+\/catalog\.xml$/.test(path) ? [readCatalog(path, parseXml(content, path))] : [],
  );
  // A category names its catalog, which may stand behind it.
  for (const node of nodes) if (parentName(node) === '') putCatalog(call, node);
  for (const node of nodes) if (parentName(node) !== '') putCatalog(call, node);
  const file = call.pkg.files.get(assignmentsPath);
  if (file === undefined) return;
  for (const node of children(parseXml(file, assignmentsPath), 'catalogassignment')) putAssignment(call, node);
}

function readCatalog(path: string, node: XmlElement): XmlElement {
  const name = attribute(node, 'uniquename') ?? '';
  if (path !== `catalogs/${name}/catalog.xml`)
    throw refusal('badComponentFile', `'${path}' holds the catalog '${name}'.`);
  requirePrefix(name, `catalog '${name}'`, 'componentPrefix');
  return node;
}

const parentName = (node: XmlElement) => childText(child(node, 'parentcatalogid') ?? node, 'uniquename');

function putCatalog(call: ImportCall, node: XmlElement): void {
  const uniquename = attribute(node, 'uniquename')!;
  const text = (one: string) => attribute(child(node, one), 'default') ?? uniquename;
  const parent = parentName(node);
  const catalogid = findComponent(call, 'catalog', 'uniquename', uniquename) ?? stableId('catalog', uniquename);
  putComponent(call, 'catalog', {
    catalogid,
    uniquename,
    name: childText(node, 'name') || uniquename,
    displayname: text('displayname'),
    description: text('description'),
    parentcatalogid: parent === '' ? null : { table: 'catalog', id: catalogNamed(call, parent, `'${uniquename}'`) },
    iscustomizable: childText(node, 'iscustomizable') !== '0',
    ismanaged: call.isManaged,
  });
  const labels = ['displayname', 'description'].map((column) => [column, readChildLabels(node, column)] as const);
  putLabels(call, 'catalog', catalogid, Object.fromEntries(labels));
}

function catalogNamed(call: ImportCall, name: string, what: string): string {
  const id = findComponent(call, 'catalog', 'uniquename', name);
  if (id === undefined)
    throw refusal('missingComponent', `${what} belongs to the catalog '${name}', which is not there.`);
  return id;
}

function putAssignment(call: ImportCall, node: XmlElement): void {
  const catalog = attribute(node, 'catalogid.uniquename') ?? '';
  const kind = attribute(node, 'objectidtype') ?? '';
  if (!(kind in assigned))
    throw refusal('badComponentFile', `'${assignmentsPath}' assigns a '${kind}': it is entity, customapi or workflow.`);
  const named = attribute(node, assigned[kind as AssignedKind]) ?? '';
  const id = objectNamed(call, kind as AssignedKind, named);
  if (id === undefined)
    throw refusal(
      'missingComponent',
      `The ${kind} '${named}' is assigned to the catalog '${catalog}', but is not there.`,
    );
  const catalogid = catalogNamed(call, catalog, `The assignment of the ${kind} '${named}'`);
  putComponent(call, 'catalogassignment', {
    catalogassignmentid: assignmentOf(call, catalogid, id) ?? stableId('catalogassignment', catalog, kind, named),
    name: childText(node, 'name') || named,
    catalogid: { table: 'catalog', id: catalogid },
    object: { table: kind, id },
    iscustomizable: childText(node, 'iscustomizable') !== '0',
    ismanaged: call.isManaged,
  });
}

function objectNamed(call: ImportCall, kind: AssignedKind, name: string): string | undefined {
  switch (kind) {
    case 'entity':
      return call.catalogue.table(name)?.metadataId;
    case 'customapi':
      return findComponent(call, 'customapi', 'uniquename', name);
    case 'workflow':
      return findComponent(call, 'workflow', 'workflowid', name.replace(/[{}]/g, '').toLowerCase());
  }
}

const assignmentOf = ({ database }: ImportCall, catalogId: string, objectId: string): string | undefined =>
  database.get('select catalogassignmentid as id from catalogassignment where catalogid = ? and object = ?', [
    catalogId,
    objectId,
  ])?.['id'] as string | undefined;
