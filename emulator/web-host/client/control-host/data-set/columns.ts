import type { GridColumn } from '../../list/layout-xml';
import type { Column, Table } from '../../web-api/metadata';

/** A column of a data set, as controls see it. */
export interface DataSetColumn {
  readonly name: string;
  readonly displayName: string;
  readonly dataType: string;
  readonly alias: string;
  /** Place in the view; -1 for one the control asked for itself. */
  readonly order: number;
  /** Width in pixels. */
  readonly visualSizeFactor: number;
  readonly isHidden: boolean;
  readonly isPrimary: boolean;
  readonly disableSorting: boolean;
}

/** Types of the manifest by the type of the column; those of text depend on its format. */
const dataTypes: Readonly<Record<string, string>> = {
  Memo: 'Multiple',
  Integer: 'Whole.None',
  BigInt: 'Whole.None',
  Decimal: 'Decimal',
  Double: 'FP',
  Money: 'Currency',
  Boolean: 'TwoOptions',
  Picklist: 'OptionSet',
  State: 'OptionSet',
  Status: 'OptionSet',
  MultiSelectPicklist: 'MultiSelectPicklist',
  Lookup: 'Lookup.Simple',
  Customer: 'Lookup.Customer',
  Owner: 'Lookup.Owner',
  PartyList: 'Lookup.PartyList',
};

const textTypes: Readonly<Record<string, string>> = {
  Email: 'SingleLine.Email',
  Phone: 'SingleLine.Phone',
  TextArea: 'SingleLine.TextArea',
  TickerSymbol: 'SingleLine.Ticker',
  Url: 'SingleLine.URL',
};

export function dataTypeOf({ type, format, isDateOnly }: Column): string {
  if (type === 'DateTime') return isDateOnly ? 'DateAndTime.DateOnly' : 'DateAndTime.DateAndTime';
  return dataTypes[type] ?? textTypes[format] ?? 'SingleLine.Text';
}

/** Columns of the view in its order, then those the control added. */
export function dataSetColumns(layout: readonly GridColumn[], added: readonly string[], table: Table): DataSetColumn[] {
  const shown = layout.map(({ key, label, width, column, isLinked }, order) => ({
    name: key,
    displayName: label,
    dataType: column === undefined ? 'SingleLine.Text' : dataTypeOf(column),
    alias: key,
    order,
    visualSizeFactor: width,
    isHidden: false,
    isPrimary: key === table.primaryName,
    disableSorting: isLinked,
  }));
  const own = new Set(shown.map(({ name }) => name));
  const further = added
    .filter((name) => !own.has(name))
    .map((name) => {
      const column = table.columns.get(name);
      return {
        name,
        displayName: column?.label ?? name,
        dataType: column === undefined ? 'SingleLine.Text' : dataTypeOf(column),
        alias: name,
        order: -1,
        visualSizeFactor: 1,
        isHidden: true,
        isPrimary: name === table.primaryName,
        disableSorting: column === undefined,
      };
    });
  return [...shown, ...further];
}
