import { child, children } from '../../../packaging/index.ts';
import { componentTypes } from './component-types.ts';
import type { ImportCall } from './import-platform.ts';
import { requireUnique } from './names.ts';
import { refusal } from './refusals.ts';
import { readRootComponents, type RootComponent } from './root-components.ts';

/** Types handed out per environment; a number right in one is wrong in the next. */
const isEnvironmentType = (type: number) => type > 10_000;

/** Refuses a package whose list of root components and content do not answer each other. */
export function requireParity(call: ImportCall): void {
  const roots = readRootComponents(call.pkg);
  requireUnique(
    roots.map(({ type, key }) => `${key} of type ${type}`),
    'root component',
    'listedTwice',
  );
  for (const root of roots) requireKnownType(call, root);
  for (const { type, what, list, node, key, find } of componentTypes) {
    const listed = new Set(roots.filter((root) => root.type === type).map((root) => root.key));
    const keys = children(child(call.pkg.customizations, list), node).map(key);
    requireUnique(keys, what, type === 61 ? 'webResourceDuplicate' : 'sameKey');
    for (const name of keys) {
      if (!listed.has(name))
        throw refusal(
          'undeclaredComponent',
          `The ${what} '${name}' of type ${type} is not declared in the solution file as a root component.`,
        );
    }
    const there = new Set(keys);
    for (const name of listed) if (!there.has(name) && find(call, name) === undefined) throw notInTarget(name, type);
  }
}

function requireKnownType(call: ImportCall, { type, key }: RootComponent): void {
  if (!Number.isInteger(type)) throw refusal('badSchema', `The root component '${key}' has no type.`);
  if (isEnvironmentType(type)) throw refusal('missingComponent', `Invalid component type provided ${type}. ('${key}')`);
  // A connection reference travels without being listed.
  if (type === 371) throw notInTarget(key, type);
  const isKnown = componentTypes.some((one) => one.type === type) || type === 380;
  if (!isKnown)
    call.warnings.push(`The root component '${key}' of type ${type} is kept in the package, but not emulated.`);
}

const notInTarget = (name: string, type: number) =>
  refusal(
    'missingComponent',
    `Cannot add a Root Component ${name} of type ${type} because it is not in the target system.`,
  );
