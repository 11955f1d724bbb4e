import { attribute, child, childText, children, parseXml } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { stableId } from '../metadata/stable-id.ts';
import { plainId, putComponent, type ImportCall } from './import-platform.ts';

export function importConnectionReferences(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'connectionreferences'), 'connectionreference')) {
    const logicalName = attribute(node, 'connectionreferencelogicalname') ?? '';
    putComponent(
      call,
      'connectionreference',
      {
        connectionreferenceid: stableId('connectionreference', logicalName),
        connectionreferencelogicalname: logicalName,
        connectionreferencedisplayname: childText(node, 'connectionreferencedisplayname') || null,
        connectorid: childText(node, 'connectorid') || null,
        ismanaged: call.isManaged,
      },
      ['connectionid'],
    );
  }
}

const folder = 'environmentvariabledefinitions/';

/** Definitions are files of their own; their values, when they travel, stand beside them. */
export function importEnvironmentVariables(call: ImportCall): void {
  for (const [path, content] of call.pkg.files) {
    if (path.startsWith(folder) && path.endsWith('/environmentvariabledefinition.xml'))
      importDefinition(call, path, content);
    if (path.startsWith(folder) && path.endsWith('/environmentvariablevalues.json')) importValue(call, path, content);
  }
}

function importDefinition(call: ImportCall, path: string, content: Buffer): void {
  const node = parseXml(content, path);
  const schemaname = attribute(node, 'schemaname') ?? '';
  if (path !== `${folder}${schemaname}/environmentvariabledefinition.xml`)
    throw faults.import('0x80040216', `'${path}' holds the environment variable '${schemaname}'.`);
  const label = (name: string) => attribute(child(node, name), 'default') ?? null;
  putComponent(call, 'environmentvariabledefinition', {
    environmentvariabledefinitionid: stableId('environmentvariable', schemaname),
    schemaname,
    displayname: label('displayname'),
    description: label('description'),
    defaultvalue: childText(node, 'defaultvalue') || null,
    type: Number(childText(node, 'type') || 100000000),
    isrequired: childText(node, 'isrequired') === '1',
    ismanaged: call.isManaged,
  });
}

interface ValueFile {
  readonly environmentvariablevalues?: {
    readonly environmentvariablevalue?: { readonly '@environmentvariablevalueid'?: string; readonly value?: string };
  };
}

function importValue(call: ImportCall, path: string, content: Buffer): void {
  const schemaname = path.split('/')[1]!;
  const value = (JSON.parse(content.toString('utf8')) as ValueFile).environmentvariablevalues?.environmentvariablevalue;
  if (value === undefined) return;
  putComponent(call, 'environmentvariablevalue', {
    environmentvariablevalueid: plainId(
      value['@environmentvariablevalueid'] ?? stableId('environmentvariablevalue', schemaname),
    ),
    schemaname,
    value: value.value ?? null,
    environmentvariabledefinitionid: {
      table: 'environmentvariabledefinition',
      id: stableId('environmentvariable', schemaname),
    },
  });
}
