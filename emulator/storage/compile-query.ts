import {
  fold,
  mostLevels,
  type ChildCount,
  type ColumnPath,
  type ColumnShape,
  type ColumnValue,
  type Comparison,
  type Condition,
  type Join,
  type OrderKey,
  type Query,
  type TableShape,
  type Term,
} from '../query/index.ts';
import { columnOf, foldedName, isPolymorphic, isText, quote, tableName, toSql } from './columns.ts';
import type { SqlValue } from './database.ts';
import { jsonList } from './json-list.ts';
import { likeToGlob } from './like-pattern.ts';
import { localTime } from './local-time.ts';
import { renamed, renamedJoin } from './rename-alias.ts';
import { rootAlias, selectionOf, valuesOf, type Selection } from './selection.ts';

export type Shapes = (table: string) => TableShape;

/** SQL, of a whole query or a part of one, and the values of its question marks. */
export interface CompiledQuery {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** What is selected of one source; the root's alias is undefined. */
export interface SelectedSource {
  readonly alias: string | undefined;
  readonly selection: Selection;
  /** Where it begins in a line of the result. */
  readonly start: number;
  /** How many of its columns, from the first, are the key of its table. */
  readonly keyLength: number;
}

/** What the statement of a query selects, in order: the root's columns, those of each link, then the counts of children. */
export function selectedSources(query: Query, shapes: Shapes): SelectedSource[] {
  const sources: SelectedSource[] = [];
  let start = 0;
  const add = (alias: string | undefined, shape: TableShape, key: readonly string[], names: readonly string[]) => {
    const selection = selectionOf(shape, [...new Set([...key, ...names])]);
    sources.push({ alias, selection, start, keyLength: shape.key.length });
    start += selection.width;
  };
  const root = shapes(query.table);
  add(undefined, root, query.distinct ? [] : root.key, query.columns);
  for (const { alias, table, columns } of query.joins)
    if (columns.length > 0) add(alias, shapes(table), shapes(table).key, columns);
  return sources;
}

const childAlias = 'child';

/** One SQL statement for the whole query: joins, filter, order and page; every value is a parameter. */
export function compileQuery(query: Query, shapes: Shapes): CompiledQuery {
  return new Compiler(query, shapes).compile();
}

/**
 * The same, answered as one text: a list of rows as JSON, each a list of its values; null where there are no rows. The step
 * from the store into JavaScript costs more than reading does, and this takes it once, not once a value. Fractions come as
 * text, so that no digit is lost.
 */
export function compileText(query: Query, shapes: Shapes): CompiledQuery {
  const { sql, parameters } = new Compiler(query, shapes, true).compile();
  return { sql: `select '[' || group_concat(line) || ']' from (${sql})`, parameters };
}

/** Counts what the query matches, looking no further than `ceiling` rows. */
export function compileCount(query: Query, shapes: Shapes, ceiling: number): CompiledQuery {
  const bare: Query = { ...query, columns: [], order: [], top: ceiling, skip: undefined };
  const { sql, parameters } = new Compiler(bare, shapes).compile();
  return { sql: `select count(*) as "count" from (${sql})`, parameters };
}

/** Turns the parts of one query into SQL. Used once: it numbers what it adds. */
export class Compiler {
  private readonly tables = new Map<string, TableShape>();
  private readonly extraJoins: string[] = [];
  private nextExists = 0;

  constructor(
    private readonly query: Query,
    private readonly shapes: Shapes,
    private readonly asText = false,
  ) {
    this.tables.set(rootAlias, shapes(query.table));
    for (const join of query.joins) this.tables.set(join.alias, shapes(join.table));
  }

  /** Stretches are read one after another, and none that begins behind the last row wanted is begun. */
  compile(): CompiledQuery {
    const { query } = this;
    // Before the source: an order may add joins to it.
    const order = compiled((parameters) => this.order(query.order, parameters));
    const selected = compiled((parameters) => `${this.selected(parameters)} `);
    const source = compiled((parameters) => this.source(parameters));
    const page = compiled((parameters) => this.page(parameters));
    if (query.stretches === undefined) return together(selected, source, order, page);
    const parts = query.stretches.map((stretch) => together(selected, source, this.narrowed(stretch), order, page));
    return {
      sql: `${parts.map(({ sql }) => `select * from (${sql})`).join(' union all ')} limit ?`,
      parameters: [...parts.flatMap(({ parameters }) => parameters), query.top ?? -1],
    };
  }

