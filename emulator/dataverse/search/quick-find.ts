import {
  attribute,
  child,
  children,
  descendants,
  parseXml,
  writeXml,
  type XmlElement,
  type XmlNode,
} from '../../../packaging/index.ts';

/** What the quick-find view of a table says about searching its rows. */
export interface QuickFind {
  /** Columns that are searched. */
  readonly findColumns: readonly string[];
  /** Columns that are shown. */
  readonly viewColumns: readonly string[];
  /** Columns of the table its filter looks at. */
  readonly filterColumns: readonly string[];
  /** FetchXML with the filter alone; undefined when every row is searched. */
  readonly filter: string | undefined;
}

/** Operators a quick-find view may use and search does not look at. @see the page on configuring Dataverse search */
const unsupported = new Set(
  `like not-like begins-with not-begin-with ends-with not-end-with eq-userlanguage under not-under eq-or-under above eq-or-above
  not-null null`.split(/\s+/),
);

/**
 * Reads a quick-find view.
 *
 * @see https://learn.microsoft.com/power-platform/admin/configure-relevance-search-organization#select-searchable-fields-and-filters-for-each-table
 */
export function readQuickFind(fetchXml: string, layoutXml: string): QuickFind {
  const entity = child(parseXml(fetchXml, 'the FetchXML of a quick-find view'), 'entity');
  const filters = children(entity, 'filter');
  const isFind = (filter: XmlElement) => attribute(filter, 'isquickfindfields') === '1';
  const found = entity === undefined ? [] : [...descendants(entity, 'filter')].filter(isFind);
  const kept = filters.flatMap((filter) => (isFind(filter) ? [] : (supported(filter, isFind) ?? [])));
  const links = children(entity, 'link-entity').filter((link) => attribute(link, 'link-type') !== 'outer');
  return {
    findColumns: found.flatMap(columnsOf),
    viewColumns: layoutXml === '' ? [] : cells(layoutXml),
    filterColumns: kept.flatMap(columnsOf),
    filter: kept.length + links.length === 0 ? undefined : filterAlone(entity!, [...kept, ...links.map(bare)]),
  };
}

const isElement = (node: XmlNode): node is XmlElement => node.kind === 'element';

const columnsOf = (filter: XmlElement): string[] =>
  [...descendants(filter, 'condition')]
    .filter((condition) => attribute(condition, 'entityname') === undefined)
    .map((condition) => attribute(condition, 'attribute') ?? '');

/** Cells that show a column of the table itself. */
const cells = (layoutXml: string): string[] =>
  [...descendants(parseXml(layoutXml, 'the layout of a quick-find view'), 'cell')]
    .map((cell) => attribute(cell, 'name') ?? '')
    .filter((name) => name !== '' && !name.includes('.'));

/** A filter without what search does not look at; undefined when nothing is left. */
function supported(filter: XmlElement, isFind: (filter: XmlElement) => boolean): XmlElement | undefined {
  const inner = filter.children.flatMap((node): XmlElement[] => {
    if (!isElement(node)) return [];
    if (node.name === 'filter') return isFind(node) ? [] : [supported(node, isFind)].filter((one) => one !== undefined);
    return unsupported.has(attribute(node, 'operator') ?? '') ? [] : [node];
  });
  return inner.length === 0 ? undefined : { ...filter, children: inner };
}

/** Only which rows there are is of interest. */
const bare = (element: XmlElement): XmlElement => ({
  ...element,
  children: element.children.filter(
    (node) => !isElement(node) || !/^(attribute|all-attributes|order)$/.test(node.name),
  ),
});

const filterAlone = (entity: XmlElement, inner: readonly XmlElement[]): string =>
  writeXml({
    kind: 'element',
    name: 'fetch',
    attributes: new Map(),
    children: [{ ...entity, children: [...inner] }],
  });
