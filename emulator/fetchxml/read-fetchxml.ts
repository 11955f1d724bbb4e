import { notEmulated } from '../kernel/index.ts';
import type {
  AskContext,
  ChildCount,
  ColumnPath,
  ColumnShape,
  ColumnValue,
  Condition,
  Join,
  OrderKey,
  Query,
  TableShape,
} from '../query/index.ts';
import { AggregateReader } from './read-aggregates.ts';
import { requireKnownParts } from './known-parts.ts';
import { FetchXmlError } from './fetchxml-error.ts';
import { readCondition } from './read-condition.ts';
import { childCount, ranksOf, type Label } from './shown-text.ts';
import { readXml, type FetchElement } from './xml-tree.ts';

export { FetchXmlError } from './fetchxml-error.ts';

/** What the reader asks of the tables. */
export interface FetchTables {
  table(logicalName: string): TableShape | undefined;
  /** A condition's value as the column holds it; undefined when it does not fit. */
  value(column: ColumnShape, text: string): ColumnValue | undefined;
  /** Labels of a choice; undefined for a column that is none. */
  labels(table: string, column: string): readonly Label[] | undefined;
}

export interface FetchedQuery {
  readonly query: Query;
  readonly page: number;
  /** As sent with `page`: the inner cookie of the page before, decoded. */
  readonly pagingCookie: string | undefined;
  /** Page size; undefined is the platform's 5,000. */
  readonly count: number | undefined;
  readonly returnTotalRecordCount: boolean;
  /** Key in the result of each column that has an alias: `column`, or `link.column`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Most rows an aggregate may look at; undefined is the platform's 50,000. */
  readonly aggregateLimit: number | undefined;
}

const mostLinks = 15;
const mostParts = 500;
const firstOnly = 'matchfirstrowusingcrossapply';
const linkTypes: Record<string, 'inner' | 'outer'> = {
  inner: 'inner',
  outer: 'outer',
  natural: 'inner',
  [firstOnly]: 'outer',
};
/** Rows that are related exist: no columns come from them, and each row once. */
const existing = new Set(['exists', 'in']);

/**
 * Reads FetchXML into a query. Columns of links come under the link's alias.
 *
 * @throws FetchXmlError malformed, unknown table, column or operator
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/fetchxml/reference/
 */
export function readFetchXml(text: string, tables: FetchTables, ask: AskContext): FetchedQuery {
  return new Reader(parse(text), tables, ask).read();
}

function parse(text: string): FetchElement {
  try {
    const root = readXml(text);
    if (root.name === 'fetch') return root;
  } catch (error) {
    throw new FetchXmlError('0x80040303', `Malformed FetchXml. ${(error as Error).message}`);
  }
  throw new FetchXmlError('0x80040303', 'Malformed FetchXml. The root element is not fetch.');
}

class Reader {
  private readonly joins: Join[] = [];
  private readonly order: OrderKey[] = [];
  private readonly shapes = new Map<string, TableShape>();
  private readonly aliases = new Map<string, string>();
  private readonly childCounts: ChildCount[] = [];
  private readonly aggregates: AggregateReader;
  private readonly isAggregate: boolean;
  private rootTable = '';
  private parts = 0;

  constructor(
    private readonly fetch: FetchElement,
    private readonly tables: FetchTables,
    private readonly ask: AskContext,
  ) {
    this.isAggregate = fetch.attributes['aggregate'] === 'true';
    this.aggregates = new AggregateReader(ask.timeZone);
  }

  read(): FetchedQuery {
    const { attributes } = this.fetch;
    requireKnownParts(this.fetch);
    if (attributes['datasource'] !== undefined)
      throw notEmulated(`The datasource '${attributes['datasource']}' of a FetchXML query`, 'Leave it out.');
    const entity = this.fetch.children.find((element) => element.name === 'entity');
    if (entity === undefined) throw new FetchXmlError('0x80040303', 'Malformed FetchXml. There is no entity element.');
    this.rootTable = entity.attributes['name'] ?? '';
    const shape = this.table(this.rootTable);
    this.shapes.set('', shape);
    this.readLinks(entity, undefined);
    const filter = this.filters(entity, undefined);
    const count = positive(attributes['count'], 'count');
    const page = positive(attributes['page'], 'page');
    const top = readTop(attributes);
    const columns = this.columns(entity, shape, undefined);
    return {
      query: {
        table: this.rootTable,
        columns,
        joins: this.joins,
        filter,
        // The entity's own orders come before those of its links, wherever they stand.
        order: [...this.orderOf(entity, undefined), ...this.order],
        childCounts: this.childCounts,
        top,
        distinct: attributes['distinct'] === 'true',
        ...(this.isAggregate ? { aggregation: this.aggregates.read() } : {}),
      },
      page: page ?? 1,
      pagingCookie: attributes['paging-cookie'],
      count,
      returnTotalRecordCount: attributes['returntotalrecordcount'] === 'true',
      aliases: this.aliases,
      aggregateLimit: positive(attributes['aggregatelimit'], 'aggregatelimit'),
    };
  }