  /** Behind the source: of its rows, only these. */
  private narrowed(stretch: Condition): CompiledQuery {
    const word = this.query.filter === undefined ? 'where' : 'and';
    return compiled((parameters) => ` ${word} ${this.condition(stretch, parameters)}`);
  }

  /** `from … where …`: the rows the query is about. */
  source(parameters: SqlValue[]): string {
    const { query } = this;
    const joins = query.joins.map((join) => this.join(join, parameters));
    const where = query.filter === undefined ? '' : ` where ${this.condition(query.filter, parameters)}`;
    const from = `${quote(this.table(undefined).storedAs)} as ${quote(rootAlias)}`;
    return `from ${[from, ...joins, ...this.extraJoins].join(' ')}${where}`;
  }

  private selected(parameters: SqlValue[]): string {
    const { query } = this;
    const parts = selectedSources(query, this.shapes).flatMap(({ alias, selection }) => {
      const values = valuesOf(selection, alias);
      return this.asText ? values.asText : values.plain;
    });
    for (const count of query.childCounts ?? []) parts.push(this.childCount(count, parameters));
    const values = this.asText ? `${jsonList(parts)} as line` : parts.join(', ') || '1';
    return `select ${query.distinct ? 'distinct ' : ''}${values}`;
  }

  private childCount({ parent, filter }: ChildCount, parameters: SqlValue[]): string {
    const table = this.table(undefined);
    this.tables.set(childAlias, table);
    const on = `${this.sql(childAlias, parent)} = ${this.sql(undefined, table.key[0]!)}`;
    const more = filter === undefined ? '' : ` and ${this.condition(filter, parameters)}`;
    const from = `${quote(table.storedAs)} as ${quote(childAlias)}`;
    return `(select count(*) from ${from} where ${on}${more})`;
  }

  private join(join: Join, parameters: SqlValue[]): string {
    if (join.firstOnly) return this.joinFirst(join, parameters);
    const on = `${this.sql(join.alias, join.from)} = ${this.sql(join.parent, join.to)}${this.targetCheck(join)}`;
    const filter = join.filter === undefined ? '' : ` and ${this.condition(join.filter, parameters)}`;
    return `${join.kind === 'inner' ? 'join' : 'left join'} ${quote(this.table(join.alias).storedAs)} as ${quote(join.alias)} on ${on}${filter}`;
  }

  /** The first row, by its key, among those that match. */
  private joinFirst(join: Join, parameters: SqlValue[]): string {
    const alias = `${join.alias}_first`;
    const table = this.table(join.alias);
    this.tables.set(alias, table);
    const inner = { ...join, alias };
    const key = table.key[0]!;
    const on = `${this.sql(alias, join.from)} = ${this.sql(join.parent, join.to)}${this.targetCheck(inner)}`;
    const filter =
      join.filter === undefined ? '' : ` and ${this.condition(renamed(join.filter, join.alias, alias), parameters)}`;
    const first = `select ${this.sql(alias, key)} from ${quote(table.storedAs)} as ${quote(alias)} where ${on}${filter} order by 1 limit 1`;
    return `left join ${quote(table.storedAs)} as ${quote(join.alias)} on ${this.sql(join.alias, key)} = (${first})`;
  }

  /** A polymorphic lookup joins the rows of the table it names only. */
  private targetCheck(join: Pick<Join, 'parent' | 'to' | 'table' | 'alias' | 'from'>): string {
    const checks = (
      [
        [join.parent, join.to, join.table],
        [join.alias, join.from, this.table(join.parent).name],
      ] as const
    ).map(([alias, column, table]) =>
      isPolymorphic(this.column({ alias, column }))
        ? ` and ${this.sql(alias, tableName(column))} = '${table.replaceAll("'", "''")}'`
        : '',
    );
    return checks.join('');
  }

  page(parameters: SqlValue[]): string {
    const { top, skip } = this.query;
    // Without a limit the order of what a text is made of is nobody's promise.
    if (top === undefined && skip === undefined) return this.asText ? ' limit -1' : '';
    parameters.push(top ?? -1, skip ?? 0);
    return ' limit ? offset ?';
  }

  /** Nulls first, then the values in the order given, then what is not among them. */
  private rank(path: ColumnPath, column: ColumnShape, ranks: readonly ColumnValue[], parameters: SqlValue[]): string {
    const value = this.compared(path, column);
    if (ranks.length === 0) return value;
    parameters.push(...ranks.map((one) => parameter(column, one)));
    return `case ${value} ${ranks.map((_one, index) => `when ? then ${index + 1}`).join(' ')} else iif(${value} is null, 0, ${ranks.length + 1}) end`;
  }

