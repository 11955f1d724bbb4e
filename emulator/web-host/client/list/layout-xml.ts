import { readTable, type Column, type Table } from '../web-api/metadata';

export interface GridColumn {
  /** As the row carries it: `name`, or `alias.name` for a column of a linked table. */
  readonly key: string;
  readonly label: string;
  readonly width: number;
  readonly column: Column | undefined;
  readonly isLinked: boolean;
}

/** Columns of a view, in order, with the labels of their tables. Those a table no longer has are left out. */
export async function readLayout(layoutXml: string, fetchXml: string, table: Table): Promise<GridColumn[]> {
  const parse = (xml: string) => new DOMParser().parseFromString(xml, 'application/xml');
  const links = new Map(
    [...parse(fetchXml).querySelectorAll('link-entity[alias]')].map((link) => [
      link.getAttribute('alias')!,
      link.getAttribute('name')!,
    ]),
  );
  const cells = [...parse(layoutXml).querySelectorAll('row > cell')].filter(
    (cell) => cell.getAttribute('ishidden') !== '1',
  );
  const columns = await Promise.all(
    cells.map(async (cell): Promise<GridColumn[]> => {
      const key = cell.getAttribute('name') ?? '';
      const width = Number(cell.getAttribute('width') ?? 120);
      const [alias, linked] = key.includes('.') ? key.split('.', 2) : [undefined, undefined];
      if (alias === undefined) {
        const column = table.columns.get(key);
        return column === undefined ? [] : [{ key, label: column.label, width, column, isLinked: false }];
      }
      const other = links.get(alias) === undefined ? undefined : await readTable(links.get(alias)!);
      const column = other?.columns.get(linked!);
      if (other === undefined || column === undefined) return [];
      return [{ key, label: `${column.label} (${other.label})`, width, column: undefined, isLinked: true }];
    }),
  );
  return columns.flat();
}
