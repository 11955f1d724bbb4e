import { child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall } from './import-platform.ts';
import { putComponent } from './put-component.ts';
import { refusal } from './refusals.ts';

/** Imports which columns a row hands to a row made from it; a map adds to what is mapped already. */
export function importEntityMaps(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'EntityMaps'), 'EntityMap')) importMap(call, node);
}

function importMap(call: ImportCall, node: XmlElement): void {
  const source = childText(node, 'EntitySource').toLowerCase();
  const target = childText(node, 'EntityTarget').toLowerCase();
  const entitymapid = stableId('entitymap', source, target);
  putComponent(call, 'entitymap', {
    entitymapid,
    sourceentityname: source,
    targetentityname: target,
    ismanaged: call.isManaged,
  });
  for (const column of children(child(node, 'AttributeMaps'), 'AttributeMap')) {
    const from = childText(column, 'AttributeSource').toLowerCase();
    const to = childText(column, 'AttributeTarget').toLowerCase();
    requireColumn(call, source, from);
    requireColumn(call, target, to);
    putComponent(call, 'attributemap', {
      attributemapid: stableId('attributemap', source, target, to),
      entitymapid: { table: 'entitymap', id: entitymapid },
      sourceattributename: from,
      targetattributename: to,
      ismanaged: call.isManaged,
    });
  }
}

function requireColumn({ catalogue }: ImportCall, table: string, column: string): void {
  if (catalogue.table(table)?.columns.has(column) === true) return;
  throw refusal('missingComponent', `An entity map names '${table}.${column}', which is not there.`);
}
