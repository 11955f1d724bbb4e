import { notEmulated } from '../../kernel/index.ts';
import type { ColumnShape, ColumnType, TableShape } from '../../query/index.ts';
import type { DataEntity, DataEntityAction, EntityField, EntityRelation, EntityRow } from '../contract.ts';

export type { ActionParameter, ActionType } from '../contract.ts';
import { enums } from '../enums.ts';
import type { EntityStore } from '../entity-store.ts';
import { faults } from '../faults.ts';
import type { Untracked } from '../row-versions/untracked.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { virtualFields } from './virtual-fields.ts';

/** How rows of an entity are written; what it lacks is refused by name. */
export interface EntityWriter {
  insert?(values: EntityRow, store: EntityStore, work: UnitOfWork): void;
  update?(before: EntityRow, values: EntityRow, store: EntityStore, work: UnitOfWork): void;
  delete?(before: EntityRow, store: EntityStore, work: UnitOfWork): void;
}

export type ActionValue = string | number | boolean;

/** An action with what it does. */
export interface EntityAction extends DataEntityAction {
  run(call: ActionCall): ActionValue | readonly ActionValue[] | readonly EntityRow[] | void;
}

export interface ActionCall {
  readonly values: Readonly<Record<string, ActionValue>>;
  /** The row it is bound to; undefined for one of the set. */
  readonly row: EntityRow | undefined;
  readonly store: EntityStore;
  readonly work: UnitOfWork;
  /** Security roles of who calls it. */
  readonly roles: readonly string[];
}

/** A data entity with its writing side and, when it is a view over base tables, its SQL. */
export interface EntityDefinition extends DataEntity {
  readonly writer: EntityWriter;
  /** `create view …`; undefined when the entity is stored as it is. */
  readonly view: string | undefined;
  /** It shows what business logic writes. */
  readonly isReadOnly?: boolean | undefined;
  readonly actions: readonly EntityAction[];
}

/** Stands for "no date". */
export const noDate = '1900-01-01T00:00:00Z';

/** A day as date fields carry it: noon, so that no time zone moves it. */
export const dayValue = (text: string): string =>
  text.startsWith('1900-01-01') ? noDate : `${text.slice(0, 10)}T12:00:00Z`;

/** The end of an address that is still in force. */
export const endOfTime = '2154-12-31T23:59:59Z';

const columnTypes: Record<EntityField['type'], ColumnType> = {
  string: 'text',
  enum: 'text',
  guid: 'text',
  real: 'decimal',
  int: 'integer',
  int64: 'bigint',
  date: 'datetime',
  utcDateTime: 'datetime',
};

export function columnShape(field: EntityField): ColumnShape {
  return { name: field.name, type: columnTypes[field.type] };
}

interface Given {
  readonly name: string;
  readonly set: string;
  readonly label: string;
  readonly id: number;
  readonly key: readonly string[];
  readonly fields: readonly EntityField[];
  readonly storedAs: string;
  readonly writer: EntityWriter;
  readonly view?: string;
  readonly sameRowsAs?: string;
  readonly relations?: readonly EntityRelation[];
  readonly actions?: readonly EntityAction[];
  readonly untracked?: Untracked;
}

export function defineEntity({ fields, storedAs, view, actions = [], ...given }: Given): EntityDefinition {
  // A field whose enum nobody has published the symbols of is left out.
  const known = fields.filter(({ type, enumType = '' }) => type !== 'enum' || enums[enumType] !== undefined);
  const virtual = virtualFields[given.name] ?? [];
  const byName = new Map(
    known.map((field) => [field.name, virtual.includes(field.name) ? { ...field, isVirtual: true } : field]),
  );
  const columns = new Map<string, ColumnShape>([
    ['RecId', { name: 'RecId', type: 'bigint' }],
    ...known.map((field): [string, ColumnShape] => [field.name, columnShape(field)]),
  ]);
  const shape: TableShape = { name: given.name, storedAs, key: given.key, columns };
  const isReadOnly = readOnlyWriters.has(given.writer);
  return { ...given, fields: byName, isCompanyBound: byName.has('dataAreaId'), shape, view, isReadOnly, actions };
}

/** Time zone of what nobody gave one. Decided: countries have none here. */
export const usualTimeZone = 'GMT_COORDINATEDUNIVERSALTIME';

/** What a field holds when nothing was given. */
export function emptyValue(field: EntityField, enums: Readonly<Record<string, readonly string[]>>): string | number {
  if (field.type === 'real' || field.type === 'int' || field.type === 'int64') return 0;
  if (field.type === 'date' || field.type === 'utcDateTime') return noDate;
  if (field.type !== 'enum') return '';
  return field.enumType === 'Timezone' ? usualTimeZone : (enums[field.enumType ?? '']?.[0] ?? '');
}

const readOnlyWriters = new WeakSet<EntityWriter>();

/** Writer of an entity that shows what business logic has written. */
export function readOnly(set: string): EntityWriter {
  const refuse = () => {
    throw faults.readOnly(set);
  };
  const writer: EntityWriter = { insert: refuse, update: refuse, delete: refuse };
  readOnlyWriters.add(writer);
  return writer;
}

export function refuseWrite(entity: DataEntity, verb: string): never {
  throw notEmulated(`${verb} of the data entity '${entity.set}'`, 'Write the entity that owns the data.');
}
