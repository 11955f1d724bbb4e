import type { EntityField, EntityRelation, EntityRow, EntityValue } from '../contract.ts';
import type { EntityStore } from '../entity-store.ts';
import { enums } from '../enums.ts';
import { refused } from '../faults.ts';
import { requireNoDependents } from '../rules/dependents.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { defineEntity, emptyValue, type EntityAction, type EntityDefinition } from './entity.ts';

export interface Stored {
  readonly name: string;
  readonly set: string;
  readonly label: string;
  readonly id: number;
  readonly key: readonly string[];
  /** Texts of the key that may be empty. */
  readonly optionalKey?: readonly string[];
  readonly fields: readonly EntityField[];
  readonly relations?: readonly EntityRelation[];
  readonly actions?: readonly EntityAction[];
  /** Table it is kept in; its own by default. */
  readonly storedAs?: string;
  /** Values of a new row that were not given: number sequences, initValue. */
  readonly defaults?: (values: EntityRow, store: EntityStore, work: UnitOfWork) => EntityRow;
  /** Rules of a row as it will be (validateWrite); `before` is missing for a new one. @throws Fault with the infolog's words */
  readonly validate?: (after: EntityRow, before: EntityRow | undefined, store: EntityStore) => void;
  /** Rules of a row that is deleted (validateDelete), after those of what stands on it. @throws Fault with the infolog's words */
  readonly validateDelete?: (before: EntityRow, store: EntityStore) => void;
  /** What follows a write. */
  readonly written?: (after: EntityRow, before: EntityRow | undefined, store: EntityStore, work: UnitOfWork) => void;
}

/** An entity that is stored as it is: rows go in, change and go out by their key and the rules given. */
export function storedEntity({
  defaults,
  validate,
  validateDelete,
  written,
  optionalKey = [],
  ...given
}: Stored): EntityDefinition {
  const entity: EntityDefinition = defineEntity({
    ...given,
    storedAs: given.storedAs ?? `fno$${given.name}`,
    writer: {
      insert(values, store, work) {
        const row = newRow(entity, { ...values, ...defaults?.(values, store, work) });
        const empty = given.key.find(
          (name) => row[name] === '' && !optionalKey.includes(name) && entity.fields.get(name)!.type === 'string',
        );
        if (empty !== undefined) throw refused(`Field '${empty}' must be filled in.`);
        const key = keyOf(entity, row);
        if (store.read(entity.shape, key) !== undefined)
          throw refused(`Cannot create a record in ${given.label}. The record already exists.`);
        validate?.(row, undefined, store);
        work.touch(given.name, key);
        store.insert(entity.shape, row);
        written?.(row, undefined, store, work);
      },
      update(before, values, store, work) {
        const after = { ...before, ...values };
        validate?.(after, before, store);
        work.touch(given.name, before);
        store.update(entity.shape, before, values);
        written?.(after, before, store, work);
      },
      delete(before, store, work) {
        requireNoDependents(given.name, before, store);
        validateDelete?.(before, store);
        work.touch(given.name, before);
        store.remove(entity.shape, before);
      },
    },
  });
  return entity;
}

/** A whole row of an entity: what is not given is empty. */
export function newRow(entity: EntityDefinition, values: EntityRow): EntityRow {
  return Object.fromEntries(
    [...entity.fields.values()].map((field): [string, EntityValue] => [
      field.name,
      values[field.name] ?? emptyValue(field, enums),
    ]),
  );
}

export const keyOf = (entity: EntityDefinition, row: EntityRow): EntityRow =>
  Object.fromEntries(entity.key.map((name) => [name, row[name]!]));
