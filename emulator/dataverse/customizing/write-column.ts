import { child, childText, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { columnSettings, kindSettings, searchMask } from '../metadata/column-settings.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { CustomizingCall } from './call.ts';
import type { ColumnKind } from './column-kinds.ts';
import { writeColumnChoice } from './column-choice.ts';
import { isNamed, labelOf, numberOf, textOf, valueOf, wholeOf, type Sent } from './definition-values.ts';
import { setText, textNode } from './nodes.ts';
import { writeLabel, writeSettings } from './write-settings.ts';

const levels: Readonly<Record<string, string>> = {
  None: 'none',
  Recommended: 'recommended',
  ApplicationRequired: 'required',
  SystemRequired: 'systemrequired',
};

interface NewColumn {
  readonly call: CustomizingCall;
  readonly table: Pick<TableMetadata, 'logicalName' | 'schemaName'>;
  readonly kind: ColumnKind;
  readonly schemaName: string;
}

/** The `attribute` node of a new column. @throws Fault for a definition that does not hold together */
export function newColumnNode({ call, table, kind, schemaName }: NewColumn, sent: Sent): XmlElement {
  const name = schemaName.toLowerCase();
  if (!isNamed(labelOf(sent, 'DisplayName')))
    throw faults.invalidArgument(`Attribute Display Name for id ${name} not specified`);
  const isFile = kind.size !== undefined;
  const flags = ([name, value]: readonly [string, string]) => textNode(name, value);
  const node = xmlElement('attribute', { PhysicalName: schemaName }, [
    ...(
      [
        ['Type', kind.type],
        ['Name', name],
        ['LogicalName', name],
        ['RequiredLevel', 'none'],
        ['DisplayMask', maskOf(kind, sent)],
        ['ImeMode', kind.imeMode],
        ['ValidForUpdateApi', kind.type === 'file' ? '0' : '1'],
        ['ValidForReadApi', '1'],
        ['ValidForCreateApi', kind.type === 'file' ? '0' : '1'],
        ['IsCustomField', '1'],
        ['IsAuditEnabled', isFile ? '0' : '1'],
        ['IsSecured', '0'],
        ['IntroducedVersion', call.solution.version],
        ['IsCustomizable', '1'],
        ['IsRenameable', '1'],
        ['CanModifySearchSettings', '1'],
        ['CanModifyRequirementLevelSettings', '1'],
        ['CanModifyAdditionalSettings', '1'],
        ['SourceType', '0'],
        ['IsGlobalFilterEnabled', '0'],
        ['IsSortableEnabled', '0'],
        ['CanModifyGlobalFilterSettings', '1'],
        ['CanModifyIsSortableSettings', '1'],
        ['IsDataSourceSecret', '0'],
        ['AutoNumberFormat', ''],
        ['IsSearchable', sent['IsPrimaryName'] === true ? '1' : '0'],
        ['IsFilterable', '0'],
        ['IsRetrievable', sent['IsPrimaryName'] === true ? '1' : '0'],
        ['IsLocalizable', '0'],
      ] as const
    ).map(flags),
    ...kindNodes(kind, sent),
  ]);
  writeColumn(call, { node, table, kind }, sent);
  return node;
}

function maskOf({ type }: ColumnKind, sent: Sent): string {
  if (type === 'file' || type === 'image') return 'ValidForForm|ValidForGrid';
  const mask = `${searchMask}|ValidForForm|ValidForGrid`;
  const isAutoNumber = typeof sent['AutoNumberFormat'] === 'string' && sent['AutoNumberFormat'] !== '';
  const open = `${isAutoNumber ? 'ReadOnlyInUI|' : ''}${mask}`;
  return sent['IsPrimaryName'] === true ? `PrimaryName|${open}|RequiredForForm` : open;
}

/** What only this kind of column has, as it is where nothing is said. */
function kindNodes(kind: ColumnKind, sent: Sent): XmlElement[] {
  const [format] = Object.values(kind.formats ?? {});
  return [
    ...(format === undefined ? [] : [textNode('Format', kind.type === 'datetime' ? 'datetime' : format)]),
    ...(kind.length === undefined ? [] : [textNode('MaxLength', kind.length.otherwise ?? missingLength(sent))]),
    ...(kind.least === undefined ? [] : [textNode('MinValue', kind.least), textNode('MaxValue', kind.most!)]),
    ...(kind.precision === undefined ? [] : [textNode('Accuracy', kind.precision.otherwise)]),
    ...(kind.type === 'money' ? [textNode('AccuracySource', 2)] : []),
    ...(kind.type === 'datetime' ? [textNode('CanChangeDateTimeBehavior', 1), textNode('Behavior', 1)] : []),
    ...(kind.type === 'lookup' ? [textNode('LookupStyle', 'single'), xmlElement('LookupTypes')] : []),
    ...(kind.type === 'image' ? [textNode('MaxLength', 9_437_328)] : []),
    ...(kind.size === undefined ? [] : [textNode('MaxValue', kind.size.otherwise)]),
  ];
}

function missingLength(sent: Sent): number {
  const length = wholeOf(sent, 'MaxLength');
  if (length === undefined) throw faults.invalidArgument('New string attributes must have a max length value.');
  return length;
}

interface WrittenColumn {
  readonly node: XmlElement;
  readonly table: Pick<TableMetadata, 'logicalName' | 'schemaName'>;
  readonly kind: ColumnKind;
}

/** Writes what a definition says of a column into its node; what it does not say stays. */
export function writeColumn(call: CustomizingCall, { node, table, kind }: WrittenColumn, sent: Sent): void {
  const name = childText(node, 'LogicalName');
  writeLevel(node, sent);
  writeSettings(node, columnSettings, sent);
  writeSettings(node, [kindSettings.PrecisionSource], sent);
  const imeMode = textOf(sent, 'ImeMode');
  if (imeMode !== undefined) setText(node, 'ImeMode', imeMode.toLowerCase());
  writeSearchable(node, sent);
  if (typeof sent['IsSecured'] === 'boolean') setText(node, 'IsSecured', sent['IsSecured']);
  const autoNumber = textOf(sent, 'AutoNumberFormat');
  if (autoNumber !== undefined) setText(node, 'AutoNumberFormat', autoNumber);
  const external = textOf(sent, 'ExternalName');
  if (external !== undefined) setText(node, 'ExternalName', external);
  writeFormat(node, kind, sent, name);
  writeNumbers(node, kind, sent, name);
  writeColumnChoice(call, { node, table, kind }, sent);
  writeLabel(node, { list: 'displaynames', item: 'displayname' }, labelOf(sent, 'DisplayName'), call.mergesLabels);
  writeLabel(node, { list: 'Descriptions', item: 'Description' }, labelOf(sent, 'Description'), call.mergesLabels);
}

function writeLevel(node: XmlElement, sent: Sent): void {
  const level = valueOf(sent, 'RequiredLevel');
  if (level === undefined) return;
  const known = levels[String(level)];
  if (known === undefined) throw faults.invalidArgument(`'${String(level)}' is no AttributeRequiredLevel.`);
  // What the platform itself needs cannot be made optional, and nothing else can be made so.
  const isSystem = childText(node, 'RequiredLevel') === 'systemrequired';
  if (!isSystem && known !== 'systemrequired') setText(node, 'RequiredLevel', known);
}

function writeSearchable(node: XmlElement, sent: Sent): void {
  const wanted = valueOf(sent, 'IsValidForAdvancedFind');
  if (typeof wanted !== 'boolean') return;
  const mask = childText(node, 'DisplayMask')
    .split('|')
    .filter((one) => one !== '' && one !== searchMask);
  setText(node, 'DisplayMask', (wanted ? [searchMask, ...mask] : mask.length === 0 ? ['None'] : mask).join('|'));
}

const behaviors = ['UserLocal', 'DateOnly', 'TimeZoneIndependent'];

function writeFormat(node: XmlElement, kind: ColumnKind, sent: Sent, name: string): void {
  const format = kind.formats === undefined ? undefined : (valueOf(sent, 'FormatName') ?? textOf(sent, 'Format'));
  if (format !== undefined) {
    const known = kind.formats![String(format)];
    if (known === undefined)
      throw faults.invalidArgument(`The format '${String(format)}' is not valid for the attribute '${name}'.`);
    setText(node, 'Format', known);
  }
  const behavior = valueOf(sent, 'DateTimeBehavior');
  if (kind.type !== 'datetime' || behavior === undefined) return;
  const place = behaviors.indexOf(String(behavior)) + 1;
  if (place === 0) throw faults.invalidArgument(`'${String(behavior)}' is no DateTimeBehavior.`);
  if (place === 2 && childText(node, 'Format') !== 'date')
    throw faults.invalidArgument(`The attribute '${name}' with the behavior DateOnly must have the format DateOnly.`);
  setText(node, 'Behavior', place);
}

/** Lengths, ranges, digits and sizes. @throws Fault for one beyond what the kind of column can have */
function writeNumbers(node: XmlElement, kind: ColumnKind, sent: Sent, name: string): void {
  const within = (value: number, least: number, most: number, property: string) => {
    if (value < least || value > most)
      throw faults.invalidArgument(
        `The value ${value} of '${property}' of the attribute '${name}' is not between ${least} and ${most}.`,
      );
    return value;
  };
  if (kind.length !== undefined) {
    const length = wholeOf(sent, 'MaxLength');
    if (length !== undefined) setText(node, 'MaxLength', within(length, 1, kind.length.most, 'MaxLength'));
    if (kind.type === 'nvarchar') setText(node, 'Length', 2 * Number(childText(node, 'MaxLength')));
  }
  if (kind.least !== undefined) {
    const [least, most] = [numberOf(sent, 'MinValue'), numberOf(sent, 'MaxValue')];
    if (least !== undefined) setText(node, 'MinValue', within(least, kind.least, kind.most!, 'MinValue'));
    if (most !== undefined) setText(node, 'MaxValue', within(most, kind.least, kind.most!, 'MaxValue'));
    if (Number(childText(node, 'MinValue')) > Number(childText(node, 'MaxValue')))
      throw faults.invalidArgument(`MinValue of the attribute '${name}' is greater than its MaxValue.`);
  }
  if (kind.precision !== undefined) {
    const digits = wholeOf(sent, 'Precision');
    if (digits !== undefined) setText(node, 'Accuracy', within(digits, 0, kind.precision.most, 'Precision'));
  }
  if (kind.size !== undefined) {
    const size = wholeOf(sent, 'MaxSizeInKB');
    if (size !== undefined) setText(node, 'MaxValue', within(size, 1, kind.size.most, 'MaxSizeInKB'));
  }
}

/** The column in the store's currency beside one of money. */
export function baseAmountNode(node: XmlElement): XmlElement {
  const schemaName = `${node.attributes.get('PhysicalName')!}_Base`;
  const base: XmlElement = {
    ...node,
    attributes: new Map([['PhysicalName', schemaName]]),
    children: node.children.map((one) => ({ ...one })),
  };
  for (const name of ['Name', 'LogicalName']) setText(base, name, schemaName.toLowerCase());
  for (const name of ['ValidForUpdateApi', 'ValidForCreateApi', 'IsSecured']) setText(base, name, '0');
  setText(base, 'RequiredLevel', 'none');
  setText(base, 'MinValue', -922_337_203_685_477);
  setText(base, 'MaxValue', 922_337_203_685_477);
  setText(base, 'CalculationOf', node.attributes.get('PhysicalName')!);
  const labels = child(node, 'displaynames')!;
  const named = labels.children.map((one) =>
    one.kind === 'element'
      ? xmlElement(one.name, {
          description: `${one.attributes.get('description')} (Base)`,
          languagecode: one.attributes.get('languagecode')!,
        })
      : one,
  );
  base.children = base.children.map((one) =>
    one.kind === 'element' && one.name === 'displaynames' ? xmlElement('displaynames', {}, named) : one,
  );
  return base;
}
