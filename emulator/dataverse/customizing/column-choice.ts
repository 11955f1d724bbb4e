import { child, childText, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { Choice, TableMetadata } from '../metadata/model.ts';
import type { CustomizingCall } from './call.ts';
import type { ColumnKind } from './column-kinds.ts';
import { booleanOf, labelOf, objectOf, textOf, wholeOf, type Sent } from './definition-values.ts';
import { setChild, setText } from './nodes.ts';
import { choiceNode, optionsOf, readOptions, valuesIn, yesNoOptions } from './write-choice.ts';

interface ChoiceColumn {
  readonly node: XmlElement;
  readonly table: Pick<TableMetadata, 'logicalName'>;
  readonly kind: ColumnKind;
}

/** Writes the choice of a column, global or its own, and which option is its default. */
export function writeColumnChoice(call: CustomizingCall, column: ChoiceColumn, sent: Sent): void {
  const { node, kind } = column;
  if (kind.type === 'bit') return writeYesNo(call, column, sent);
  if (kind.type !== 'picklist' && kind.type !== 'multiselectpicklist') return;
  if (child(node, 'optionset') === undefined && childText(node, 'OptionSetName') === '') addChoice(call, column, sent);
  const wanted = wholeOf(sent, 'DefaultFormValue');
  if (wanted !== undefined) {
    const local = child(node, 'optionset');
    const values =
      local === undefined
        ? (call.catalogue.globalChoice(childText(node, 'OptionSetName'))?.options ?? []).map(({ value }) => value)
        : valuesIn(local);
    if (wanted !== -1 && !values.includes(wanted))
      throw faults.choiceOutOfRange('DefaultFormValue', childText(node, 'LogicalName'), wanted, values);
    setText(node, 'AppDefaultValue', wanted);
  } else if (childText(node, 'AppDefaultValue') === '') setText(node, 'AppDefaultValue', -1);
}

/** The choice is decided when the column is made; its options change by their own messages. */
function addChoice(call: CustomizingCall, { node, table }: ChoiceColumn, sent: Sent): void {
  const own = objectOf(sent, 'OptionSet');
  const global = globalChoice(call, sent, own);
  if (global !== undefined) return setText(node, 'OptionSetName', global.name);
  const name = childText(node, 'LogicalName');
  if (own === undefined)
    throw faults.invalidArgument(`The attribute '${name}' needs an OptionSet, or a GlobalOptionSet it is bound to.`);
  const place = `the attribute '${name}'`;
  setChild(
    node,
    choiceNode({
      name: textOf(own, 'Name') ?? `${table.logicalName}_${name}`,
      type: 'picklist',
      isGlobal: false,
      label: labelOf(own, 'DisplayName') ?? labelOf(sent, 'DisplayName') ?? {},
      description: labelOf(own, 'Description') ?? {},
      version: call.solution.version,
      options: readOptions(optionsOf(own), place, call.solution.optionPrefix),
    }),
  );
}

/** The global choice a column is bound to: `GlobalOptionSet@odata.bind`, or a set that says it is global. */
function globalChoice({ catalogue }: CustomizingCall, sent: Sent, own: Sent | undefined): Choice | undefined {
  const bound = textOf(sent, 'GlobalOptionSet@odata.bind');
  const named =
    own?.['IsGlobal'] === true ? textOf(own, 'Name') : textOf(objectOf(sent, 'GlobalOptionSet') ?? {}, 'Name');
  if (bound === undefined && named === undefined) return undefined;
  const key = bound === undefined ? undefined : /GlobalOptionSetDefinitions\((.*)\)$/.exec(bound)?.[1];
  const name = named ?? /^Name='(.*)'$/.exec(key ?? '')?.[1];
  const found =
    name === undefined
      ? [...catalogue.globalChoices()].find((one) => one.metadataId === key?.toLowerCase())
      : catalogue.globalChoice(name);
  if (found === undefined) throw faults.choiceNotFound(name ?? key ?? String(bound));
  return found;
}

function writeYesNo(call: CustomizingCall, { node, table }: ChoiceColumn, sent: Sent): void {
  const name = childText(node, 'LogicalName');
  const own = objectOf(sent, 'OptionSet');
  if (child(node, 'optionset') === undefined) {
    setText(node, 'AppDefaultValue', '0');
    setChild(
      node,
      choiceNode({
        name: `${table.logicalName}_${name}`,
        type: 'bit',
        isGlobal: false,
        label: labelOf(sent, 'DisplayName') ?? {},
        description: {},
        version: call.solution.version,
        options: yesNoOptions(own),
      }),
    );
  }
  const wanted = booleanOf(sent, 'DefaultValue');
  if (wanted !== undefined) setText(node, 'AppDefaultValue', wanted);
}
