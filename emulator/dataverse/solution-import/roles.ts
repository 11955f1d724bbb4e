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
  const given = children(child(node, 'RolePrivileges'), 'RolePrivilege');
  const privileges = given.filter((privilege) => isKnown(call, name, attribute(privilege, 'name') ?? ''));
  if (privileges.length < given.length)
    call.warnings.push(
      `The role '${name}' names ${given.length - privileges.length} privileges of tables and features that are not emulated; the role is without them.`,
    );
  const ids = new Set(privileges.map((privilege) => grant(call, { roleid, name }, privilege)));
  removeOthers(call, 'roleprivileges', { column: 'roleid', id: roleid }, ids);
}

/**
 * Roles that began as a copy of *Basic User* name hundreds of privileges of tables the emulator lacks and the platform has.
 *
 * @throws Fault for a table of the solution's own publisher, which the platform lacks too
 */
function isKnown(call: ImportCall, role: string, privilege: string): boolean {
  if (knownPrivilege(call, privilege) !== undefined) return true;
  const table = /^prv(?:Create|Read|Write|Delete|AppendTo|Append|Assign|Share)(.+)$/.exec(privilege)?.[1];
  if (table !== undefined && !table.toLowerCase().startsWith(`${call.prefix.toLowerCase()}_`)) return false;
  if (table === undefined && /^prv[A-Z]\w+$/.test(privilege)) return false;
  throw refusal('unknownPrivilege', `The role '${role}' names the privilege '${privilege}', which there is not.`);
}

const knownPrivilege = ({ database }: ImportCall, name: string) =>
  database.get('select "canbebasic" from "privilege" where "privilegeid" = ?', [privilegeId(name)]);

/** Gives the role one privilege. @returns the id of the row */
function grant(call: ImportCall, role: { readonly roleid: string; readonly name: string }, node: XmlElement): string {
  const privilege = attribute(node, 'name') ?? '';
  const level = attribute(node, 'level') ?? '';
  const depth = depths[level.toLowerCase()];
  const known = knownPrivilege(call, privilege)!;
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
