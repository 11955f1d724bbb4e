import { child, children, type XmlElement } from '../../../packaging/index.ts';
import type { Catalogue, ReadLayer } from '../metadata/catalogue.ts';
import { mergeChoices } from './merge-choices.ts';
import { addFileColumns } from './file-columns.ts';
import { readChoice } from './read-choices.ts';
import { addDelegateRelationships, readRelationship } from './read-relationships.ts';
import { readTable } from './read-tables.ts';

/** Adds what `customizations.xml` says of choices, tables and relationships to the metadata. @throws Fault of the import */
export function readMetadata(
  customizations: XmlElement,
  catalogue: Catalogue,
  layer: ReadLayer = { isManaged: true, replaces: false },
): void {
  catalogue.layer = layer;
  for (const node of children(child(customizations, 'optionsets'), 'optionset')) {
    const choice = readChoice(node);
    catalogue.addChoice(mergeChoices(catalogue.globalChoice(choice.name), choice, layer));
  }
  catalogue.refreshGlobalChoices();
  for (const node of children(child(customizations, 'Entities'), 'Entity')) readTable(node, catalogue);
  for (const node of children(child(customizations, 'EntityRelationships'), 'EntityRelationship'))
    readRelationship(node, catalogue);
  addDelegateRelationships(catalogue);
  addFileColumns(customizations, catalogue);
  catalogue.changed();
}
