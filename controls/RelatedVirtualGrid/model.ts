import { attributeOf, labelOf } from '../shared/attributes';
import type { Row } from '../shared/rows';
import type { Setup } from './setup';

export interface GridColumn {
  readonly name: string;
  readonly label: string;
  readonly isNumber: boolean;
}

export interface GridRow {
  readonly key: string;
  /** Empty where the host tells no id. */
  readonly id: string;
  readonly cells: readonly string[];
}

const numbers = new Set(['3', '4', '5', '8', '18', 'decimal', 'double', 'integer', 'money', 'bigint']);
const formatted = '@OData.Community.Display.V1.FormattedValue';

/** Without what the host knows of the columns they are called by their names. */
export function columnsOf({ columns }: Setup, metadata: unknown): GridColumn[] {
  return columns.map((name) => {
    const attribute = attributeOf(name, metadata);
    return {
      name,
      label: labelOf(attribute) ?? name,
      isNumber: numbers.has(String(attribute?.AttributeType ?? '').toLowerCase()),
    };
  });
}

/** Rows as they are shown: formatted where the service formats. */
export function gridRowsOf(
  rows: readonly Row[],
  columns: readonly GridColumn[],
  idColumn: string,
  words: readonly [string, string],
): GridRow[] {
  return rows.map((row, place) => {
    const id = String(row[idColumn] ?? '');
    return { key: `${id} ${place}`, id, cells: columns.map(({ name }) => shown(row, name, words)) };
  });
}

function shown(row: Row, name: string, [yes, no]: readonly [string, string]): string {
  const value = row[`${name}${formatted}`] ?? row[name];
  if (typeof value === 'boolean') return value ? yes : no;
  return value === null || value === undefined ? '' : String(value);
}

/** The column of a row's id: what the host says, else as tables name it. */
export function idColumnOf({ table }: Setup, metadata: unknown): string {
  const said = (metadata as { PrimaryIdAttribute?: unknown } | undefined)?.PrimaryIdAttribute;
  return typeof said === 'string' && said !== '' ? said : `${table}id`;
}
