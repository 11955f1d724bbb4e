import { attribute, child, children, xmlElement, setAttribute, type XmlElement } from '../../../packaging/index.ts';
import type { SqlRow } from '../../storage/index.ts';
import { setChild, textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import { plainId } from '../solution-import/import-platform.ts';
import { dropNodes, listIn, type ExportCall } from './export-call.ts';

/** `level` of a privilege, by the mask it is kept as. */
const levels: Readonly<Record<number, string>> = { 1: 'Basic', 2: 'Local', 4: 'Deep', 8: 'Global' };

/** Roles of the solution with what they may do now; privileges of tables that are not here stay as the package has them. */
export function putRoles(call: ExportCall): void {
  const { database, scope, pkg } = call;
  const rows = database
    .all('select roleid, name from role')
    .filter((row) => scope.has(componentType.role, String(row['roleid'])));
  const list = listIn(pkg, 'Roles');
  const present = new Set(rows.map((row) => String(row['roleid'])));
  dropNodes(list, (node) => !present.has(idOf(node)));
  const there = new Map(children(list, 'Role').map((node) => [idOf(node), node]));
  for (const row of rows) {
    const node = there.get(String(row['roleid'])) ?? newNode(row);
    if (!there.has(String(row['roleid']))) list.children.push(node);
    setAttribute(node, 'name', String(row['name']));
    putPrivileges(call, node, String(row['roleid']));
  }
}

const idOf = (node: XmlElement) => plainId(attribute(node, 'id') ?? '');

const newNode = (row: SqlRow): XmlElement =>
  xmlElement('Role', { id: `{${String(row['roleid'])}}`, name: String(row['name']) }, [
    textNode('IsCustomizable', '1'),
    textNode('IsAutoAssigned', '0'),
    xmlElement('RolePrivileges'),
  ]);

function putPrivileges({ database }: ExportCall, node: XmlElement, role: string): void {
  const held = new Map(
    database
      .all(
        'select p.name as name, r.privilegedepthmask as mask from roleprivileges r join privilege p on p.privilegeid = r.privilegeid where r.roleid = ?',
        [role],
      )
      .map(({ name, mask }) => [String(name), levels[Number(mask)] ?? 'Global']),
  );
  const known = new Set(database.all('select name from privilege').map(({ name }) => String(name).toLowerCase()));
  const stated = children(child(node, 'RolePrivileges'), 'RolePrivilege');
  const foreign = stated.filter((one) => !known.has((attribute(one, 'name') ?? '').toLowerCase()));
  const own = stated.filter((one) => !foreign.includes(one));
  const isSame =
    own.length === held.size &&
    own.every((one) => levelOf(held, attribute(one, 'name')) === attribute(one, 'level')?.toLowerCase());
  if (isSame) return;
  const nodes = [...held].map(([name, level]) => xmlElement('RolePrivilege', { name, level }));
  const sorted = [...nodes, ...foreign].sort((one, other) =>
    (attribute(one, 'name') ?? '').localeCompare(attribute(other, 'name') ?? '', 'en'),
  );
  setChild(node, xmlElement('RolePrivileges', {}, sorted));
}

const levelOf = (held: ReadonlyMap<string, string>, name: string | undefined) =>
  [...held].find(([one]) => one.toLowerCase() === name?.toLowerCase())?.[1].toLowerCase();
