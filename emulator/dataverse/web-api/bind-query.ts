import { notEmulated } from '../../kernel/index.ts';
import {
  bindFilter,
  literalText,
  parseFilter,
  parseOrderBy,
  parseSelect,
  readLiteral,
  type LambdaScope,
  type Literal,
  type NameResolver,
  type ResolvedColumn,
} from '../../odata/index.ts';
import {
  findQueryFunction,
  type AskContext,
  type ColumnShape,
  type Condition,
  type Join,
  type OrderKey,
} from '../../query/index.ts';
import type { Shapes } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { navigationNamed } from './navigation.ts';
import { singleValued } from './read-body.ts';

export interface QueryBinding {
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly ask: AskContext;
  readonly aliases: ReadonlyMap<string, string>;
}

/** A query being built from OData options: paths through lookups add joins to it. */
export class QueryBinder implements NameResolver {
  readonly joins: Join[] = [];
  private readonly byPath = new Map<string, { alias: string; table: TableMetadata }>();
  private nextAlias = 0;

  constructor(
    readonly table: TableMetadata,
    private readonly binding: QueryBinding,
  ) {}

  filter(text: string): Condition {
    return bindFilter(parseFilter(text, this.binding.aliases), this);
  }

  orderBy(text: string): OrderKey[] {
    return parseOrderBy(text).map(({ path, descending }) => {
      const names = path.map((name) => this.binding.aliases.get(name) ?? name);
      return { ...this.column(names).path, descending };
    });
  }

  /** Columns of `$select`; navigation properties select nothing. */
  select(text: string): string[] {
    return parseSelect(text).flatMap((name) => {
      const column = columnNamed(this.table, name);
      if (column !== undefined) return [column];
      if (navigationNamed(this.table, name, this.binding.metadata) !== undefined) return [];
      throw faults.unknownProperty(name, this.table.logicalName);
    });
  }

  column(names: readonly string[], scope?: LambdaScope): ResolvedColumn {
    const [first, ...rest] = names as [string, ...string[]];
    const inner = findScope(scope, first);
    const start =
      inner === undefined
        ? { alias: undefined, table: this.table, names: [first, ...rest] }
        : { alias: inner.alias, table: this.requireTable(inner.table), names: rest };
    const last = start.names.at(-1) ?? '';
    const owner = this.walk(start.table, start.alias, start.names.slice(0, -1));
    const name = columnNamed(owner.table, last) ?? this.throughNavigation(owner.table, last);
    if (name === undefined) throw faults.unknownProperty(last, owner.table.logicalName);
    return {
      path: { alias: owner.alias, column: name },
      shape: this.binding.shapes(owner.table.logicalName).columns.get(name)!,
    };
  }

  /** `primarycontactid eq null` names the navigation property; the lookup is meant. */
  private throughNavigation(table: TableMetadata, name: string): string | undefined {
    return singleValued(table, name)?.referencingColumn;
  }

  private walk(
    table: TableMetadata,
    alias: string | undefined,
    path: readonly string[],
  ): { table: TableMetadata; alias: string | undefined } {
    if (alias !== undefined && path.length > 0)
      throw notEmulated('A path through a lookup inside a lambda', 'Compare the _x_value of the lookup.');
    let here = { table, alias };
    for (const name of path) {
      const relationship = singleValued(here.table, name);
      if (relationship === undefined) throw faults.unknownProperty(name, here.table.logicalName);
      if (here.table.columns.get(relationship.referencingColumn)?.attributeType === 'Owner')
        throw notEmulated(`A path through '${name}'`, 'Name owninguser or owningteam instead.');
      const target = this.requireTable(relationship.referencedTable);
      if (target.isVirtual)
        throw faults.virtualQuery(`The path '${name}' leads to the virtual table '${target.logicalName}'.`);
      const key = `${here.alias ?? ''}/${name}`;
      let known = this.byPath.get(key);
      if (known === undefined) {
        known = { alias: `j${this.nextAlias++}`, table: target };
        this.byPath.set(key, known);
        this.joins.push({
          alias: known.alias,
          table: target.logicalName,
          from: target.primaryId,
          to: relationship.referencingColumn,
          parent: here.alias,
          kind: 'outer',
          columns: [],
        });
      }
      here = { table: known.table, alias: known.alias };
    }
    return here;
  }