  private order(keys: readonly OrderKey[], parameters: SqlValue[]): string {
    const parts = keys.map((key) => `${this.orderValue(key, parameters)}${key.descending ? ' desc' : ''}`);
    if (!this.query.distinct) parts.push(...this.table(undefined).key.map((name) => this.sql(undefined, name)));
    return parts.length === 0 ? '' : ` order by ${parts.join(', ')}`;
  }

  /** A lookup sorts by what it shows: the primary name of the row it points at. */
  private orderValue(key: OrderKey, parameters: SqlValue[]): string {
    const column = this.column(key);
    if (key.ranks !== undefined) return this.rank(key, column, key.ranks, parameters);
    if (column.type !== 'lookup') return this.compared(key, column);
    const names = (column.targets ?? []).flatMap((target) => {
      const shape = this.shapes(target);
      const name = [...shape.columns.values()].find((one) => one.isPrimaryName);
      if (name === undefined) return [];
      const alias = `order${this.extraJoins.length}`;
      this.tables.set(alias, shape);
      const link = { parent: key.alias, to: key.column, table: target, alias, from: shape.key[0]! };
      this.extraJoins.push(
        `left join ${quote(shape.storedAs)} as ${quote(alias)} on ${this.sql(alias, link.from)} = ${this.sql(key.alias, key.column)}${this.targetCheck(link)}`,
      );
      return [this.sql(alias, foldedName(name.name))];
    });
    if (names.length === 0) return this.sql(key.alias, key.column);
    return names.length === 1 ? names[0]! : `coalesce(${names.join(', ')})`;
  }

  private condition(condition: Condition, parameters: SqlValue[]): string {
    switch (condition.kind) {
      case 'all':
      case 'any':
        if (condition.of.length === 0) return condition.kind === 'all' ? '1' : '0';
        return `(${flat(condition)
          .map((part) => this.condition(part, parameters))
          .join(condition.kind === 'all' ? ' and ' : ' or ')})`;
      case 'not':
        return this.negated(condition.of, parameters);
      case 'compare':
        return this.compare(condition.left, condition.operator, condition.right, parameters);
      case 'compareColumns':
        return this.compareColumns(condition.left, condition.operator, condition.right);
      case 'compareTerms': {
        const left = this.term(condition.left, parameters);
        const right = this.term(condition.right, parameters);
        return condition.operator === 'ne'
          ? `${left} is not ${right}`
          : `${left} ${symbols[condition.operator]} ${right}`;
      }
      case 'in':
        return this.isIn(condition.left, condition.values, parameters);
      case 'like':
        return this.like(condition.left, condition.pattern, parameters);
      case 'quarter': {
        const value = localTime(this.sql(condition.left.alias, condition.left.column), condition.timeZone, parameters);
        parameters.push(condition.quarter);
        return `(cast(strftime('%m', ${value}) as integer) + 2) / 3 = ?`;
      }
      case 'hierarchy':
        return this.hierarchy(condition, parameters);
      case 'exists':
        return this.exists(condition, parameters);
    }
  }

  /** The platform's not-equal conditions keep nulls; SQL's `not` of an unknown would lose them. */
  private negated(condition: Condition, parameters: SqlValue[]): string {
    return `not coalesce(${this.condition(condition, parameters)}, 0)`;
  }

  private compare(left: ColumnPath, operator: Comparison, right: ColumnValue, parameters: SqlValue[]): string {
    const column = this.column(left);
    const value = this.compared(left, column);
    // The plus keeps a sparse index out of it, whose rows, often many, would have to be sorted for each page.
    if (right === null)
      return operator === 'eq' ? `${value} is null` : operator === 'ne' ? `+${value} is not null` : '0';
    parameters.push(parameter(column, right));
    if (operator === 'ne') return `(${value} <> ? or ${value} is null)`;
    return `${value} ${symbols[operator]} ?`;
  }

  private compareColumns(left: ColumnPath, operator: Comparison, right: ColumnPath): string {
    const [a, b] = [this.compared(left, this.column(left)), this.compared(right, this.column(right))];
    return operator === 'ne' ? `${a} is not ${b}` : `${a} ${symbols[operator]} ${b}`;
  }

