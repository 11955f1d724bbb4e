import {
  child,
  childText,
  elements,
  parseXml,
  writeXml,
  xmlElement,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { Row } from '../../query/index.ts';
import { readRow } from '../../storage/index.ts';
import { setChild } from '../customizing/nodes.ts';
import type { TableMetadata } from '../metadata/model.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { plainId } from '../solution-import/import-platform.ts';
import { dropNodes, type ExportCall } from './export-call.ts';
import { putName } from './put-name.ts';
import { isInScope } from './scope.ts';

/** A kind of component that stands inside its table in the XML and is a row in Dataverse: charts, forms, views. */
export interface PartKind {
  /** Component type in solutions. */
  readonly type: number;
  /** Logical name of the table its rows are in. */
  readonly rows: string;
  /** Name of the element that holds the ID, and of the column. */
  readonly id: string;
  /** Column that names the table a row belongs to. */
  readonly owner: string;
  /** Columns the rows are ordered by. */
  readonly order: string;
  /** Elements of `entity` that hold such parts. */
  lists(entity: XmlElement): readonly XmlElement[];
  /** The element a new part of this row goes into, made where it lacks. */
  listOf(entity: XmlElement, row: Row): XmlElement;
  /** A part nobody exported before, but for its name. */
  made(row: Row): XmlElement;
  /** Brings a part up to its row, but for its name. */
  update(node: XmlElement, row: Row): void;
}

/** Parts of a table, as their rows are now: those gone are dropped, those there brought up to date, new ones added if they are in scope. */
export function putParts(call: ExportCall, entity: XmlElement, table: TableMetadata, kind: PartKind): void {
  const present = rowsOf(call, table, kind);
  const idOf = (node: XmlElement) => plainId(childText(node, kind.id));
  const lists = kind.lists(entity);
  for (const list of lists) dropNodes(list, (node) => !present.has(idOf(node)));
  const there = new Map(lists.flatMap(elements).map((node) => [idOf(node), node]));
  for (const [id, row] of present) {
    const node = there.get(id);
    if (node !== undefined) kind.update(node, row);
    const part = { type: kind.type, id, isManaged: row['ismanaged'] === true };
    if (node === undefined && !isInScope(call.scope, table, part)) continue;
    const put = node ?? kind.made(row);
    putName(put, row);
    if (node === undefined) kind.listOf(entity, row).children.push(put);
  }
}

function rowsOf({ database, catalogue }: ExportCall, table: TableMetadata, kind: PartKind): Map<string, Row> {
  const shape = shapeOf(catalogue.table(kind.rows)!);
  return new Map(
    database
      .all(`select ${kind.id} as id from ${kind.rows} where ${kind.owner} = ? order by ${kind.order}`, [
        table.logicalName,
      ])
      .map(({ id }) => [String(id), readRow(database, shape, { [kind.id]: String(id) })!]),
  );
}

/** An element that holds XML a column keeps as text; empty where the column is. */
export function holding(name: string, xml: unknown): XmlElement {
  return xmlElement(name, {}, typeof xml === 'string' && xml !== '' ? [parseXml(xml, name)] : []);
}

/** Brings an element that holds XML up to the text of its column, when it says something else. */
export function updateHeld(node: XmlElement, name: string, xml: unknown): void {
  const inner = child(node, name);
  const [first] = inner === undefined ? [] : elements(inner);
  if ((first === undefined ? null : writeXml(first)) !== (xml ?? null)) setChild(node, holding(name, xml));
}
