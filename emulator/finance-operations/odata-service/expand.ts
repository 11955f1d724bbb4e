import { parseExpand, parseSelect } from '../../odata/index.ts';
import type { ColumnValue, Condition } from '../../query/index.ts';
import type { DataEntity, EntityRow } from '../contract.ts';
import { faults } from '../faults.ts';
import { eventFilter } from '../security/event-security.ts';
import { companyFilter, requireRight, type Call, type ServiceParts } from './call.ts';
import { navigationsOf, type Navigation } from './navigation.ts';
import { writeRow } from './write-row.ts';

export interface Expansion extends Navigation {
  readonly wanted: readonly string[] | undefined;
}

/** Reads `$expand`: one level, with `$select` inside at most. @throws Fault for a name there is not, and for what is deeper */
export function readExpand({ entity, entities, user, options }: Call, { store }: ServiceParts): Expansion[] {
  const text = options.get('$expand');
  if (text === undefined) return [];
  const there = navigationsOf(entity, entities);
  return parseExpand(text).map(({ navigation, isReference, options: inner }) => {
    const found = there.find(({ name }) => name === navigation);
    if (found === undefined)
      throw faults.badRequest(
        `The query specified in the URI is not valid. Could not find a property named '${navigation}' on type 'Microsoft.Dynamics.DataEntities.${entity.set}'.`,
      );
    requireRight(user, found.target, 'read', store);
    const other = [...inner.keys()].find((name) => name !== '$select');
    if (isReference || other !== undefined)
      throw faults.badRequest(
        `The query specified in the URI is not valid. Only the first level can be expanded, with $select; '${other ?? '$ref'}' is not supported.`,
      );
    const wanted = inner.has('$select') ? parseSelect(inner.get('$select')!) : undefined;
    const unknown = wanted?.find((name) => !found.target.fields.has(name));
    if (unknown !== undefined)
      throw faults.badRequest(
        `The query specified in the URI is not valid. Could not find a property named '${unknown}' on type 'Microsoft.Dynamics.DataEntities.${found.target.set}'.`,
      );
    return { ...found, wanted };
  });
}

/** What each of the rows leads to, by navigation property; one query for all of them. */
export function expandRows(
  expand: readonly Expansion[],
  rows: readonly EntityRow[],
  call: Call,
  parts: ServiceParts,
): Record<string, unknown>[] {
  const found = expand.map((one) => follow(one, rows, call, parts));
  return rows.map((_row, index) => Object.fromEntries(expand.map(({ name }, place) => [name, found[place]![index]])));
}

const keyOf = (values: readonly unknown[]) => values.map((value) => String(value).toLowerCase()).join('|');

/** Rows of the call's entity that its path leads to, as far as its user may see them. */
export const followed = (call: Call, parts: ServiceParts): EntityRow[] =>
  readTargets(call.entity, [call.within!], call, parts);

function follow(
  { target, fields, wanted, isCollection }: Expansion,
  rows: readonly EntityRow[],
  call: Call,
  parts: ServiceParts,
) {
  const here = Object.keys(fields);
  const there = Object.values(fields);
  const tuples = new Map(rows.map((row) => here.map((name) => row[name]!)).map((values) => [keyOf(values), values]));
  const of = [...tuples.values()].map((values): Condition => ({
    kind: 'all',
    of: values.map((right, index) => ({
      kind: 'compare',
      left: { column: there[index]! },
      operator: 'eq',
      right: right as ColumnValue,
    })),
  }));
  const targets = of.length === 0 ? [] : readTargets(target, of, call, parts);
  const byKey = new Map<string, Record<string, unknown>[]>();
  for (const row of targets) {
    const key = keyOf(there.map((name) => row[name]));
    byKey.set(key, [...(byKey.get(key) ?? []), writeRow(target, row, { wanted })]);
  }
  return rows.map((row) => {
    const matches = byKey.get(keyOf(here.map((name) => row[name]))) ?? [];
    return isCollection ? matches : (matches[0] ?? null);
  });
}

/** Conditions of one statement: SQLite takes so many parameters. */
const chunk = 400;

/** Rows of other companies than the user's are nobody's to follow; those of companies not asked for are. */
function readTargets(
  target: DataEntity,
  of: readonly Condition[],
  { user }: Call,
  { store }: ServiceParts,
): EntityRow[] {
  const permitted = [
    companyFilter({ entity: target, user, crossCompany: true }),
    eventFilter(target.set, user, store),
  ].filter((one) => one !== undefined);
  const found: EntityRow[] = [];
  for (let from = 0; from < of.length; from += chunk)
    found.push(
      ...store.query({
        table: target.name,
        columns: [...target.shape.columns.keys()],
        joins: [],
        order: [],
        filter: {
          kind: 'all',
          of: [{ kind: 'any', of: of.slice(from, from + chunk) }, ...permitted],
        },
      }),
    );
  return found;
}
