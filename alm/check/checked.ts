import {
  attribute,
  child,
  children,
  childText,
  descend,
  descendants,
  elements,
  identityOf,
  type SolutionPackage,
  type XmlElement,
} from '../../packaging/index.ts';
import { filesOf, type OwnFile } from './own-files.ts';

/** A table as the package holds it. */
export interface Table {
  readonly name: string;
  readonly logicalName: string;
  readonly node: XmlElement;
  /** `EntityInfo/entity`; managed packages have none for tables they do not change. */
  readonly info: XmlElement | undefined;
  /** By logical name. */
  readonly columns: ReadonlyMap<string, XmlElement>;
  /** The solution makes it, and does not only add to it. */
  readonly isNew: boolean;
}

/** A form or a view, and how to speak of it. */
export interface OfTable {
  readonly table: Table;
  readonly id: string;
  readonly at: string;
  readonly node: XmlElement;
}

export interface Form extends OfTable {
  readonly type: string;
}

/** A process with a definition in JSON. */
export interface Flow {
  readonly at: string;
  readonly id: string;
  readonly path: string;
  readonly node: XmlElement;
  readonly content: Buffer | undefined;
}

export const plainId = (id = '') => id.replace(/[{}]/g, '').toLowerCase();

/** A solution package with what the rules ask for, found once. */
export class Checked {
  readonly prefix: string;
  readonly version: string;
  readonly isManaged: boolean;
  readonly manifest: XmlElement | undefined;
  readonly tables: readonly Table[];
  readonly forms: readonly Form[];
  readonly views: readonly OfTable[];
  readonly relationships: readonly XmlElement[];
  /** By name. */
  readonly webResources: ReadonlyMap<string, XmlElement>;
  readonly flows: readonly Flow[];
  /** Components that are files of their own, such as environment variables. */
  readonly ownFiles: readonly OwnFile[];
  private readonly elsewhere: ReadonlySet<string>;
  private readonly byName: ReadonlyMap<string, Table>;

  /** @param previous the package released last, for what an upgrade cannot change */
  constructor(
    readonly solution: SolutionPackage,
    readonly previous?: Checked,
  ) {
    const { prefix, version, isManaged } = identityOf(solution);
    this.prefix = prefix;
    this.version = version;
    this.isManaged = isManaged;
    this.manifest = child(solution.manifest, 'SolutionManifest');
    this.tables = this.list('Entities', 'Entity').map(readTable);
    this.byName = new Map(this.tables.map((table) => [table.logicalName, table]));
    this.forms = this.tables.flatMap(formsOf);
    this.views = this.tables.flatMap(viewsOf);
    this.relationships = this.list('EntityRelationships', 'EntityRelationship');
    this.webResources = new Map(
      this.list('WebResources', 'WebResource').map((node) => [childText(node, 'Name'), node]),
    );
    this.flows = this.list('Workflows', 'Workflow').flatMap((node) => this.readFlow(node));
    this.ownFiles = filesOf(solution.files);
    this.elsewhere = new Set(this.missingDependencies().flatMap(namesOf));
  }

  get customizations(): XmlElement {
    return this.solution.customizations;
  }

  get files(): ReadonlyMap<string, Buffer> {
    return this.solution.files;
  }

  list(name: string, element: string): XmlElement[] {
    return children(child(this.customizations, name), element);
  }

  roots(): XmlElement[] {
    return children(descend(this.manifest, 'RootComponents'), 'RootComponent');
  }

  /** What the package says it needs of others. */
  missingDependencies(): XmlElement[] {
    const nodes = children(descend(this.manifest, 'MissingDependencies'), 'MissingDependency');
    return nodes.flatMap((node) => children(node, 'Required'));
  }

  /** Whether a name carries the prefix of the publisher: whoever refers to it means something of this publisher. */
  isOwn(name: string): boolean {
    return this.prefix !== '' && name.toLowerCase().startsWith(`${this.prefix.toLowerCase()}_`);
  }

  /** Whether the package itself says that another solution brings this. */
  isElsewhere(name: string): boolean {
    return this.elsewhere.has(plainId(name));
  }