  private columns(element: FetchElement, shape: TableShape, link: string | undefined): string[] {
    const attributes = element.children.filter((one) => one.name === 'attribute').map((one) => one.attributes);
    if (this.isAggregate) {
      for (const one of attributes)
        this.aggregates.add(one, { alias: link, column: one['name'] ?? '' }, this.column(shape, one['name'] ?? ''));
      return [];
    }
    if (element.children.some((one) => one.name === 'all-attributes'))
      return [...shape.columns.values()]
        .filter(({ type, isComputed }) => type !== 'binary' && isComputed !== true)
        .map(({ name }) => name);
    return attributes.flatMap(({ name = '', alias, rowaggregate }) => {
      this.column(shape, name);
      if (rowaggregate !== undefined) {
        this.childCounts.push(this.childCount(rowaggregate, alias, { alias: link, column: name }, shape));
        return [];
      }
      if (alias !== undefined) this.aliases.set(link === undefined ? name : `${link}.${name}`, alias);
      return name;
    });
  }

  private childCount(kind: string, as: string | undefined, path: ColumnPath, shape: TableShape): ChildCount {
    if (kind !== 'CountChildren') throw new FetchXmlError('0x80040203', `There is no rowaggregate '${kind}'.`);
    if (as === undefined) throw new FetchXmlError('0x80040203', 'A rowaggregate needs an alias.');
    return childCount(as, path, shape);
  }

  private readLinks(element: FetchElement, parent: string | undefined): void {
    for (const link of element.children.filter((one) => one.name === 'link-entity')) {
      const { name = '', from = '', to = '', 'link-type': type = 'inner' } = link.attributes;
      if (existing.has(type)) continue;
      const kind = linkTypes[type];
      if (kind === undefined)
        throw new FetchXmlError('0x80040203', `The link-type '${type}' cannot be used outside a filter.`);
      const alias = link.attributes['alias'] ?? `${name}${this.joins.length + 1}`;
      if (this.shapes.has(alias)) throw new FetchXmlError('0x80041130', `The alias '${alias}' is used twice.`);
      const shape = this.table(name);
      this.column(shape, from);
      this.column(this.shapes.get(parent ?? '')!, to);
      this.shapes.set(alias, shape);
      if (this.shapes.size - 1 > mostLinks)
        throw new FetchXmlError('0x8004430d', `A query has at most ${mostLinks} link-entity elements.`);
      const at = this.joins.length;
      this.count(1);
      const columns = this.columns(link, shape, alias);
      this.joins.push({ alias, table: name, from, to, parent, kind, columns, firstOnly: type === firstOnly });
      this.joins[at] = { ...this.joins[at]!, filter: this.filters(link, alias) };
      this.order.push(...this.orderOf(link, alias));
      this.readLinks(link, alias);
    }
  }

  private orderOf(element: FetchElement, alias: string | undefined): OrderKey[] {
    const orders = element.children.filter((one) => one.name === 'order').map((one) => one.attributes);
    if (this.isAggregate) {
      for (const one of orders) this.aggregates.order(one);
      return [];
    }
    return orders.map((attributes) => {
      if (attributes['attribute'] === undefined && attributes['alias'] !== undefined)
        throw new FetchXmlError(
          '0x80041132',
          `An alias cannot be specified for an order clause for a non-aggregate Query. Use an attribute. (${attributes['alias']})`,
        );
      const path = this.path(attributes['attribute'] ?? '', attributes['entityname'] ?? alias);
      return { ...path, descending: attributes['descending'] === 'true', ...this.ranks(path) };
    });
  }

  /** Choices come in the order of their labels, unless their numbers are asked for. */
  private ranks({ alias, column }: ColumnPath): Pick<OrderKey, 'ranks'> {
    if (this.fetch.attributes['useraworderby'] === 'true') return {};
    const table = this.shapes.get(alias ?? '')!;
    const ranks = ranksOf(table, this.column(table, column), this.tables);
    return ranks === undefined ? {} : { ranks };
  }

  private filters(element: FetchElement, alias: string | undefined): Condition | undefined {
    const parts = [
      ...element.children.filter((one) => one.name === 'filter').map((filter) => this.filter(filter, alias)),
      ...element.children
        .filter((one) => one.name === 'link-entity' && existing.has(one.attributes['link-type'] ?? ''))
        .map((link) => this.related(link, alias)),
    ];
    return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : { kind: 'all', of: parts };
  }

  private filter(filter: FetchElement, alias: string | undefined): Condition {
    const of = filter.children.map((part): Condition => {
      if (part.name === 'condition') return this.condition(part, alias);
      if (part.name === 'filter') return this.filter(part, alias);
      if (part.name === 'link-entity') return this.related(part, alias);
      throw new FetchXmlError('0x80040303', `Malformed FetchXml. A filter cannot hold '${part.name}'.`);
    });
    return { kind: filter.attributes['type'] === 'or' ? 'any' : 'all', of };
  }

