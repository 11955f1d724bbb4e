import { notEmulated, remembered } from '../../kernel/index.ts';
import {
  bindFilter,
  literalText,
  parseFilter,
  parseOrderBy,
  readLiteral,
  type Collection,
  type LambdaScope,
  type Literal,
  type NameResolver,
  type ResolvedColumn,
} from '../../odata/index.ts';
import {
  findQueryFunction,
  valuesWanted,
  type AskContext,
  type ColumnShape,
  type Condition,
  type Join,
  type OrderKey,
} from '../../query/index.ts';
import type { Shapes } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { isComputed } from '../metadata/computed-columns.ts';
import { isPrincipal } from '../metadata/principals.ts';
import type { MetadataCatalogue, TableMetadata } from '../metadata/model.ts';
import { navigationNamed } from './navigation.ts';
import { singleValued } from './read-body.ts';

export interface QueryBinding {
  readonly metadata: MetadataCatalogue;
  readonly shapes: Shapes;
  readonly ask: AskContext;
  readonly aliases: ReadonlyMap<string, string>;
}

/** A table within a query; the root has no alias. */
interface Place {
  readonly table: TableMetadata;
  readonly alias: string | undefined;
}

/** A filter that stands by itself. */
const parsed = remembered((text) => parseFilter(text, new Map()));

/** A query being built from OData options: paths through lookups add joins to it. */
export class QueryBinder implements NameResolver {
  readonly joins: Join[] = [];
  private readonly byPath = new Map<string, Place>();
  private nextAlias = 0;

  constructor(
    readonly table: TableMetadata,
    private readonly binding: QueryBinding,
  ) {}

  filter(text: string): Condition {
    const { aliases } = this.binding;
    return bindFilter(aliases.size === 0 ? parsed(text) : parseFilter(text, aliases), this);
  }

  orderBy(text: string): OrderKey[] {
    return parseOrderBy(text).map(({ path, descending }) => {
      const names = path.map((name) => this.binding.aliases.get(name) ?? name);
      return { ...this.column(names).path, descending };
    });
  }

