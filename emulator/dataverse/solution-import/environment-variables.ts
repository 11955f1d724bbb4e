import { attribute, child, childText, parseXml, type XmlElement } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { requirePrefix } from './names.ts';
import { findComponent, putComponent } from './put-component.ts';
import { refusal } from './refusals.ts';

const folder = 'environmentvariabledefinitions/';

/** Definitions are files of their own; their values, when they travel, stand beside them. */
export function importEnvironmentVariables(call: ImportCall): void {
  const paths = [...call.pkg.files.keys()].filter((path) => path.startsWith(folder));
  for (const path of paths.filter((one) => one.endsWith('/environmentvariabledefinition.xml')))
    importDefinition(call, path);
  for (const path of paths.filter((one) => one.endsWith('/environmentvariablevalues.json'))) importValue(call, path);
}

/** Types by number; a value is text in all of them. */
const accepts: Record<number, (value: string) => boolean> = {
  100000000: () => true,
  100000001: (value) => Number.isFinite(Number(value)),
  100000002: (value) => /^(yes|no|true|false)$/i.test(value),
  100000003: isJson,
  100000004: () => true,
  100000005: () => true,
};

function importDefinition(call: ImportCall, path: string): void {
  const node = parseXml(call.pkg.files.get(path)!, path);
  const name = attribute(node, 'schemaname') ?? '';
  if (path !== `${folder}${name}/environmentvariabledefinition.xml`)
    throw refusal('badComponentFile', `'${path}' holds the environment variable '${name}'.`);
  requirePrefix(name, `environment variable '${name}'`, 'componentPrefix');
  const type = Number(childText(node, 'type') || 100000000);
  const defaultvalue = childText(node, 'defaultvalue');
  if (accepts[type] === undefined)
    throw refusal('badComponentFile', `The environment variable '${name}' is of the unknown type ${type}.`);
  if (defaultvalue !== '' && !accepts[type](defaultvalue))
    throw refusal(
      'badComponentFile',
      `The default '${defaultvalue}' of the environment variable '${name}' is not of its type.`,
    );
  putComponent(call, 'environmentvariabledefinition', {
    environmentvariabledefinitionid: definitionId(call, name) ?? stableId('environmentvariable', name),
    schemaname: name,
    displayname: textOf(node, 'displayname') ?? name,
    description: textOf(node, 'description'),
    defaultvalue: defaultvalue || null,
    type,
    isrequired: childText(node, 'isrequired') === '1',
    secretstore: Number(childText(node, 'secretstore') || 0),
    ismanaged: call.isManaged,
  });
}

const definitionId = (call: ImportCall, name: string) =>
  findComponent(call, 'environmentvariabledefinition', 'schemaname', name);

const textOf = (node: XmlElement, name: string) => attribute(child(node, name), 'default') ?? null;

interface ValueFile {
  readonly environmentvariablevalues?: {
    readonly environmentvariablevalue?: { readonly '@environmentvariablevalueid'?: string; readonly value?: string };
  };
}

/** A value that travels replaces the one that is there: a definition has one value at most. */
function importValue(call: ImportCall, path: string): void {
  const name = path.split('/')[1]!;
  const text = call.pkg.files.get(path)!.toString('utf8');
  if (!isJson(text)) throw refusal('badComponentFile', `'${path}' is not JSON.`);
  const given = (JSON.parse(text) as ValueFile).environmentvariablevalues?.environmentvariablevalue;
  if (given === undefined) return;
  const definition = definitionId(call, name);
  if (definition === undefined)
    throw refusal(
      'missingComponent',
      `'${path}' gives a value to the environment variable '${name}', which is not there.`,
    );
  const there = findComponent(call, 'environmentvariablevalue', 'environmentvariabledefinitionid', definition);
  const stated = plainId(given['@environmentvariablevalueid'] ?? '');
  putComponent(call, 'environmentvariablevalue', {
    environmentvariablevalueid: there ?? (stated || stableId('environmentvariablevalue', name)),
    schemaname: name,
    value: given.value ?? null,
    environmentvariabledefinitionid: { table: 'environmentvariabledefinition', id: definition },
    ismanaged: call.isManaged,
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
