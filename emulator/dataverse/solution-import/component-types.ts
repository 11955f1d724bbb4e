import { attribute, childText, type XmlElement } from '../../../packaging/index.ts';
import { plainId, type ImportPlatform } from './import-platform.ts';
import { findComponent } from './put-component.ts';

/** A component type whose nodes and root components answer each other. */
export interface ComponentType {
  readonly type: number;
  readonly what: string;
  /** Where its nodes are in `customizations.xml`. */
  readonly list: string;
  readonly node: string;
  /** What names one, as its root component does. */
  key(node: XmlElement): string;
  /** The id of the one in this environment; undefined when there is none. */
  find(platform: ImportPlatform, key: string): string | undefined;
}

const byName =
  (table: string, column = 'name') =>
  (platform: ImportPlatform, key: string) =>
    findComponent(platform, table, column, key);
const byId = (table: string) => byName(table, `${table}id`);

/** Types whose root components and nodes answer each other, by their numbers on the platform. */
export const componentTypes: readonly ComponentType[] = [
  {
    type: 1,
    what: 'table',
    list: 'Entities',
    node: 'Entity',
    key: (node) => childText(node, 'Name').toLowerCase(),
    find: ({ catalogue }, key) => catalogue.table(key)?.metadataId,
  },
  {
    type: 9,
    what: 'choice',
    list: 'optionsets',
    node: 'optionset',
    key: (node) => attribute(node, 'Name') ?? '',
    find: ({ catalogue }, key) => catalogue.globalChoice(key)?.metadataId,
  },
  {
    type: 20,
    what: 'role',
    list: 'Roles',
    node: 'Role',
    key: (node) => plainId(attribute(node, 'id') ?? ''),
    find: byId('role'),
  },
  {
    type: 29,
    what: 'process',
    list: 'Workflows',
    node: 'Workflow',
    key: (node) => plainId(attribute(node, 'WorkflowId') ?? ''),
    find: byId('workflow'),
  },
  {
    type: 60,
    what: 'dashboard',
    list: 'Dashboards',
    node: 'Dashboard',
    key: (node) => plainId(childText(node, 'FormId')),
    find: byName('systemform', 'formid'),
  },
  {
    type: 61,
    what: 'web resource',
    list: 'WebResources',
    node: 'WebResource',
    key: (node) => childText(node, 'Name'),
    find: byName('webresource'),
  },
  {
    type: 62,
    what: 'site map',
    list: 'AppModuleSiteMaps',
    node: 'AppModuleSiteMap',
    key: (node) => childText(node, 'SiteMapUniqueName'),
    find: byName('sitemap', 'sitemapnameunique'),
  },
  {
    type: 66,
    what: 'control',
    list: 'CustomControls',
    node: 'CustomControl',
    key: (node) => childText(node, 'Name'),
    find: byName('customcontrol'),
  },
  {
    type: 70,
    what: 'column security profile',
    list: 'FieldSecurityProfiles',
    node: 'FieldSecurityProfile',
    key: (node) => plainId(attribute(node, 'fieldsecurityprofileid') ?? ''),
    find: byId('fieldsecurityprofile'),
  },
  {
    type: 80,
    what: 'app',
    list: 'AppModules',
    node: 'AppModule',
    key: (node) => childText(node, 'UniqueName'),
    find: byName('appmodule', 'uniquename'),
  },
];

/** Types that are no root components of their own, and those an app or a dependency may name beside them. */
const others: readonly Pick<ComponentType, 'type' | 'find'>[] = [
  { type: 26, find: byId('savedquery') },
  { type: 59, find: byId('savedqueryvisualization') },
  { type: 380, find: byName('environmentvariabledefinition', 'schemaname') },
];

/** The id of a component of this environment; `undefined` when it is not there, `'unknown'` for types not emulated. */
export function findByType(platform: ImportPlatform, type: number, key: string): string | undefined {
  const known = [...componentTypes, ...others].find((one) => one.type === type);
  return known === undefined ? 'unknown' : known.find(platform, key);
}
