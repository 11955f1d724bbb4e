import { attribute, child, elements, setAttribute, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { Label } from '../metadata/model.ts';
import type { ActiveComponent } from '../solution-import/active-layer.ts';
import { choiceName, columnName, presentNode, putInForce, type CustomizingCall } from './call.ts';
import { isNamed, labelOf, textOf, wholeOf, type Sent } from './definition-values.ts';
import { componentType, joinSolutions, joinWithTable } from './solution-members.ts';
import { listIn, nextValue, optionIn, optionNode, valuesIn } from './write-choice.ts';
import { writeLabel } from './write-settings.ts';

/** The choice a message is about, open to be changed. */
interface OpenChoice {
  readonly component: ActiveComponent;
  readonly choice: XmlElement;
  readonly name: string;
  readonly isStatus: boolean;
  readonly isState: boolean;
  /** Puts it in force as it is now. */
  save(): void;
}

/** `OptionSetName`, or `EntityLogicalName` and `AttributeLogicalName`. @throws Fault where there is no such choice */
async function openChoice(call: CustomizingCall, sent: Sent): Promise<OpenChoice> {
  const global = textOf(sent, 'OptionSetName');
  if (global !== undefined && global !== '') return openGlobal(call, global);
  const table = call.catalogue.table(textOf(sent, 'EntityLogicalName') ?? '');
  const column = table?.columns.get((textOf(sent, 'AttributeLogicalName') ?? '').toLowerCase());
  if (table === undefined || column === undefined)
    throw faults.invalidArgument(
      "Invalid Argument: the choice is named by 'OptionSetName', or by 'EntityLogicalName' and 'AttributeLogicalName'.",
    );
  if (column.choice === undefined) throw faults.onlyChoiceOptions();
  if (column.choice.isGlobal) return openGlobal(call, column.choice.name);
  const component = await presentNode(call, columnName(table, column.logicalName));
  const choice = child(component!.node, 'optionset')!;
  return {
    component: component!,
    choice,
    name: column.choice.name,
    isStatus: column.attributeType === 'Status',
    isState: column.attributeType === 'State',
    save() {
      putInForce(call, [component!], [table.logicalName]);
      joinWithTable(call, table, componentType.column, column.metadataId);
    },
  };
}

async function openGlobal(call: CustomizingCall, name: string): Promise<OpenChoice> {
  const there = call.catalogue.globalChoice(name);
  const component = there === undefined ? undefined : await presentNode(call, choiceName(there.name));
  if (there === undefined || component?.node === undefined) throw faults.choiceNotFound(name);
  return {
    component,
    choice: component.node,
    name,
    isStatus: false,
    isState: false,
    save() {
      putInForce(call, [component], []);
      joinSolutions(call, componentType.choice, there.metadataId, 0);
    },
  };
}

function requireLabel(sent: Sent, choice: string): Label {
  const label = labelOf(sent, 'Label');
  if (!isNamed(label)) throw faults.invalidArgument(`An option of ${choice} has no label.`);
  return label;
}

/** `InsertOptionValue`. @returns the value of the new option */
export async function insertOption(call: CustomizingCall, sent: Sent): Promise<number> {
  const open = await openChoice(call, sent);
  if (open.isStatus || open.isState)
    throw faults.invalidArgument(`Options of '${open.name}' are inserted with InsertStatusValue.`);
  return insert(call, open, sent, undefined);
}

/** `InsertStatusValue`: a status reason of a state. */
export async function insertStatus(call: CustomizingCall, sent: Sent): Promise<number> {
  const open = await openChoice(call, sent);
  const state = wholeOf(sent, 'StateCode');
  if (!open.isStatus || state === undefined)
    throw faults.invalidArgument("InsertStatusValue needs a status attribute, and the 'StateCode' of the new status.");
  const table = call.catalogue.table(open.component.parent)!;
  const states = [...table.columns.values()].find((one) => one.attributeType === 'State')?.choice?.options ?? [];
  if (!states.some(({ value }) => value === state))
    throw faults.invalidStatus(sent['Value'] ?? null, state, table.logicalName);
  return insert(call, open, sent, state);
}

function insert(call: CustomizingCall, open: OpenChoice, sent: Sent, state: number | undefined): number {
  const taken = new Set(valuesIn(open.choice));
  const value = wholeOf(sent, 'Value') ?? nextValue(taken, call.solution.optionPrefix);
  if (taken.has(value)) throw faults.optionTaken(value);
  const description = labelOf(sent, 'Description');
  const color = textOf(sent, 'Color');
  const external = textOf(sent, 'ExternalValue');
  listIn(open.choice).children.push(
    optionNode({
      value,
      label: requireLabel(sent, open.name),
      ...(description === undefined ? {} : { description }),
      ...(color === undefined ? {} : { color }),
      ...(external === undefined ? {} : { external }),
      ...(state === undefined ? {} : { state }),
    }),
  );
  open.save();
  return value;
}

/** `UpdateOptionValue`. */
export async function updateOption(call: CustomizingCall, sent: Sent): Promise<void> {
  const open = await openChoice(call, sent);
  change(open, requireOption(open, sent), sent);
}

/** `UpdateStateValue`: the label of a state, and its default status. */
export async function updateState(call: CustomizingCall, sent: Sent): Promise<void> {
  const open = await openChoice(call, sent);
  if (!open.isState) throw faults.invalidArgument('UpdateStateValue needs a state attribute.');
  const option = requireOption(open, sent);
  const status = wholeOf(sent, 'DefaultStatusCode');
  if (status !== undefined) {
    const table = call.catalogue.table(open.component.parent)!;
    const of = [...table.columns.values()].find((one) => one.attributeType === 'Status')?.choice?.options ?? [];
    const state = Number(attribute(option, 'value'));
    if (!of.some((one) => one.value === status && one.state === state))
      throw faults.invalidStatus(status, state, table.logicalName);
    setAttribute(option, 'defaultstatus', String(status));
  }
  change(open, option, sent);
}

function requireOption({ choice, name }: OpenChoice, sent: Sent): XmlElement {
  const value = wholeOf(sent, 'Value');
  const option = value === undefined ? undefined : optionIn(choice, value);
  if (option === undefined) throw faults.optionNotFound(value, name);
  return option;
}

function change(open: OpenChoice, option: XmlElement, sent: Sent): void {
  const merges = sent['MergeLabels'] === true;
  const label = labelOf(sent, 'Label');
  if (label !== undefined && !isNamed(label)) throw faults.invalidArgument(`An option of ${open.name} has no label.`);
  writeLabel(option, { list: 'labels', item: 'label' }, label, merges);
  const description = labelOf(sent, 'Description');
  if (description !== undefined) writeLabel(option, { list: 'Descriptions', item: 'Description' }, description, merges);
  const color = textOf(sent, 'Color');
  if (color !== undefined) setAttribute(option, 'Color', color);
  const external = textOf(sent, 'ExternalValue');
  if (external !== undefined) setAttribute(option, 'ExternalValue', external);
  open.save();
}

/** `DeleteOptionValue`; rows keep the value. */
export async function deleteOption(call: CustomizingCall, sent: Sent): Promise<void> {
  const open = await openChoice(call, sent);
  if (
    open.isState ||
    child(open.component.node, 'Type')?.children.some((one) => 'text' in one && one.text === 'bit') === true
  )
    throw faults.onlyChoiceOptions();
  const option = requireOption(open, sent);
  const value = Number(attribute(option, 'value'));
  if (open.isStatus) requireNoDefault(call, open, value);
  const list = listIn(open.choice);
  list.children = list.children.filter((one) => one !== option);
  dropDefault(open, value);
  open.save();
}

/** A status that is the default of its state stays. */
function requireNoDefault({ catalogue }: CustomizingCall, { component, name }: OpenChoice, value: number): void {
  const table = catalogue.table(component.parent)!;
  const states = [...table.columns.values()].find((one) => one.attributeType === 'State')?.choice?.options ?? [];
  if (states.some(({ defaultStatus }) => defaultStatus === value))
    throw faults.invalidArgument(`The status ${value} of '${name}' is the default of its state and cannot be deleted.`);
}

/** A default that is gone is none. */
function dropDefault({ component }: OpenChoice, value: number): void {
  const node = component.kind === 'column' ? child(component.node, 'AppDefaultValue') : undefined;
  const [text] = node?.children ?? [];
  if (node !== undefined && text?.kind === 'text' && Number(text.text) === value)
    node.children = [{ kind: 'text', text: '-1' }];
}

/** `OrderOption`: the values in the order they are shown in. */
export async function orderOptions(call: CustomizingCall, sent: Sent): Promise<void> {
  const open = await openChoice(call, sent);
  const given = sent['Values'];
  const present = valuesIn(open.choice);
  const isWhole =
    Array.isArray(given) &&
    given.length === present.length &&
    new Set(given).size === given.length &&
    given.every((value) => present.includes(value as number));
  if (!isWhole)
    throw faults.invalidArgument(
      `Invalid Argument: 'Values' names each option of '${open.name}' once: ${present.join(', ')}.`,
    );
  const list = listIn(open.choice);
  const order = given as number[];
  list.children = elements(list).sort(
    (one, other) => order.indexOf(Number(attribute(one, 'value'))) - order.indexOf(Number(attribute(other, 'value'))),
  );
  open.save();
}
