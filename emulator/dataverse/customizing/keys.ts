import { xmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { MutableTable } from '../metadata/catalogue.ts';
import type { AlternateKey } from '../metadata/model.ts';
import { removeComponent, type ComponentName } from '../solution-import/catalogue-components.ts';
import { dropIndex } from '../../storage/index.ts';
import { putInForce, type CustomizingCall } from './call.ts';
import { forget } from './columns.ts';
import { keyId } from './component-names.ts';
import { isNamed, labelOf, textOf, type Sent } from './definition-values.ts';
import { labelsNode, textNode } from './nodes.ts';
import { requireSchemaName } from './open-solution.ts';
import { componentType, joinWithTable } from './solution-members.ts';

const mostKeys = 10;
const mostColumns = 16;

const keyName = (table: MutableTable, name: string): ComponentName => ({
  kind: 'key',
  parent: table.logicalName,
  name,
});

/** Creates an alternate key over columns of a table. @throws Fault where rows that are there have the same values */
export function createKey(call: CustomizingCall, table: MutableTable, sent: Sent): AlternateKey {
  const schemaName = requireSchemaName(call.database, textOf(sent, 'SchemaName'), 'EntityKey');
  const name = schemaName.toLowerCase();
  if (table.keys.some((one) => one.logicalName.toLowerCase() === name)) throw faults.keyExists(name, table.logicalName);
  const columns = readColumns(table, sent);
  const same = [...columns].sort().join();
  if (table.keys.some((one) => [...one.columns].sort().join() === same))
    throw faults.invalidKey(
      `A key over the attributes ${same} is defined for the entity ${table.logicalName} already.`,
    );
  if (table.keys.length >= mostKeys)
    throw faults.invalidKey(`The entity ${table.logicalName} has the most keys an entity can have, ${mostKeys}.`);
  const label = labelOf(sent, 'DisplayName');
  if (!isNamed(label)) throw faults.invalidArgument(`EntityKey Display Name for id ${name} not specified`);
  const node = xmlElement('EntityKey', {}, [
    textNode('Name', schemaName),
    textNode('LogicalName', name),
    textNode('IntroducedVersion', call.solution.version),
    textNode('IsCustomizable', '1'),
    xmlElement(
      'EntityKeyAttributes',
      {},
      columns.map((one) => textNode('AttributeName', one)),
    ),
    labelsNode('displaynames', 'displayname', label),
  ]);
  putInForce(call, [{ ...keyName(table, name), node, isOwn: true }], [table.logicalName]);
  joinWithTable(call, table, componentType.key, keyId(table.logicalName, name));
  return table.keys.find((one) => one.logicalName === name)!;
}

function readColumns(table: MutableTable, sent: Sent): string[] {
  const given = sent['KeyAttributes'];
  if (!Array.isArray(given) || given.length === 0 || !given.every((one) => typeof one === 'string'))
    throw faults.invalidKey("A key needs the list of its 'KeyAttributes'.");
  if (given.length > mostColumns || new Set(given).size < given.length)
    throw faults.invalidKey(`A key has at most ${mostColumns} attributes, each once.`);
  return given as string[];
}

export function deleteKey(call: CustomizingCall, table: MutableTable, key: AlternateKey): void {
  const id = keyId(table.logicalName, key.logicalName);
  if (key.isManaged) throw faults.managedDelete('EntityKey', id);
  dropIndex(call.database, table.logicalName, key.columns);
  forget(call, keyName(table, key.logicalName), id);
  removeComponent(call.catalogue, keyName(table, key.logicalName));
  call.catalogue.changed();
}
