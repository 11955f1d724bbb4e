import { membersOf } from '../xrm/members-of';
import type { CommandParameter } from './app-commands';

/** What a command acts on: a form, rows of a list, rows of a grid on a form. */
export interface CommandTarget {
  readonly table: string;
  readonly typeCode: number | undefined;
  /** Ids of the row in the form; empty on a list. */
  readonly primaryIds: readonly string[];
  readonly selectedIds: readonly string[];
  /** `formContext`, or on a list the grid. */
  readonly primaryControl: object;
  readonly selectedControl: object;
}

const braced = (id: string) => `{${id.toUpperCase()}}`;

type Value = (target: CommandTarget, parameter: CommandParameter) => unknown;
const constant: Value = (_target, { value }) => value;

/** Values by the number of the parameter's type. */
const values: Readonly<Record<number, Value>> = {
  1: ({ typeCode }) => typeCode,
  2: ({ table }) => table,
  3: ({ primaryIds }) => primaryIds.map(braced),
  4: ({ primaryIds: [first] }) => (first === undefined ? null : braced(first)),
  5: ({ primaryControl }) => primaryControl,
  7: ({ typeCode }) => typeCode,
  8: ({ table }) => table,
  10: ({ selectedIds: [first] }) => (first === undefined ? null : braced(first)),
  12: ({ selectedControl }) => selectedControl,
  18: constant,
  20: constant,
  21: constant,
  23: ({ selectedIds }) => selectedIds.map(braced),
  24: ({ selectedIds, table }) => selectedIds.map((id) => ({ Id: braced(id), TypeName: table, Name: '' })),
};

/** @throws Error for a type of parameter that is not emulated */
export function argumentsOf(target: CommandTarget, parameters: readonly CommandParameter[]): unknown[] {
  return parameters.map((parameter) => {
    const value = values[parameter.type];
    if (value === undefined)
      throw new Error(`Parameters of type ${parameter.type} are not emulated. See docs/support-matrix.md.`);
    return value(target, parameter);
  });
}

/** What scripts know a grid by. */
export function gridControl(table: string, selectedIds: readonly string[], refresh: () => void): object {
  const rows = selectedIds.map((id) => {
    const entity = membersOf('a row of the grid', {
      getId: () => braced(id),
      getEntityName: () => table,
      getEntityReference: () => ({ id, entityType: table }),
    });
    return { getData: () => ({ entity }), data: { entity } };
  });
  const selected = { get: (at?: number) => (at === undefined ? rows : rows[at]), getLength: () => rows.length };
  return membersOf('the grid', {
    getGrid: () =>
      membersOf('the grid', {
        getSelectedRows: () => ({ ...selected, forEach: (each: (row: object) => void) => rows.forEach(each) }),
      }),
    getEntityName: () => table,
    refresh,
    refreshRibbon: () => undefined,
  });
}
