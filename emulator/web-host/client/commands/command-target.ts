import { userLanguage } from '../language/speak';
import type { GridState } from '../list/grid-state';
import { gridControl } from '../xrm/grid';
import type { CommandParameter } from './app-commands';

/** What a command acts on: a form, rows of a list, rows of a grid on a form. */
export interface CommandTarget {
  /** Table of the row in the form; on a list, that of its rows. */
  readonly table: string;
  readonly typeCode: number | undefined;
  /** Ids of the row in the form; on a list, of the rows that are marked. */
  readonly primaryIds: readonly string[];
  /** `formContext`, or on a list the grid. */
  readonly primaryControl: object;
  /** The rows the command is about, and the grid that shows them. */
  readonly selected: {
    readonly table: string;
    readonly typeCode: number | undefined;
    readonly rows: readonly SelectedRow[];
    readonly all: readonly SelectedRow[];
    readonly control: object;
  };
}

export interface SelectedRow {
  readonly id: string;
  readonly name: string;
}

const braced = (id: string) => `{${id.toUpperCase()}}`;

type Value = (target: CommandTarget, parameter: CommandParameter, properties: object) => unknown;
const constant: Value = (_target, { value }) => value;

const ids = (rows: readonly SelectedRow[]) => rows.map(({ id }) => braced(id));
const references = ({ table, typeCode }: CommandTarget['selected'], rows: readonly SelectedRow[]) =>
  rows.map(({ id, name }) => ({ Id: braced(id), Name: name, TypeName: table, TypeCode: typeCode }));
const unmarked = ({ rows, all }: CommandTarget['selected']) => {
  const marked = new Set(rows.map(({ id }) => id));
  return all.filter(({ id }) => !marked.has(id));
};

/** Values by the name ribbons have them under: the CrmParameter of the schema. */
export const crmParameters: Readonly<Record<string, Value>> = {
  PrimaryEntityTypeCode: ({ typeCode }) => typeCode,
  PrimaryEntityTypeName: ({ table }) => table,
  PrimaryItemIds: ({ primaryIds }) => primaryIds.map(braced),
  FirstPrimaryItemId: ({ primaryIds: [first] }) => (first === undefined ? null : braced(first)),
  PrimaryControl: ({ primaryControl }) => primaryControl,
  PrimaryControlId: () => 'primarycontrol',
  SelectedEntityTypeCode: ({ selected }) => selected.typeCode,
  SelectedEntityTypeName: ({ selected }) => selected.table,
  FirstSelectedItemId: ({ selected: { rows } }) => (rows[0] === undefined ? null : braced(rows[0].id)),
  SelectedControl: ({ selected }) => selected.control,
  SelectedControlSelectedItemCount: ({ selected }) => selected.rows.length,
  SelectedControlSelectedItemIds: ({ selected }) => ids(selected.rows),
  SelectedControlSelectedItemReferences: ({ selected }) => references(selected, selected.rows),
  SelectedControlAllItemCount: ({ selected }) => selected.all.length,
  SelectedControlAllItemIds: ({ selected }) => ids(selected.all),
  SelectedControlAllItemReferences: ({ selected }) => references(selected, selected.all),
  SelectedControlUnselectedItemCount: ({ selected }) => unmarked(selected).length,
  SelectedControlUnselectedItemIds: ({ selected }) => ids(unmarked(selected)),
  SelectedControlUnselectedItemReferences: ({ selected }) => references(selected, unmarked(selected)),
  CommandProperties: (_target, _parameter, properties) => properties,
  OrgName: () => 'local',
  OrgLcid: () => '1033',
  UserLcid: () => String(userLanguage()),
};

/** Values by the number of the parameter's type in `appaction`: those whose numbers are known. */
const values: Readonly<Record<number, Value>> = {
  1: crmParameters['PrimaryEntityTypeCode']!,
  2: crmParameters['PrimaryEntityTypeName']!,
  3: crmParameters['PrimaryItemIds']!,
  4: crmParameters['FirstPrimaryItemId']!,
  5: crmParameters['PrimaryControl']!,
  7: crmParameters['SelectedEntityTypeCode']!,
  8: crmParameters['SelectedEntityTypeName']!,
  10: crmParameters['FirstSelectedItemId']!,
  12: crmParameters['SelectedControl']!,
  18: constant,
  20: constant,
  21: constant,
  23: crmParameters['SelectedControlSelectedItemIds']!,
  24: crmParameters['SelectedControlSelectedItemReferences']!,
};

/** @throws Error for a type of parameter that is not emulated */
export function argumentsOf(
  target: CommandTarget,
  parameters: readonly CommandParameter[],
  properties: object = {},
): unknown[] {
  return parameters.map((parameter) => {
    const value = values[parameter.type];
    if (value === undefined)
      throw new Error(`Parameters of type ${parameter.type} are not emulated. See docs/support-matrix.md.`);
    return value(target, parameter, properties);
  });
}

/** What the commands of a grid act on: its rows, and the form it is on. */
export function gridTarget(
  state: GridState,
  typeCode: number | undefined,
  form?: Pick<CommandTarget, 'table' | 'typeCode' | 'primaryIds' | 'primaryControl'>,
): CommandTarget {
  const rowsOf = (rows: GridState['rows']) =>
    rows.map((row) => ({ id: String(row[state.primaryId]), name: String(row[state.primaryName] ?? '') }));
  const known = new Map(rowsOf(state.rows).map((row) => [row.id, row]));
  const control = gridControl(state);
  return {
    ...(form ?? { table: state.table, typeCode, primaryIds: state.selected, primaryControl: control }),
    selected: {
      table: state.table,
      typeCode,
      rows: state.selected.map((id) => known.get(id) ?? { id, name: '' }),
      all: [...known.values()],
      control,
    },
  };
}
