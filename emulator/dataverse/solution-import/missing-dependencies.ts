import { attribute, child, children, descend, type XmlElement } from '../../../packaging/index.ts';
import { componentTypes, findByType } from './component-types.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { refusal } from './refusals.ts';

/** The stock icon of apps. Every export of an app requires it; no app needs it to run. */
const stockIcons = new Set(['msdyn_/Images/AppModule_Default_Icon.png', '953b9fac-1e5e-e611-80d6-00155ded156f']);

/** Refuses a package that says it needs what neither it nor this environment has. */
export function requireDependencies(call: ImportCall): void {
  const list = descend(call.pkg.manifest, 'SolutionManifest', 'MissingDependencies');
  for (const node of children(list, 'MissingDependency')) {
    const required = child(node, 'Required');
    if (required !== undefined) requirePresent(call, required, child(node, 'Dependent'));
  }
}

function requirePresent(call: ImportCall, required: XmlElement, dependent: XmlElement | undefined): void {
  const type = Number(attribute(required, 'type'));
  const key = attribute(required, 'schemaName') ?? plainId(attribute(required, 'id') ?? '');
  if (stockIcons.has(key) || isThere(call, type, key, attribute(required, 'parentSchemaName'))) return;
  const name = attribute(required, 'displayName') ?? key;
  const needer = dependent === undefined ? '' : ` '${attribute(dependent, 'displayName') ?? ''}' needs it.`;
  throw refusal(
    'missingDependency',
    `The component '${name}' of type ${attribute(required, 'type')} of the solution '${attribute(required, 'solution') ?? ''}' is not in this environment.${needer}`,
  );
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
