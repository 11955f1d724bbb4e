import { attribute, child, children, type XmlElement } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { privilegeId } from './privileges.ts';
import { putComponent, removeOthers } from './put-component.ts';
import { refusal } from './refusals.ts';

/** Depth names of the file, as the mask `roleprivileges` keeps. */
const depths: Record<string, number> = { basic: 1, local: 2, deep: 4, global: 8 };

/** Importing a role replaces its privileges. */
export function importRoles(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Roles'), 'Role')) importRole(call, node);
}

function importRole(call: ImportCall, node: XmlElement): void {
  const roleid = plainId(attribute(node, 'id') ?? '');
  const name = attribute(node, 'name') ?? '';
  if (roleid === '' || name === '') throw refusal('badSchema', `The role '${name}' needs both an id and a name.`);
  const taken = call.database.get('select "roleid" from "role" where "name" = ? and "roleid" <> ?', [name, roleid]);
  if (taken !== undefined) throw refusal('roleNameTaken', `The name '${name}' of the role is taken by another role.`);
  const unit = call.importer?.businessUnitId;
  putComponent(call, 'role', {
    roleid,
    roleidunique: roleid,
    name,
    ...(unit === undefined ? {} : { businessunitid: { table: 'businessunit', id: unit } }),
    ismanaged: call.isManaged,
  });
  const privileges = children(child(node, 'RolePrivileges'), 'RolePrivilege');
  const ids = new Set(privileges.map((privilege) => grant(call, { roleid, name }, privilege)));
  removeOthers(call, 'roleprivileges', { column: 'roleid', id: roleid }, ids);
}

/** Gives the role one privilege. @returns the id of the row */
function grant(call: ImportCall, role: { readonly roleid: string; readonly name: string }, node: XmlElement): string {
  const privilege = attribute(node, 'name') ?? '';
  const level = attribute(node, 'level') ?? '';
  const depth = depths[level.toLowerCase()];
  const known = call.database.get('select "canbebasic" from "privilege" where "privilegeid" = ?', [
    privilegeId(privilege),
  ]);
  if (known === undefined)
    throw refusal(
      'unknownPrivilege',
      `The role '${role.name}' names the privilege '${privilege}', which there is not.`,
    );
  if (depth === undefined)
    throw refusal('badRolePrivilege', `The role '${role.name}' gives '${privilege}' at the unknown level '${level}'.`);
  if (known['canbebasic'] === 0 && depth !== 8)
    throw refusal(
      'badRolePrivilege',
      `The privilege '${privilege}' of the role '${role.name}' can't have depth = ${level}: only Global.`,
    );
  const roleprivilegeid = stableId('roleprivilege', role.roleid, privilege);
  putComponent(call, 'roleprivileges', {
    roleprivilegeid,
    roleid: role.roleid,
    privilegeid: privilegeId(privilege),
    privilegedepthmask: depth,
  });
  return roleprivilegeid;
}