  /** Whether this publisher should bring something, and neither the package nor, as it says, another solution does. */
  lacks(name: string): boolean {
    return this.isOwn(name) && !this.isElsewhere(name);
  }

  table(name: string): Table | undefined {
    return this.byName.get(name.toLowerCase());
  }

  /** Whether a table is missing: ours by its name, and not here. */
  lacksTable(name: string): boolean {
    return this.table(name) === undefined && this.lacks(name);
  }

  /** Whether a column is missing: of a table made here, or ours by its name. */
  lacksColumn(table: Table, column: string): boolean {
    const name = column.toLowerCase();
    if (table.columns.has(name) || neverExported.has(name) || this.isElsewhere(name)) return false;
    return table.isNew ? !isDerived(table, name) : this.isOwn(name);
  }

  /** Content of a web resource that is in the package. */
  webResourceText(name: string): string | undefined {
    const path = childText(this.webResources.get(name), 'FileName').replace(/^\//, '');
    return this.files.get(path)?.toString();
  }

  private readFlow(node: XmlElement): Flow[] {
    const path = childText(node, 'JsonFileName').replace(/^\//, '');
    if (childText(node, 'Category') !== '5' || path === '') return [];
    const name = attribute(node, 'Name') ?? path;
    const id = plainId(attribute(node, 'WorkflowId'));
    return [{ at: `flow '${name}'`, id, path, node, content: this.files.get(path) }];
  }
}

/** Columns every table has and no package holds. */
const neverExported = new Set(['versionnumber']);

/** Columns the platform makes beside others: names of lookups and choices, addresses of images. */
function isDerived({ columns }: Table, name: string): boolean {
  const base = /^(.+?)(name|yominame|_url|_timestamp|id|idtype)$/.exec(name)?.[1];
  return base !== undefined && (columns.has(base) || columns.has(`${base}id`));
}

function namesOf(required: XmlElement): string[] {
  return ['schemaName', 'id', 'id.name', 'id.uniquename', 'displayName', 'parentSchemaName'].flatMap((name) => {
    const value = attribute(required, name);
    return value === undefined ? [] : [plainId(value)];
  });
}

function readTable(node: XmlElement): Table {
  const name = childText(node, 'Name');
  const info = descend(node, 'EntityInfo', 'entity');
  const nodes = children(child(info, 'attributes'), 'attribute');
  const columns = new Map(nodes.map((column) => [logicalNameOf(column), column]));
  const isNew = nodes.some((column) => childText(column, 'Type') === 'primarykey');
  return { name, logicalName: name.toLowerCase(), node, info, columns, isNew };
}

export const logicalNameOf = (column: XmlElement) =>
  (childText(column, 'LogicalName') || (attribute(column, 'PhysicalName') ?? '')).toLowerCase();

function formsOf(table: Table): Form[] {
  return children(child(table.node, 'FormXml'), 'forms').flatMap((group) =>
    children(group, 'systemform').map((node) => {
      const id = plainId(childText(node, 'formid') || childText(node, 'FormId'));
      const type = attribute(group, 'type') ?? '';
      return { table, type, id, node, at: `${type} form '${labelOf(node)}' of ${table.logicalName}` };
    }),
  );
}

function viewsOf(table: Table): OfTable[] {
  const views = children(descend(table.node, 'SavedQueries', 'savedqueries'), 'savedquery');
  return views.map((node) => {
    const at = `view '${labelOf(node)}' of ${table.logicalName}`;
    return { table, id: plainId(childText(node, 'savedqueryid')), node, at };
  });
}

/** The first of a component's names. */
function labelOf(node: XmlElement): string {
  const names = child(node, 'LocalizedNames');
  return names === undefined ? '' : (attribute(elements(names)[0], 'description') ?? '');
}

/** Values that come up again, each once. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) again.add(value);
    seen.add(value);
  }
  return [...again];
}

/** Attribute values of every element of this name below. */
export function valuesOf(parent: XmlElement, element: string, name: string): string[] {
  return [...descendants(parent, element)].flatMap((node) => attribute(node, name) ?? []);
}
