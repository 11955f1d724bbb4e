import { attribute, child, childText, elements, xmlElement, type XmlElement } from '../xml/index.ts';
import type { UnpackedFiles } from './unpacked-files.ts';

/** Moves the relationships into a file for each table they lead to, and writes the index that keeps their order. */
export function splitRelationships(frame: XmlElement, out: UnpackedFiles): void {
  const list = child(frame, 'EntityRelationships');
  if (list === undefined) return;
  const relationships = elements(list);
  const names = relationships.map((one) => attribute(one, 'Name') ?? '');
  const tables = relationships.map(
    (one) => childText(one, 'ReferencedEntityName') || childText(one, 'FirstEntityName'),
  );
  // Without a name or a table there is no place for one, and the list stays whole.
  if (names.includes('') || tables.includes('') || new Set(names).size < names.length) return;
  const index = names.map((name) => xmlElement('EntityRelationship', { Name: name }));
  out.putXml('Other/Relationships.xml', xmlElement('EntityRelationships', {}, index));
  for (const [table, group] of byTable(tables, relationships))
    out.putXml(`Other/Relationships/${table}.xml`, xmlElement('EntityRelationships', {}, group));
  list.children = [];
}

/** A table may be spelt in two ways, which is one file. */
function byTable(tables: readonly string[], relationships: readonly XmlElement[]): Map<string, XmlElement[]> {
  const spelling = new Map<string, string>();
  for (const table of [...tables].sort()) {
    if (!spelling.has(table.toLowerCase())) spelling.set(table.toLowerCase(), table);
  }
  const groups = new Map<string, XmlElement[]>();
  relationships.forEach((relationship, place) => {
    const table = spelling.get(tables[place]!.toLowerCase())!;
    groups.set(table, [...(groups.get(table) ?? []), relationship]);
  });
  return groups;
}