  /** A lambda's collection: of the root, or, with the variable of a lambda before it, of that lambda's rows. */
  collection(path: readonly string[], scope?: LambdaScope) {
    const around = findScope(scope, path[0]!);
    const [name, ...behind] = around === undefined ? path : path.slice(1);
    if (name === undefined || behind.length > 0)
      throw faults.queryNotSupported('A collection behind a lookup cannot be used in a lambda.');
    const table = around === undefined ? this.table : this.requireTable(around.table);
    const navigation = navigationNamed(table, name, this.binding.metadata);
    if (navigation?.kind === 'pairs')
      throw notEmulated(
        'A lambda over a many-to-many relationship',
        'Read the navigation property of one row instead.',
      );
    if (navigation?.kind !== 'children') throw faults.unknownProperty(name, table.logicalName);
    const child = navigation.table.logicalName;
    const alias = `l${this.nextAlias++}`;
    const join = { alias, table: child, from: navigation.column, to: table.primaryId, parent: around?.alias };
    return { join, scope: { variable: '', alias, table: child, outer: scope } };
  }

  value(column: ColumnShape, literal: Literal) {
    const value = readLiteral(column, literal);
    if (value !== undefined) return value;
    throw faults.queryNotSupported(
      `A binary operator with incompatible types was detected: the value '${literalText(literal)}' does not fit the column '${column.name}'.`,
    );
  }

  call(name: string, named: ReadonlyMap<string, Literal>): Condition | undefined {
    const short = /^(?:Microsoft\.Dynamics\.CRM|mscrm)\.(.+)$/.exec(name)?.[1];
    const operator = short === undefined ? undefined : findQueryFunction(short);
    const property = named.get('PropertyName');
    if (operator === undefined || property === undefined) return undefined;
    const column = this.property(literalText(property));
    const given = ['PropertyValues', 'PropertyValue', 'PropertyValue1', 'PropertyValue2'].flatMap(
      (name) => named.get(name) ?? [],
    );
    const texts = given.flatMap((one) => (one.type === 'array' ? one.items : [literalText(one)]));
    const values = texts.map((text) =>
      operator.values.startsWith('count') ? Number(text) : this.value(column.shape, { type: 'string', text }),
    );
    return operator.build(column.path, values, this.binding.ask, column.shape);
  }

  /** Query functions name a lookup by its logical name, filters by `_x_value`; both are understood. */
  private property(name: string): ResolvedColumn {
    const { columns, logicalName } = this.table;
    if (columns.get(name)?.type !== 'lookup') return this.column([name]);
    return { path: { column: name }, shape: this.binding.shapes(logicalName).columns.get(name)! };
  }

  unsupported(what: string): never {
    throw faults.queryNotSupported(`${what} is not supported.`);
  }

  private requireTable(name: string): TableMetadata {
    return this.binding.metadata.table(name)!;
  }
}

function findScope(scope: LambdaScope | undefined, variable: string): LambdaScope | undefined {
  for (let here = scope; here !== undefined; here = here.outer) if (here.variable === variable) return here;
  return undefined;
}

/** The column a property names: its logical name, or `_x_value` for a lookup. Case-sensitive. */
export function columnNamed(table: TableMetadata, property: string): string | undefined {
  const lookup = /^_(.+)_value$/.exec(property)?.[1];
  const name = lookup ?? property;
  const column = table.columns.get(name);
  if (column === undefined || (column.type === 'lookup') !== (lookup !== undefined)) return undefined;
  return name;
}

/** All columns a reader gets without `$select`. */
export function allColumns(table: TableMetadata): string[] {
  return [...table.columns.values()].filter((column) => column.validForRead).map((column) => column.logicalName);
}
