import {
  attribute,
  child,
  childText,
  parseXml,
  writeXml,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { SqlRow } from '../../storage/index.ts';
import { setChild, setText, textNode } from '../customizing/nodes.ts';
import type { ExportCall } from './export-call.ts';

const folder = 'environmentvariabledefinitions';
const definitionType = 380;
const valueType = 381;

/** Environment variables of the solution as they are now, each a file of its own; values only where they are in it, too. */
export function putEnvironmentVariables(call: ExportCall): void {
  const { database, pkg, scope } = call;
  const rows = database.all(
    'select environmentvariabledefinitionid as id, schemaname, displayname, description, defaultvalue, type, isrequired, secretstore from environmentvariabledefinition',
  );
  const present = rows.filter((row) => scope.has(definitionType, String(row['id'])));
  const names = new Set(present.map((row) => String(row['schemaname'])));
  for (const path of pkg.files.keys())
    if (path.startsWith(`${folder}/`) && !names.has(path.split('/')[1]!)) pkg.files.delete(path);
  for (const row of present) {
    putDefinition(call, row);
    putValue(call, row);
  }
}

function putDefinition({ pkg }: ExportCall, row: SqlRow): void {
  const path = `${folder}/${String(row['schemaname'])}/environmentvariabledefinition.xml`;
  const there = pkg.files.get(path);
  const node = there === undefined ? newDefinition(row) : parseXml(there, path);
  const before = writeXml(node);
  update(node, row);
  if (there === undefined || writeXml(node) !== before) pkg.files.set(path, Buffer.from(writeXml(node)));
}

/** Children in the order of the alphabet, as the platform writes them. */
const newDefinition = (row: SqlRow): XmlElement =>
  xmlElement('environmentvariabledefinition', { schemaname: String(row['schemaname']) }, [
    textNode('introducedversion', '1.0.0.0'),
    textNode('iscustomizable', '1'),
    textNode('isrequired', '0'),
    textNode('secretstore', '0'),
    textNode('type', '100000000'),
  ]);

function update(node: XmlElement, row: SqlRow): void {
  const plain: Readonly<Record<string, string>> = {
    defaultvalue: String(row['defaultvalue'] ?? ''),
    isrequired: String(row['isrequired'] ?? 0),
    secretstore: String(row['secretstore'] ?? 0),
    type: String(row['type'] ?? 100000000),
  };
  for (const [name, value] of Object.entries(plain)) if (childText(node, name) !== value) setText(node, name, value);
  for (const name of ['description', 'displayname']) {
    const text = String(row[name] ?? '');
    if ((attribute(child(node, name), 'default') ?? '') !== text)
      setChild(
        node,
        xmlElement(name, { default: text }, [xmlElement('label', { description: text, languagecode: '1033' })]),
      );
  }
  node.children.sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'en'));
}

const nameOf = (node: XmlElement['children'][number]) => (node.kind === 'element' ? node.name : '');

interface ValueFile {
  environmentvariablevalues: { environmentvariablevalue: Record<string, string> };
}

function putValue({ database, pkg, scope }: ExportCall, { id, schemaname }: SqlRow): void {
  const path = `${folder}/${String(schemaname)}/environmentvariablevalues.json`;
  const row = database.get(
    'select environmentvariablevalueid as id, value from environmentvariablevalue where environmentvariabledefinitionid = ?',
    [id!],
  );
  const there = pkg.files.get(path);
  if (row === undefined) return void pkg.files.delete(path);
  if (there === undefined && !scope.has(valueType, String(row['id']))) return;
  const file: ValueFile = {
    environmentvariablevalues: {
      environmentvariablevalue: {
        '@environmentvariablevalueid': String(row['id']),
        iscustomizable: '1',
        value: String(row['value'] ?? ''),
      },
    },
  };
  if (there === undefined || valueIn(there) !== row['value']) pkg.files.set(path, Buffer.from(JSON.stringify(file)));
}

const valueIn = (file: Buffer) =>
  (JSON.parse(file.toString('utf8')) as ValueFile).environmentvariablevalues?.environmentvariablevalue?.['value'];
