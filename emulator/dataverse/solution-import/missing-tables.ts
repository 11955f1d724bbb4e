import {
  attribute,
  child,
  children,
  childText,
  descend,
  type SolutionPackage,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';

/** Tables a package says it needs, or adds to, that neither it nor this environment has; by logical name. */
export function missingTables(pkg: SolutionPackage, metadata: MetadataCatalogue): string[] {
  const own = new Set(tablesOf(pkg, true));
  const wanted = [...requiredTables(pkg), ...tablesOf(pkg, false)].map((name) => name.toLowerCase());
  return [...new Set(wanted)].filter((name) => name !== '' && !own.has(name) && metadata.table(name) === undefined);
}

function tablesOf({ customizations }: SolutionPackage, onlyNew: boolean): string[] {
  const isNew = (node: XmlElement) => descend(node, 'EntityInfo', 'entity', 'OwnershipTypeMask') !== undefined;
  return children(child(customizations, 'Entities'), 'Entity')
    .filter((node) => !onlyNew || isNew(node))
    .map((node) => childText(node, 'Name').toLowerCase());
}

const requiredTables = ({ manifest }: SolutionPackage): string[] =>
  children(descend(manifest, 'SolutionManifest', 'MissingDependencies'), 'MissingDependency')
    .flatMap((node) => child(node, 'Required') ?? [])
    .map((node) => {
      const isTable = attribute(node, 'type') === '1';
      return attribute(node, 'parentSchemaName') ?? (isTable ? attribute(node, 'schemaName') : undefined) ?? '';
    });
