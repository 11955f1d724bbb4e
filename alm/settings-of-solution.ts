import { attribute, child, childText, children, parseXml, type SolutionPackage } from '../packaging/index.ts';

/** An environment variable of a solution. */
export interface Variable {
  readonly schemaName: string;
  readonly type: string;
  readonly defaultValue: string;
  readonly isRequired: boolean;
}

/** A connection reference of a solution. */
export interface Reference {
  readonly logicalName: string;
  readonly connectorId: string;
}

/** Type numbers of environment variables. */
export const variableTypes = {
  number: '100000001',
  yesNo: '100000002',
  json: '100000003',
  secret: '100000005',
} as const;

export function variablesOf({ files }: SolutionPackage): Variable[] {
  const definition = /^environmentvariabledefinitions\/[^/]+\/environmentvariabledefinition\.xml$/;
  const paths = [...files.keys()].filter((path) => definition.test(path)).sort();
  return paths.map((path) => {
    const root = parseXml(files.get(path)!, path);
    return {
      schemaName: attribute(root, 'schemaname') ?? '',
      type: childText(root, 'type'),
      defaultValue: childText(root, 'defaultvalue'),
      isRequired: childText(root, 'isrequired') === '1',
    };
  });
}

export function referencesOf({ customizations }: SolutionPackage): Reference[] {
  const nodes = children(child(customizations, 'connectionreferences'), 'connectionreference');
  return nodes.map((node) => ({
    logicalName: attribute(node, 'connectionreferencelogicalname') ?? '',
    connectorId: childText(node, 'connectorid'),
  }));
}
