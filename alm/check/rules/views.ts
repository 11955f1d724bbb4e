import {
  attribute,
  children,
  childText,
  descend,
  descendants,
  elements,
  type XmlElement,
} from '../../../packaging/index.ts';
import { type Checked, type OfTable, type Table } from '../checked.ts';
import type { Complaint, Rule } from '../rule.ts';

const fetchOf = ({ node }: OfTable) => descend(node, 'fetchxml', 'fetch');
const kindsOf = (table: Table, { views }: Checked) =>
  views.filter((view) => view.table === table).map(({ node }) => childText(node, 'querytype'));

/** Views a table made in the platform has, by query type. */
const usual: Readonly<Record<string, string>> = {
  '0': 'public',
  '1': 'advanced find',
  '2': 'associated',
  '4': 'quick find',
};

/** Views and their queries. */
export const viewRules: readonly Rule[] = [
  {
    id: 'view-table',
    severity: 'error',
    code: '0x80048004',
    fails: 'The import refuses a view whose query asks another table than the one it belongs to.',
    mend: 'Correct the name of the entity in fetchxml.',
    *check({ views }) {
      for (const view of views) {
        const entity = descend(fetchOf(view), 'entity');
        const asked = attribute(entity, 'name') ?? '';
        if (entity !== undefined && asked.toLowerCase() !== view.table.logicalName)
          yield { at: view.at, message: `It queries '${asked}'.`, node: entity };
      }
    },
  },
  {
    id: 'view-column',
    severity: 'error',
    code: '0x80041103',
    fails: 'The import stops, or the view fails when it is opened: its query names a column that does not exist.',
    mend: 'Correct the query, or add the column.',
    *check(solution) {
      for (const { at, node } of solution.views)
        for (const entity of descendants(node, 'entity')) yield* missingColumns(entity, at, solution);
    },
  },
  {
    id: 'view-layout',
    severity: 'error',
    code: '',
    fails: 'The grid shows an empty column, or fails: a cell shows what the query does not ask for.',
    mend: 'Ask for the column in the query, or take the cell out.',
    *check({ views }) {
      for (const view of views) {
        const fetch = fetchOf(view);
        if (fetch === undefined || [...descendants(fetch, 'all-attributes')].length > 0) continue;
        const asked = new Set([...askedFor(descend(fetch, 'entity'), '')]);
        for (const cell of cellsOf(view)) {
          const name = attribute(cell, 'name') ?? '';
          if (!asked.has(name.toLowerCase()))
            yield { at: view.at, message: `The cell '${name}' is not in the query.`, node: cell };
        }
      }
    },
  },
  {
    id: 'view-key',
    severity: 'error',
    code: '',
    fails: 'A row of the grid does not open: its id is not the primary key.',
    mend: 'Set the id of the row in layoutxml to the primary key.',
    *check({ views }) {
      for (const { at, node, table } of views) {
        const row = descend(node, 'layoutxml', 'grid', 'row');
        const key = [...table.columns].find(([, column]) => childText(column, 'Type') === 'primarykey')?.[0];
        const id = attribute(row, 'id');
        if (key !== undefined && id !== undefined && id.toLowerCase() !== key)
          yield { at, message: `Its rows go by '${id}', not by '${key}'.`, node: row };
      }
    },
  },
  {
    id: 'view-lookup',
    severity: 'error',
    code: '0x80044337',
    fails: 'The import refuses a lookup to a table that has no lookup view.',
    mend: 'Add a view of querytype 64 to the table.',
    *check(solution) {
      for (const table of solution.tables.filter(({ isNew }) => isNew)) {
        const isReferenced = solution.relationships.some(
          (one) => childText(one, 'ReferencedEntityName').toLowerCase() === table.logicalName,
        );
        if (isReferenced && !kindsOf(table, solution).includes('64'))
          yield {
            at: `table ${table.logicalName}`,
            message: 'Lookups lead to it and it has no lookup view.',
            node: table.node,
          };
      }
    },
  },
  {
    id: 'view-set',
    severity: 'warning',
    code: '',
    fails: 'Nothing at import, but lists, searches or subgrids of the table have nothing to show.',
    mend: 'Give the table a public, advanced find, associated and quick find view (querytype 0, 1, 2, 4).',
    *check(solution) {
      for (const table of solution.tables.filter(
        ({ isNew, info }) => isNew && childText(info, 'IsBPFEntity') !== '1',
      )) {
        const kinds = kindsOf(table, solution);
        const left = Object.keys(usual).filter((kind) => !kinds.includes(kind));
        if (left.length > 0)
          yield {
            at: `table ${table.logicalName}`,
            message: `It has no ${left.map((kind) => usual[kind]).join(', ')} view.`,
            node: table.node,
          };
      }
    },
  },
];

const cellsOf = ({ node }: OfTable) => {
  const layout = descend(node, 'layoutxml');
  return layout === undefined ? [] : [...descendants(layout, 'cell')];
};

/** Names a cell may have: columns, aliases, and columns of linked tables behind their alias. */
function* askedFor(entity: XmlElement | undefined, prefix: string): Generator<string> {
  for (const node of entity === undefined ? [] : elements(entity)) {
    const [name, alias] = [attribute(node, 'name') ?? '', attribute(node, 'alias')];
    if (node.name === 'attribute') {
      yield `${prefix}${name}`.toLowerCase();
      if (alias !== undefined) yield alias.toLowerCase();
    }
    if (node.name === 'link-entity') yield* askedFor(node, alias === undefined ? '' : `${alias}.`);
  }
}

function* missingColumns(entity: XmlElement, at: string, solution: Checked): Generator<Complaint> {
  const table = solution.table(attribute(entity, 'name') ?? '');
  for (const node of elements(entity)) {
    if (node.name === 'link-entity') yield* missingColumns(node, at, solution);
    else if (table !== undefined) yield* ofTable(node, table, at, solution);
  }
}

/** Columns, orders and conditions; those of a linked table say so by `entityname`. */
function* ofTable(node: XmlElement, table: Table, at: string, solution: Checked): Generator<Complaint> {
  if (node.name === 'filter') for (const inner of elements(node)) yield* ofTable(inner, table, at, solution);
  const key = node.name === 'attribute' ? 'name' : 'attribute';
  const column = ['attribute', 'order', 'condition'].includes(node.name) ? attribute(node, key) : undefined;
  if (column === undefined || attribute(node, 'entityname') !== undefined || !solution.lacksColumn(table, column))
    return;
  yield { at, message: `${table.logicalName} has no column '${column}'.`, node };
}

/** Relationships and dashboards refer to views by id. */
export const viewIdsOf = (table: Table, { views }: Checked) =>
  new Set(views.filter((view) => view.table === table).map(({ id }) => id));
export const isManyToMany = (relationship: XmlElement) => children(relationship, 'FirstEntityName').length > 0;
