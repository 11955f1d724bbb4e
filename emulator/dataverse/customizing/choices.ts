import { faults } from '../faults.ts';
import type { Choice } from '../metadata/model.ts';
import { notEmulated } from '../../kernel/index.ts';
import { removeComponent } from '../solution-import/catalogue-components.ts';
import { choiceName, presentNode, putInForce, type CustomizingCall } from './call.ts';
import { forget } from './columns.ts';
import { isNamed, labelOf, textOf, typeOf, valueOf, type Sent } from './definition-values.ts';
import { dependentsOf } from './dependencies.ts';
import { columnById } from './component-names.ts';
import { setText } from './nodes.ts';
import { requireSchemaName } from './open-solution.ts';
import { componentType, joinSolutions } from './solution-members.ts';
import { choiceNode, optionsOf, readOptions } from './write-choice.ts';
import { writeLabel } from './write-settings.ts';

/** Creates a global choice. */
export function createChoice(call: CustomizingCall, sent: Sent): Choice {
  const name = requireSchemaName(call.database, textOf(sent, 'Name'), 'OptionSet');
  if (call.catalogue.globalChoice(name) !== undefined) throw faults.componentExists('option set', name);
  const type = textOf(sent, 'OptionSetType') ?? 'Picklist';
  if (type !== 'Picklist' || typeOf(sent) === 'BooleanOptionSetMetadata')
    throw notEmulated('A global choice that is no picklist', 'Give the column a choice of its own.');
  const label = labelOf(sent, 'DisplayName');
  if (!isNamed(label)) throw faults.invalidArgument(`OptionSet Display Name for id ${name} not specified`);
  const node = choiceNode({
    name,
    type: 'picklist',
    isGlobal: true,
    label,
    description: labelOf(sent, 'Description') ?? {},
    version: call.solution.version,
    options: readOptions(optionsOf(sent), `the option set '${name}'`, call.solution.optionPrefix),
  });
  putInForce(call, [{ ...choiceName(name), node, isOwn: true }], []);
  const choice = call.catalogue.globalChoice(name)!;
  joinSolutions(call, componentType.choice, choice.metadataId, 0);
  return choice;
}

/** Changes the labels of a global choice; its options change by their own messages. */
export async function updateChoice(call: CustomizingCall, choice: Choice, sent: Sent): Promise<void> {
  const present = await presentNode(call, choiceName(choice.name));
  if (present?.node === undefined) throw faults.choiceNotFound(choice.name);
  const merges = call.mergesLabels;
  writeLabel(present.node, { list: 'displaynames', item: 'displayname' }, labelOf(sent, 'DisplayName'), merges);
  writeLabel(present.node, { list: 'Descriptions', item: 'Description' }, labelOf(sent, 'Description'), merges);
  const customizable = valueOf(sent, 'IsCustomizable');
  if (typeof customizable === 'boolean') setText(present.node, 'IsCustomizable', customizable);
  putInForce(call, [present], []);
  joinSolutions(call, componentType.choice, choice.metadataId, 0);
}

/** Deletes a global choice. @throws Fault 0x80048417 while columns use it */
export function deleteChoice(call: CustomizingCall, choice: Choice): void {
  if (choice.isManaged) throw faults.managedDelete('OptionSet', choice.metadataId);
  const users = dependentsOf(call, { type: componentType.choice, id: choice.metadataId });
  if (users.length > 0)
    throw faults.choiceInUse([...new Set(users.map(({ id }) => columnById(call.catalogue, id)!.table.logicalName))]);
  forget(call, choiceName(choice.name), choice.metadataId);
  removeComponent(call.catalogue, choiceName(choice.name));
}
