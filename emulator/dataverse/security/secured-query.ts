import type { ColumnPath, Condition, Join, Query } from '../../query/index.ts';
import type { Caller } from '../contract.ts';
import { faults } from '../faults.ts';
import { requireStored } from '../metadata/computed-columns.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import type { ColumnSecurity } from './column-security.ts';
import { isIntersect } from './intersect-tables.ts';
import type { RowAccess } from './row-access.ts';

interface Guards {
  readonly metadata: MetadataCatalogue;
  readonly access: RowAccess;
  readonly columnSecurity: ColumnSecurity;
}

/**
 * The query as this caller may ask it: root, links and lambdas see the rows the caller reaches and no others.
 *
 * Decided: a condition, an order or a figure on a column the caller may not read is refused, so that nothing can be learnt from
 * which rows come back, or in which order.
 *
 * @throws Fault 0x80040220 for a table without the privilege, 0x8004f504 for a hidden column, 501 for a computed one
 */
export function securedQuery(query: Query, caller: Caller, guards: Guards): Query {
  return new Securing(query, caller, guards).run();
}

class Securing {
  private readonly tables = new Map<string, string>();
  private readonly hidden = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly query: Query,
    private readonly caller: Caller,
    private readonly guards: Guards,
  ) {
    this.tables.set('', query.table);
    for (const join of query.joins) this.tables.set(join.alias, join.table);
  }

  run(): Query {
    const { query } = this;
    this.requireStored(query.table, query.columns);
    for (const { table, columns } of query.joins) this.requireStored(table, columns);
    for (const key of query.order) this.requireVisible(key);
    const { groups = [], figures = [] } = query.aggregation ?? {};
    for (const { path } of [...groups, ...figures]) if (path !== undefined) this.requireVisible(path);
    const joins = query.joins.map((join) => ({ ...join, filter: this.narrowed(join) }));
    const filter = all(query.filter && this.condition(query.filter), this.reached(query.table, undefined));
    const childCounts = query.childCounts?.map((one) => ({ ...one, filter: this.reached(query.table, 'child') }));
    return { ...query, joins, filter, childCounts };
  }

  private narrowed({ filter, table, alias, parent, from, to }: Omit<Join, 'kind' | 'columns'>): Condition | undefined {
    this.requireVisible({ alias: parent, column: to });
    this.requireVisible({ alias, column: from });
    return all(filter && this.condition(filter), this.reached(table, alias));
  }

  private reached(table: string, alias: string | undefined): Condition | undefined {
    const { metadata, access } = this.guards;
    // Nobody has privileges on the table of pairs: who reads both sides reads what joins them.
    if (alias !== undefined && isIntersect(table, metadata)) return undefined;
    return access.condition(this.caller, 'Read', metadata.table(table)!, alias);
  }

  private condition(condition: Condition): Condition {
    switch (condition.kind) {
      case 'all':
      case 'any':
        return { ...condition, of: condition.of.map((part) => this.condition(part)) };
      case 'not':
        return { ...condition, of: this.condition(condition.of) };
      case 'exists': {
        const { join, joins, filter } = condition;
        for (const one of [join, ...(joins ?? [])]) this.tables.set(one.alias, one.table);
        return {
          ...condition,
          join: { ...join, filter: this.narrowed(join) },
          joins: joins?.map((one) => ({ ...one, filter: this.narrowed(one) })),
          filter: filter && this.condition(filter),
        };
      }
      case 'compareColumns':
        this.requireVisible(condition.right);
        break;
      case 'compareTerms':
        // Nothing that reads Dataverse writes arithmetic.
        throw new Error('Arithmetic in a condition on tables of Dataverse.');
    }
    this.requireVisible(condition.left);
    return condition;
  }

  private requireStored(table: string, columns: readonly string[]): void {
    const metadata = this.guards.metadata.table(table)!;
    for (const column of columns) requireStored(metadata, column);
  }

  private requireVisible({ alias, column }: ColumnPath): void {
    const name = this.tables.get(alias ?? '')!;
    this.requireStored(name, [column]);
    let hidden = this.hidden.get(name);
    if (hidden === undefined) {
      hidden = this.guards.columnSecurity.hidden(this.caller, this.guards.metadata.table(name)!);
      this.hidden.set(name, hidden);
    }
    if (hidden.has(column)) throw faults.hiddenColumn(column, name);
  }
}

function all(...conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const of = conditions.filter((one) => one !== undefined);
  return of.length < 2 ? of[0] : { kind: 'all', of };
}
