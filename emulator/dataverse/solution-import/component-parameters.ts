import { notEmulated } from '../../kernel/index.ts';
import type { OrganizationService } from '../contract.ts';
import { faults } from '../faults.ts';
import type { ImportPlatform } from './import-platform.ts';
import { findComponent } from './put-component.ts';

/** A row handed along with an import: which connection a reference uses, which value a variable has. */
export type ComponentParameter = Readonly<Record<string, unknown>>;

/**
 * Gives connection references their connections and environment variables their values, as an import's settings say.
 *
 * @throws Fault 0x80040203 for a component that is not there, or a value that is empty
 */
export async function applyComponentParameters(
  platform: ImportPlatform,
  organization: OrganizationService,
  parameters: readonly ComponentParameter[],
): Promise<void> {
  for (const parameter of parameters) {
    const type = String(parameter['@odata.type'] ?? '').replace(/^#?Microsoft\.Dynamics\.CRM\./, '');
    if (type === 'connectionreference') await connect(platform, organization, parameter);
    else if (type === 'environmentvariablevalue') await giveValue(platform, organization, parameter);
    else throw notEmulated(`A component parameter of type '${type}'`, 'Set it after the import.');
  }
}

async function connect(platform: ImportPlatform, organization: OrganizationService, given: ComponentParameter) {
  const name = textOf(given, 'connectionreferencelogicalname');
  const id = findComponent(platform, 'connectionreference', 'connectionreferencelogicalname', name);
  if (id === undefined) throw notThere('connection reference', name);
  await organization.update('connectionreference', id, { connectionid: textOf(given, 'connectionid') });
}

async function giveValue(platform: ImportPlatform, organization: OrganizationService, given: ComponentParameter) {
  const schemaname = textOf(given, 'schemaname');
  const value = textOf(given, 'value');
  const definition = findComponent(platform, 'environmentvariabledefinition', 'schemaname', schemaname);
  if (definition === undefined) throw notThere('environment variable', schemaname);
  const id = findComponent(platform, 'environmentvariablevalue', 'environmentvariabledefinitionid', definition);
  if (id !== undefined) await organization.update('environmentvariablevalue', id, { value });
  else
    await organization.create('environmentvariablevalue', {
      schemaname,
      value,
      environmentvariabledefinitionid: { table: 'environmentvariabledefinition', id: definition },
    });
}

/** Settings without a value are refused: an entry is left out instead. */
function textOf(given: ComponentParameter, name: string): string {
  const value = given[name];
  if (typeof value !== 'string' || value === '')
    throw faults.invalidArgument(`Invalid Argument: '${name}' of a component parameter is empty.`);
  return value;
}

const notThere = (what: string, name: string) =>
  faults.invalidArgument(`Invalid Argument: there is no ${what} '${name}' to set.`);
