import {
  attribute,
  child,
  children,
  childText,
  descend,
  descendants,
  type XmlElement,
} from '../../../packaging/index.ts';
import { plainId, repeated, valuesOf, type Checked } from '../checked.ts';
import type { Rule } from '../rule.ts';

const appsOf = (solution: Checked) =>
  solution.list('AppModules', 'AppModule').map((node) => {
    const name = childText(node, 'UniqueName');
    return {
      name,
      at: `app ${name}`,
      node,
      components: children(child(node, 'AppModuleComponents'), 'AppModuleComponent'),
    };
  });

/** Site maps of apps, and the old one of the whole organization. */
const siteMapsOf = (solution: Checked) => [
  ...solution.list('AppModuleSiteMaps', 'AppModuleSiteMap').map((node) => {
    const name = childText(node, 'SiteMapUniqueName');
    return { name, at: `site map ${name}`, node };
  }),
  ...children(solution.customizations, 'SiteMap').map((node) => ({ name: '', at: 'site map', node })),
];

const isOfType = (type: string) => (component: XmlElement) => attribute(component, 'type') === type;
const namesOf = (components: readonly XmlElement[]) => components.map((one) => attribute(one, 'schemaName') ?? '');

/** Roles with the same id in every environment: System Administrator, System Customizer. */
const wellKnown = ['627090ff-40a3-4053-8790-584edc5be201', '119f245c-3cc8-4b62-b31c-d1a046ced15d'];

/** Apps and site maps. */
export const appRules: readonly Rule[] = [
  {
    id: 'app-site-map',
    severity: 'error',
    code: '0x8005011C',
    fails: 'The import refuses an app without a site map.',
    mend: 'Add <AppModuleComponent type="62" schemaName="…" /> with the name of a site map of the package.',
    *check(solution) {
      const maps = siteMapsOf(solution).map(({ name }) => name);
      for (const { at, node, components } of appsOf(solution)) {
        const named = namesOf(components.filter(isOfType('62')));
        if (named.length === 0) yield { at, message: 'It has no site map.', node };
        for (const name of named)
          if (!maps.includes(name) && solution.lacks(name))
            yield { at, message: `There is no site map '${name}'.`, node };
      }
    },
  },
  {
    id: 'app-component',
    severity: 'error',
    code: '0x80050123',
    fails: 'The import of the app stops at a component that is neither in the package nor in the target.',
    mend: 'Add the component to the solution, or take it out of the app.',
    *check(solution) {
      for (const { at, components } of appsOf(solution))
        for (const node of components) {
          const name = attribute(node, 'schemaName') ?? '';
          if (isOfType('1')(node) && solution.lacksTable(name))
            yield { at, message: `There is no table '${name}'.`, node };
          if (isOfType('61')(node) && !solution.webResources.has(name) && solution.lacks(name))
            yield { at, message: `There is no web resource '${name}'.`, node };
        }
    },
  },
  {
    id: 'app-table',
    severity: 'warning',
    code: '',
    fails: 'Nothing at import, but the app does not offer forms and views of a table that its site map leads to.',
    mend: 'List the table in AppModuleComponents.',
    *check(solution) {
      const maps = new Map(siteMapsOf(solution).map(({ name, node }) => [name, node]));
      for (const { at, node, components } of appsOf(solution)) {
        const listed = namesOf(components.filter(isOfType('1'))).map((name) => name.toLowerCase());
        for (const name of namesOf(components.filter(isOfType('62')))) {
          const map = maps.get(name);
          for (const table of new Set(map === undefined ? [] : valuesOf(map, 'SubArea', 'Entity')))
            if (!listed.includes(table.toLowerCase()))
              yield { at, message: `Its site map leads to '${table}', which it does not list.`, node };
        }
      }
    },
  },
  {
    id: 'app-role',
    severity: 'error',
    code: '0x80050123',
    fails:
      'The import of the app stops at a role that the target does not have: ids of roles differ between environments.',
    mend: 'Name roles of the package, System Administrator or System Customizer; give others access after the import.',
    *check(solution) {
      const own = solution.list('Roles', 'Role').map((node) => plainId(attribute(node, 'id')));
      for (const { at, node } of appsOf(solution))
        for (const role of children(child(node, 'AppModuleRoleMaps'), 'Role')) {
          const id = plainId(attribute(role, 'id'));
          if (!wellKnown.includes(id) && !own.includes(id) && !solution.isElsewhere(id))
            yield { at, message: `The role ${id} is not in the package.`, node: role };
        }
    },
  },
  {
    id: 'site-map-ids',
    severity: 'error',
    code: '0x8004F401',
    fails: 'The import refuses a site map in which two areas, groups or subareas have one id.',
    mend: 'Give each an id of its own.',
    *check(solution) {
      for (const { at, node } of siteMapsOf(solution))
        for (const element of ['Area', 'Group', 'SubArea'])
          for (const id of repeated(idsIn(node, element)))
            yield { at, message: `Two of <${element}> have the id '${id}'.`, node };
    },
  },
  {
    id: 'site-map-target',
    severity: 'error',
    code: '0x80048011',
    fails: 'The import of the site map stops, or the entry opens an error: it leads nowhere.',
    mend: 'Give the subarea an Entity, Url, DefaultDashboard or Page that exists.',
    *check(solution) {
      for (const { at, node } of siteMapsOf(solution))
        for (const area of descendants(node, 'SubArea')) {
          const [id, table, url] = [
            attribute(area, 'Id'),
            attribute(area, 'Entity') ?? '',
            attribute(area, 'Url') ?? '',
          ];
          if (solution.lacksTable(table)) yield { at, message: `'${id}': there is no table '${table}'.`, node: area };
          const resource = /^\/WebResources\/([\w./-]+)/i.exec(url)?.[1] ?? '';
          if (resource !== '' && !solution.webResources.has(resource) && solution.lacks(resource))
            yield { at, message: `'${id}': there is no web resource '${resource}'.`, node: area };
          const leadsNowhere = !solution.isManaged && targets.every((name) => attribute(area, name) === undefined);
          // Subareas of the platform are known by their id.
          if (leadsNowhere && solution.isOwn(id ?? '')) yield { at, message: `'${id}' leads nowhere.`, node: area };
        }
    },
  },
];

