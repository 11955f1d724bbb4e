import { attribute, child, children, descend, writeXml, type XmlElement } from '../../../packaging/index.ts';
import { componentTypes, findByType } from './component-types.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { refusal } from './refusals.ts';

/** The stock icon of apps. Every export of an app requires it; no app needs it to run. */
const stockIcons = new Set(['msdyn_/Images/AppModule_Default_Icon.png', '953b9fac-1e5e-e611-80d6-00155ded156f']);

export interface MissingDependency {
  readonly required: XmlElement;
  readonly dependent: XmlElement | undefined;
}

/** Refuses a package that says it needs what neither it nor this environment has; the text lists all of it, as XML. */
export function requireDependencies(call: ImportCall): void {
  const list = descend(call.pkg.manifest, 'SolutionManifest', 'MissingDependencies');
  const missing = children(list, 'MissingDependency').flatMap((node): MissingDependency[] => {
    const required = child(node, 'Required');
    return required === undefined || isPresent(call, required)
      ? []
      : [{ required, dependent: child(node, 'Dependent') }];
  });
  if (missing.length === 0) return;
  const entries = missing.map(
    ({ required, dependent }) =>
      `<MissingDependency>${[required, dependent].map((one) => (one === undefined ? '' : writeXml(one))).join('')}</MissingDependency>`,
  );
  throw refusal(
    'missingDependency',
    `The following solution cannot be imported: ${call.solution}. Some dependencies are missing. The missing dependencies are : <MissingDependencies>${entries.join('')}</MissingDependencies> , ProductUpdatesOnly : False`,
    { missing },
  );
}

function isPresent(call: ImportCall, required: XmlElement): boolean {
  const type = Number(attribute(required, 'type'));
  const key = attribute(required, 'schemaName') ?? plainId(attribute(required, 'id') ?? '');
  return stockIcons.has(key) || isThere(call, type, key, attribute(required, 'parentSchemaName'));
}

function isThere(call: ImportCall, type: number, key: string, parent: string | undefined): boolean {
  if (type === 2) return call.catalogue.table(parent ?? '')?.columns.has(key.toLowerCase()) === true;
  if (type === 10) return hasRelationship(call, key);
  const known = componentTypes.find((one) => one.type === type);
  const nodes = known === undefined ? [] : children(child(call.pkg.customizations, known.list), known.node);
  if (nodes.some((node) => known!.key(node) === key)) return true;
  const found = findByType(call, type, key);
  if (found === 'unknown')
    call.warnings.push(`The package requires '${key}' of type ${type}, which is not emulated and was not looked for.`);
  return found !== undefined;
}

function hasRelationship({ catalogue }: ImportCall, name: string): boolean {
  for (const table of catalogue.tables()) {
    if ([...table.manyToOne, ...table.manyToMany].some((one) => one.schemaName.toLowerCase() === name.toLowerCase()))
      return true;
  }
  return false;
}
