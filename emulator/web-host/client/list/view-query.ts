import { addFilter, type FilterExpression } from './filter-xml';
import { addSegment, type Segment } from '../charts/segment';

export interface Order {
  readonly column: string;
  readonly isDescending: boolean;
}

export interface ViewOptions {
  readonly page: number;
  readonly pageSize: number;
  /** In place of the order the view has of its own; empty: the view's. */
  readonly orders: readonly Order[];
  /** What the user types to narrow the list, and the columns it is looked for in. */
  readonly keyword: string;
  readonly keywordColumns: readonly string[];
  /** Only rows whose lookup `column` points at `id`. */
  readonly related: { readonly column: string; readonly id: string } | undefined;
  /** Only the rows behind one value of a chart. */
  readonly segment?: Segment | undefined;
  /** What a control asks for beside what the view does. */
  readonly further?: {
    readonly filter: FilterExpression | undefined;
    readonly links: readonly Readonly<Record<'name' | 'from' | 'to' | 'linkType' | 'alias', string>>[];
    /** Names, those of linked tables as `alias.name`. */
    readonly columns: readonly string[];
  };
}

/** The fetch of a view as the user has ordered and narrowed it, to be kept as a view of its own. */
export function viewToSave(fetchXml: string, { orders, segment }: Pick<ViewOptions, 'orders' | 'segment'>): string {
  const [document, entity] = readFetch(fetchXml);
  putOrders(entity, orders);
  if (segment !== undefined) addSegment(entity, segment);
  return new XMLSerializer().serializeToString(document);
}

function readFetch(fetchXml: string): [Document, Element] {
  const document = new DOMParser().parseFromString(fetchXml, 'application/xml');
  const entity = document.documentElement.querySelector(':scope > entity');
  if (entity === null) throw new Error('The query of this view cannot be read.');
  return [document, entity];
}

function putOrders(entity: Element, orders: readonly Order[]): void {
  if (orders.length > 0) entity.querySelectorAll(':scope > order').forEach((order) => order.remove());
  for (const { column, isDescending } of orders) addOrder(entity, column, isDescending);
}

/** The fetch of a view, one page of it, ordered and narrowed as the user wants. Values get into it as attributes, never as text. */
export function viewQuery(fetchXml: string, options: ViewOptions): string {
  const [document, entity] = readFetch(fetchXml);
  const fetch = document.documentElement;
  fetch.setAttribute('page', String(options.page));
  fetch.setAttribute('count', String(options.pageSize));
  fetch.setAttribute('returntotalrecordcount', 'true');
  putOrders(entity, options.orders);
  if (options.related !== undefined) {
    const { column, id } = options.related;
    add(add(entity, 'filter', { type: 'and' }), 'condition', { attribute: column, operator: 'eq', value: id });
  }
  if (options.keyword !== '' && options.keywordColumns.length > 0) {
    const anyOf = add(entity, 'filter', { type: 'or' });
    const value = `%${options.keyword.replaceAll(/[[%_]/g, '[$&]')}%`;
    for (const attribute of options.keywordColumns) add(anyOf, 'condition', { attribute, operator: 'like', value });
  }
  if (options.segment !== undefined) addSegment(entity, options.segment);
  if (options.further !== undefined) addFurther(entity, options.further);
  return new XMLSerializer().serializeToString(document);
}

function addFurther(entity: Element, { filter, links, columns }: NonNullable<ViewOptions['further']>): void {
  for (const { name, from, to, linkType, alias } of links)
    add(entity, 'link-entity', { name, from, to, 'link-type': linkType, alias });
  for (const column of columns) {
    const [parent, name] = parentOf(entity, column);
    const isThere = [...parent.children].some(
      (one) => one.tagName === 'all-attributes' || (one.tagName === 'attribute' && one.getAttribute('name') === name),
    );
    if (!isThere) add(parent, 'attribute', { name });
  }
  if (filter !== undefined && (filter.conditions.length > 0 || (filter.filters ?? []).length > 0))
    addFilter(entity, filter);
}

function addOrder(entity: Element, column: string, isDescending: boolean): void {
  const [parent, attribute] = parentOf(entity, column);
  add(parent, 'order', { attribute, descending: String(isDescending) });
}

/** The element a column belongs to: that of the linked table its alias names, else the table's own. */
function parentOf(entity: Element, column: string): [Element, string] {
  const [alias, name] = column.includes('.') ? column.split('.', 2) : [undefined, column];
  const link = [...entity.querySelectorAll('link-entity[alias]')].find((one) => one.getAttribute('alias') === alias);
  return [link ?? entity, name!];
}

function add(parent: Element, name: string, attributes: Record<string, string>): Element {
  const element = parent.ownerDocument.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return parent.appendChild(element);
}
