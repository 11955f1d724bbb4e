import {
  attribute,
  child,
  childText,
  elements,
  parseXml,
  writeXml,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { SqlRow } from '../../storage/index.ts';
import { setChild, textNode } from '../customizing/nodes.ts';
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

/** What a definition is where its file says nothing. */
const usual: Readonly<Record<string, string>> = {
  defaultvalue: '',
  isrequired: '0',
  secretstore: '0',
  type: '100000000',
};

/** What is the same stays as it stands in the file. */
function update(node: XmlElement, row: SqlRow): void {
  const changed: XmlElement[] = [];
  for (const [name, otherwise] of Object.entries(usual)) {
    const value = String(row[name] ?? otherwise);
    if ((childText(node, name) || otherwise) !== value) changed.push(textNode(name, value));
  }
  for (const name of ['description', 'displayname']) {
    const text = String(row[name] ?? '');
    if (textOf(node, name) === text) continue;
    const label = xmlElement('label', { description: text, languagecode: '1033' });
    changed.push(xmlElement(name, { default: text }, [label]));
  }
  if (changed.length === 0) return;
  for (const one of changed) setChild(node, one);
  node.children = elements(node).sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** A variable without a display name shows its schema name. */
const textOf = (node: XmlElement, name: string) =>
  attribute(child(node, name), 'default') ?? (name === 'displayname' ? (attribute(node, 'schemaname') ?? '') : '');

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