  /** A link inside a filter. `not all` means the same as `any`; `all` that there are rows, and none of them matches. */
  private related(link: FetchElement, parent: string | undefined): Condition {
    const { name = '', from = '', to = '', 'link-type': type = 'any' } = link.attributes;
    if (!['any', 'not any', 'not all', 'all', ...existing].includes(type))
      throw new FetchXmlError('0x80040203', `The link-type '${type}' cannot be used in a filter.`);
    this.count(1);
    const alias = link.attributes['alias'] ?? `${name}_f${this.shapes.size}`;
    const shape = this.table(name);
    this.column(shape, from);
    this.column(this.shapes.get(parent ?? '')!, to);
    this.shapes.set(alias, shape);
    const join = { alias, table: name, from, to, parent };
    const matching: Condition = { kind: 'exists', join, filter: this.within(link, alias) };
    if (type === 'not any') return { kind: 'not', of: matching };
    if (type !== 'all') return matching;
    return {
      kind: 'all',
      of: [
        { kind: 'exists', join },
        { kind: 'not', of: matching },
      ],
    };
  }

  /** What must hold of a related row: its filters, and its own links as rows that exist. */
  private within(link: FetchElement, alias: string): Condition | undefined {
    const inner = link.children
      .filter((one) => one.name === 'link-entity' && (one.attributes['link-type'] ?? 'inner') === 'inner')
      .map((one) => this.related({ ...one, attributes: { ...one.attributes, 'link-type': 'exists' } }, alias));
    const filter = this.filters(link, alias);
    const of = [...(filter === undefined ? [] : [filter]), ...inner];
    return of.length < 2 ? of[0] : { kind: 'all', of };
  }

  /** @throws FetchXmlError past the conditions and links a query may have */
  private count(more: number): void {
    this.parts += more;
    if (this.parts > mostParts)
      throw new FetchXmlError('0x8004430c', `A query has at most ${mostParts} conditions and links.`);
  }

  private condition(element: FetchElement, alias: string | undefined): Condition {
    const { attribute = '', operator: name = '', valueof, entityname } = element.attributes;
    this.count(1);
    const path = this.path(attribute, entityname ?? alias);
    const shape = this.column(this.shapes.get(path.alias ?? '')!, attribute);
    if (valueof !== undefined) return this.compareColumns(path, shape, name, valueof);
    return readCondition(element, { path, shape, table: this.shapes.get(path.alias ?? '')! }, this.tables, this.ask);
  }

  private compareColumns(left: ColumnPath, shape: ColumnShape, operator: string, valueof: string): Condition {
    const plain = operator === 'neq' ? 'ne' : operator;
    if (!['eq', 'ne', 'gt', 'ge', 'lt', 'le'].includes(plain))
      throw new FetchXmlError('0x80041120', `Unsupported condition operator. '${operator}' with valueof.`);
    const [alias, column] = valueof.includes('.') ? (valueof.split('.') as [string, string]) : [left.alias, valueof];
    const right = this.path(column, alias);
    if (kindOf(this.column(this.shapes.get(alias ?? '')!, column)) !== kindOf(shape))
      throw new FetchXmlError('0x80040203', `The columns '${left.column}' and '${valueof}' are not of the same type.`);
    return { kind: 'compareColumns', left, operator: plain as 'eq', right };
  }

  private path(column: string, alias: string | undefined): ColumnPath {
    const shape = this.shapes.get(alias ?? '');
    if (shape === undefined)
      throw new FetchXmlError('0x8004110b', `The query has no link-entity with the alias '${alias}'.`);
    this.column(shape, column);
    return { alias, column };
  }

  private table(name: string): TableShape {
    const shape = this.tables.table(name);
    if (shape !== undefined) return shape;
    throw new FetchXmlError(
      '0x80041102',
      `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
    );
  }

  private column(shape: TableShape, name: string): ColumnShape {
    const column = shape.columns.get(name);
    if (column !== undefined) return column;
    throw new FetchXmlError(
      '0x80041103',
      `'${shape.name}' entity doesn't contain attribute with Name = '${name}' and NameMapping = 'Logical'.`,
    );
  }
}

/** Types that compare with each other. */
function kindOf({ type }: ColumnShape): string {
  if (type === 'memo') return 'text';
  if (type === 'lookup') return 'guid';
  return ['integer', 'bigint', 'decimal', 'money', 'double'].includes(type) ? 'number' : type;
}

/** @throws FetchXmlError together with paging, and above what a page holds */
function readTop(attributes: FetchElement['attributes']): number | undefined {
  const top = positive(attributes['top'], 'top');
  if (top === undefined) return undefined;
  if (attributes['page'] !== undefined || attributes['count'] !== undefined)
    throw new FetchXmlError('0x80040203', "The top attribute can't be specified with paging attribute page or count.");
  if (top > 5000) throw new FetchXmlError('0x80040203', `The top attribute is ${top}; it cannot exceed 5000.`);
  return top;
}

function positive(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new FetchXmlError('0x80040303', `Malformed FetchXml. '${name}' is '${text}', not a whole number above 0.`);
}