const targets = ['Entity', 'Url', 'DefaultDashboard', 'Page'];

/** The id of a group counts within its area. */
function idsIn(node: XmlElement, element: string): string[] {
  if (element !== 'Group') return valuesOf(node, element, 'Id');
  return [...descendants(node, 'Area')].flatMap((area) =>
    valuesOf(area, 'Group', 'Id').map((id) => `${attribute(area, 'Id')}/${id}`),
  );
}

const verbs = ['Create', 'Read', 'Write', 'Delete', 'AppendTo', 'Append', 'Assign', 'Share'];
const levels = ['Basic', 'Local', 'Deep', 'Global'];

/** Privileges of roles on tables of the package. */
function* privilegesOf(solution: Checked) {
  for (const role of solution.list('Roles', 'Role'))
    for (const node of children(child(role, 'RolePrivileges'), 'RolePrivilege')) {
      const name = attribute(node, 'name') ?? '';
      const verb = verbs.find((one) => name.startsWith(`prv${one}`));
      const tableName = verb === undefined ? '' : name.slice(3 + verb.length);
      yield {
        at: `role ${attribute(role, 'name')}`,
        name,
        verb,
        tableName,
        level: attribute(node, 'level') ?? '',
        table: solution.table(tableName),
        node,
      };
    }
}

export const securityRules: readonly Rule[] = [
  {
    id: 'role-privilege',
    severity: 'error',
    code: '0x80048058',
    fails:
      'The import refuses a role with a privilege that does not exist: the table is missing, or has no owner to assign.',
    mend: 'Correct the name (prv, verb, schema name of the table), or take the privilege out.',
    *check(solution) {
      for (const { at, name, verb, tableName, table, node } of privilegesOf(solution)) {
        if (!/^prv[A-Z]/.test(name)) yield { at, message: `'${name}' is no privilege.`, node };
        if (solution.lacksTable(tableName)) yield { at, message: `There is no table for '${name}'.`, node };
        const isOwned = childText(table?.info, 'OwnershipTypeMask') !== 'OrgOwned';
        if (!isOwned && (verb === 'Assign' || verb === 'Share'))
          yield { at, message: `${tableName} has no owner, so there is no '${name}'.`, node };
      }
    },
  },
  {
    id: 'role-level',
    severity: 'error',
    code: '0x80048058',
    fails: '"Privilege … can\'t have depth = Basic": tables without an owner know only Global.',
    mend: 'Set the level to Global; to Basic, Local, Deep or Global for tables with an owner.',
    *check(solution) {
      for (const { at, name, level, table, node } of privilegesOf(solution)) {
        if (!levels.includes(level)) yield { at, message: `'${level}' is no level of '${name}'.`, node };
        else if (childText(table?.info, 'OwnershipTypeMask') === 'OrgOwned' && level !== 'Global')
          yield { at, message: `'${name}' has the level ${level}.`, node };
      }
    },
  },
  {
    id: 'role-privilege-twice',
    severity: 'error',
    code: '0x80048018',
    fails: 'The import refuses a role that has one privilege twice.',
    mend: 'Take one of them out.',
    *check(solution) {
      for (const role of solution.list('Roles', 'Role'))
        for (const name of repeated(valuesOf(role, 'RolePrivilege', 'name')))
          yield { at: `role ${attribute(role, 'name')}`, message: `It has '${name}' twice.`, node: role };
    },
  },
  {
    id: 'secured-column',
    severity: 'error',
    code: '0x80048063',
    fails: 'The import refuses a permission on a column that is missing or not secured.',
    mend: 'Set IsSecured of the column to 1, or take the permission out.',
    *check(solution) {
      for (const profile of solution.list('FieldSecurityProfiles', 'FieldSecurityProfile'))
        for (const node of children(descend(profile, 'FieldPermissions'), 'FieldPermission')) {
          const [tableName, column] = [childText(node, 'EntityName'), childText(node, 'AttributeName').toLowerCase()];
          const table = solution.table(tableName);
          const at = `column security profile ${attribute(profile, 'name')}`;
          if (solution.lacksTable(tableName)) yield { at, message: `There is no table '${tableName}'.`, node };
          if (table !== undefined && solution.lacksColumn(table, column))
            yield { at, message: `${tableName} has no column '${column}'.`, node };
          const secured = childText(table?.columns.get(column), 'IsSecured');
          if (secured !== '' && secured !== '1') yield { at, message: `${tableName}.${column} is not secured.`, node };
        }
    },
  },
];