  /** Numbers are taken as they are kept; whole numbers divide to whole ones. */
  private term(term: Term, parameters: SqlValue[]): string {
    if (term.kind === 'column') return this.sql(term.path.alias, term.path.column);
    if (term.kind === 'value') {
      parameters.push(term.value);
      return '?';
    }
    const [left, right] = [this.term(term.left, parameters), this.term(term.right, parameters)];
    return `(${left} ${arithmetic[term.operator]} ${right})`;
  }

  private isIn(left: ColumnPath, values: readonly ColumnValue[], parameters: SqlValue[]): string {
    const column = this.column(left);
    if (values.length === 0) return '0';
    parameters.push(...values.map((value) => parameter(column, value)));
    return `${this.compared(left, column)} in (${values.map(() => '?').join(', ')})`;
  }

  private like(left: ColumnPath, pattern: string, parameters: SqlValue[]): string {
    parameters.push(likeToGlob(fold(pattern)));
    return `${this.compared(left, this.column(left))} glob ?`;
  }

  private exists({ join, joins = [], filter }: Extract<Condition, { kind: 'exists' }>, parameters: SqlValue[]): string {
    const alias = `${join.alias}_${this.nextExists++}`;
    const inner = { ...join, alias };
    this.tables.set(alias, this.shapes(join.table));
    for (const one of joins) this.tables.set(one.alias, this.shapes(one.table));
    const on = `${this.sql(alias, join.from)} = ${this.sql(join.parent, join.to)}${this.targetCheck(inner)}`;
    const further = joins.map((one) => this.join(renamedJoin(one, join.alias, alias), parameters));
    const parts = [join.filter, filter]
      .filter((part) => part !== undefined)
      .map((part) => this.condition(renamed(part, join.alias, alias), parameters));
    const from = [`${quote(this.table(alias).storedAs)} as ${quote(alias)}`, ...further].join(' ');
    return `exists (select 1 from ${from} where ${[on, ...parts].join(' and ')})`;
  }

  /** Walks from the row up, or down, one level a step. */
  private hierarchy(condition: Extract<Condition, { kind: 'hierarchy' }>, parameters: SqlValue[]): string {
    const { left, direction, id, self } = condition;
    const shape = this.shapes(condition.table);
    const [key, parent] = [quote(shape.key[0]!), quote(condition.parent)];
    const [next, joined] = direction === 'under' ? [key, parent] : [parent, key];
    parameters.push(id, mostLevels);
    const step = `select ${next}, level + 1 from ${quote(shape.storedAs)} join walk on ${joined} = walk.id where ${next} is not null and level < ?`;
    const walk = `with recursive walk(id, level) as (select ?, 0 union ${step})`;
    return `${this.sql(left.alias, left.column)} in (${walk} select id from walk where level >= ${self ? 0 : 1})`;
  }

  compared(path: ColumnPath, column: ColumnShape): string {
    return this.sql(path.alias, isText(column.type) ? foldedName(path.column) : path.column);
  }

  column({ alias, column }: ColumnPath): ColumnShape {
    return columnOf(this.table(alias), column);
  }

  private table(alias: string | undefined): TableShape {
    const shape = this.tables.get(alias ?? rootAlias);
    if (shape === undefined) throw new Error(`The query has no join named '${alias}'.`);
    return shape;
  }

  sql(alias: string | undefined, column: string): string {
    return `${quote(alias ?? rootAlias)}.${quote(column)}`;
  }
}

/** What is written while it collects its values. */
function compiled(write: (parameters: SqlValue[]) => string): CompiledQuery {
  const parameters: SqlValue[] = [];
  return { sql: write(parameters), parameters };
}

const together = (...parts: readonly CompiledQuery[]): CompiledQuery => ({
  sql: parts.map(({ sql }) => sql).join(''),
  parameters: parts.flatMap(({ parameters }) => parameters),
});

const arithmetic = { add: '+', sub: '-', mul: '*', div: '/', mod: '%' } as const;
const symbols: Record<Comparison, string> = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' };

function parameter(column: ColumnShape, value: ColumnValue): SqlValue {
  if (isText(column.type)) return fold(String(value));
  if (column.type === 'lookup' && typeof value === 'string') return value;
  return toSql(column, value)[0]!;
}

/** `(a or b) or c` as one list: deep nesting overflows the stack of SQLite's parser, a long list does not. */
function flat({ kind, of }: Extract<Condition, { kind: 'all' | 'any' }>): Condition[] {
  return of.flatMap((part) => (part.kind === kind ? flat(part) : [part]));
}
