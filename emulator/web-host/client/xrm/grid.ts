import type { ControlState, FormModel } from '../form/form-model';
import type { GridState } from '../list/grid-state';
import { formattedKey, lookupTableKey, type Row } from '../web-api/web-api';
import { collection, removeHandler, type Handler } from './collection';
import { membersOf } from './members-of';

const braced = (id: string) => `{${id.toUpperCase()}}`;
const contextTypes = { unrelated: 3, related: 4 } as const;

/** What a grid on a form has beside what every control has. */
export function gridMembers(
  control: ControlState,
  model: FormModel,
  contextOf: (source: object) => unknown,
  self: () => object,
) {
  const state = () => model.gridOf(control.id);
  state().tell = () => state().onLoad.forEach((handler) => handler(contextOf(self())));
  return gridStateMembers(state);
}

export function gridStateMembers(state: () => GridState) {
  return {
    getEntityName: () => state().table,
    getFetchXml: () => state().fetchXml,
    getGrid: () => gridOf(state),
    getContextType: () => (state().relationship === undefined ? contextTypes.unrelated : contextTypes.related),
    getRelationship: () => state().relationship ?? null,
    getUrl: () => location.href,
    getViewSelector: () => viewSelectorOf(state),
    addOnLoad: (handler: Handler) => void state().onLoad.push(handler),
    removeOnLoad: (handler: Handler) => removeHandler(state().onLoad, handler),
    refresh: () => state().refresh(),
    refreshRibbon: () => undefined,
  };
}

/** What scripts and commands know a list by. */
export const gridControl = (state: GridState): object =>
  membersOf(
    'the grid',
    gridStateMembers(() => state),
  );

function gridOf(state: () => GridState): object {
  const rowsOf = (rows: readonly Row[]) => collection(() => rows.map((row) => rowOf(row, state())), idOfRow);
  return membersOf('the grid', {
    getRows: () => rowsOf(state().rows),
    getSelectedRows: () => rowsOf(state().selectedRows()),
    getTotalRecordCount: () => state().total,
  });
}

interface GridRow {
  getData(): { getEntity(): { getId(): string } };
}

const idOfRow = (row: object) => (row as GridRow).getData().getEntity().getId();

function rowOf(row: Row, { table, primaryId, primaryName }: GridState): object {
  const id = String(row[primaryId]);
  const entity = membersOf('a row of the grid', {
    getId: () => braced(id),
    getEntityName: () => table,
    getEntityReference: () => ({ id, entityType: table, name: String(row[primaryName] ?? '') }),
    getPrimaryAttributeValue: () => String(row[primaryName] ?? ''),
    attributes: collection(() => namesIn(row).map((name) => cellOf(row, name))),
  });
  const data = membersOf('a row of the grid', { entity, getEntity: () => entity });
  return membersOf('a row of the grid', { data, getData: () => data });
}

/** Columns of a row as it was read, lookups by the column's own name. */
const namesIn = (row: Row): string[] => [
  ...new Set(
    Object.keys(row)
      .filter((key) => !key.includes('@'))
      .map((key) => /^_(.+)_value$/.exec(key)?.[1] ?? key),
  ),
];

function cellOf(row: Row, name: string): object {
  const lookup = row[`_${name}_value`];
  const value =
    typeof lookup === 'string'
      ? [{ id: lookup, entityType: row[lookupTableKey(name)], name: row[formattedKey(`_${name}_value`)] }]
      : (row[name] ?? null);
  return membersOf(`column '${name}'`, { getName: () => name, getValue: () => value });
}

/** Type codes of the tables views are rows of. */
const viewTypes = { system: 1039, personal: 4230 } as const;

function viewSelectorOf(state: () => GridState): object {
  return membersOf('the view selector', {
    getCurrentView: () => ({
      id: braced(state().viewId),
      entityType: state().isPersonalView ? viewTypes.personal : viewTypes.system,
      name: state().viewName,
    }),
    isVisible: () => false,
  });
}