  column(names: readonly string[], scope?: LambdaScope, allowsLookup = false): ResolvedColumn {
    const [first, ...rest] = names as [string, ...string[]];
    const inner = findScope(scope, first);
    const start =
      inner === undefined
        ? { alias: undefined, table: this.table, names: [first, ...rest] }
        : { alias: inner.alias, table: this.requireTable(inner.table), names: rest };
    const last = start.names.at(-1) ?? '';
    const owner = this.walk(start, start.names.slice(0, -1), inner?.joins ?? this.joins);
    const isLookup = allowsLookup && owner.table.columns.get(last)?.type === 'lookup';
    const name = isLookup ? last : (columnNamed(owner.table, last) ?? this.throughNavigation(owner.table, last));
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

  private walk({ table, alias }: Place, path: readonly string[], joins: Join[]): Place {
    return path.reduce<Place>((here, name) => this.step(here, name, joins), { table, alias });
  }

  /** Through one lookup: one join, however often the path is named. */
  private step(here: Place, name: string, joins: Join[]): Place {
    const relationship = singleValued(here.table, name);
    if (relationship === undefined) throw faults.unknownProperty(name, here.table.logicalName);
    if (here.table.columns.get(relationship.referencingColumn)?.attributeType === 'Owner')
      throw notEmulated(`A path through '${name}'`, 'Name owninguser or owningteam instead.');
    const table = this.requireTable(relationship.referencedTable);
    if (table.isVirtual)
      throw faults.virtualQuery(`The path '${name}' leads to the virtual table '${table.logicalName}'.`);
    const key = `${here.alias ?? ''}/${name}`;
    const known = this.byPath.get(key);
    if (known !== undefined) return known;
    const alias = `j${this.nextAlias++}`;
    const to = relationship.referencingColumn;
    const link = { alias, table: table.logicalName, from: table.primaryId, to, parent: here.alias };
    joins.push({ ...link, kind: 'outer', columns: [] });
    this.byPath.set(key, { alias, table });
    return { alias, table };
  }

  /** A lambda's collection: of the root, or, with the variable of a lambda before it, of that lambda's rows. */
  collection(path: readonly string[], scope?: LambdaScope): Collection {
    const around = findScope(scope, path[0]!);
    const [name, ...behind] = around === undefined ? path : path.slice(1);
    if (name === undefined || behind.length > 0)
      throw faults.queryNotSupported('A collection behind a lookup cannot be used in a lambda.');
    const table = around === undefined ? this.table : this.requireTable(around.table);
    const navigation = navigationNamed(table, name, this.binding.metadata);
    if (navigation === undefined || navigation.kind === 'parent') throw faults.unknownProperty(name, table.logicalName);
    const { logicalName, primaryId } = navigation.table;
    const alias = `l${this.nextAlias++}`;
    const scopeInside: LambdaScope = { variable: '', alias, table: logicalName, outer: scope, joins: [] };
    if (navigation.kind === 'children') {
      const join = { alias, table: logicalName, from: navigation.column, to: table.primaryId, parent: around?.alias };
      return { path: [join], scope: scopeInside };
    }
    const { intersectTable, ownColumn, otherColumn } = navigation.pairs;
    const pair = `${alias}_pair`;
    return {
      path: [
        { alias: pair, table: intersectTable, from: ownColumn, to: table.primaryId, parent: around?.alias },
        { alias, table: logicalName, from: primaryId, to: otherColumn, parent: pair },
      ],
      scope: scopeInside,
    };
  }

  value(column: ColumnShape, literal: Literal) {
    const value = readLiteral(column, literal);
    if (value !== undefined) return value;
    throw faults.queryNotSupported(
      `A binary operator with incompatible types was detected: the value '${literalText(literal)}' does not fit the column '${column.name}'.`,
    );
  }

  /** A query function. Inside a lambda it is about the rows of the lambda. @throws Fault where it does not fit */
  call(name: string, named: ReadonlyMap<string, Literal>, scope?: LambdaScope): Condition | undefined {
    const short = /^(?:Microsoft\.Dynamics\.CRM|mscrm)\.(.+)$/.exec(name)?.[1];
    const operator = short === undefined ? undefined : findQueryFunction(short);
    const property = named.get('PropertyName');
    if (operator === undefined || property === undefined) return undefined;
    const { path, shape } = this.property(literalText(property).split('/'), scope);
    const texts = givenTexts(named);
    if (texts.length < valuesWanted[operator.values])
      throw faults.queryNotSupported(`The query function '${name}' needs a value for '${path.column}'.`);
    const values = texts.map((text) =>
      operator.values.startsWith('count') ? wholeNumber(text, name) : this.value(shape, { type: 'string', text }),
    );
    const { shapes, metadata, ask } = this.binding;
    const condition = operator.build(path, values, ask, {
      shape,
      table: shapes(this.tableOf(path.alias, scope)),
      tableNamed: (one) => (metadata.table(one) === undefined ? undefined : shapes(one)),
    });
    if (condition === undefined)
      throw faults.fetchXml(
        '0x80041120',
        `Unsupported condition operator. '${name}' does not apply to the column '${path.column}'.`,
      );
    return condition;
  }

  private tableOf(alias: string | undefined, scope: LambdaScope | undefined): string {
    if (alias === undefined) return this.table.logicalName;
    for (let here = scope; here !== undefined; here = here.outer) if (here.alias === alias) return here.table;
    return [...this.byPath.values()].find((one) => one.alias === alias)!.table.logicalName;
  }

  /** Query functions name a lookup by its logical name, filters by `_x_value`; both are understood. */
  private property(names: readonly string[], scope?: LambdaScope): ResolvedColumn {
    const isScoped = scope === undefined || findScope(scope, names[0]!) !== undefined;
    return this.column(isScoped ? names : [scope.variable, ...names], scope, true);
  }

  unsupported(what: string): never {
    throw faults.queryNotSupported(`${what} is not supported.`);
  }

  private requireTable(name: string): TableMetadata {
    return this.binding.metadata.table(name)!;
  }
}

/** Values of a query function, whichever of its parameters carry them. */
function givenTexts(named: ReadonlyMap<string, Literal>): string[] {
  const given = ['PropertyValues', 'PropertyValue', 'PropertyValue1', 'PropertyValue2'].flatMap(
    (parameter) => named.get(parameter) ?? [],
  );
  return given.flatMap((one) => (one.type === 'array' ? one.items : [literalText(one)]));
}

function wholeNumber(text: string, name: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw faults.queryNotSupported(`The query function '${name}' takes a whole number, not '${text}'.`);
}

function findScope(scope: LambdaScope | undefined, variable: string): LambdaScope | undefined {
  for (let here = scope; here !== undefined; here = here.outer) if (here.variable === variable) return here;
  return undefined;
}

/** The column a property names: its logical name, or `_x_value` for a lookup. Case-sensitive. */
export function columnNamed(table: TableMetadata, property: string): string | undefined {
  const lookup = /^_(.+)_value$/.exec(property)?.[1];
  const name = lookup ?? property;
  if (name === 'ownerid' && lookup === undefined && isPrincipal(table)) return table.primaryId;
  const column = table.columns.get(name);
  if (column === undefined || (column.type === 'lookup') !== (lookup !== undefined)) return undefined;
  return name;
}

/** All columns a reader gets without `$select`: not the images, which are asked for by name, and nothing that is not stored. */
export function allColumns(table: TableMetadata): string[] {
  return [...table.columns.values()]
    .filter((column) => column.validForRead && column.attributeType !== 'Image' && !isComputed(column))
    .map((column) => column.logicalName);
}
