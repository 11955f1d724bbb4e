import { attribute, child, children, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { stableId } from '../metadata/stable-id.ts';
import { plainId, putComponent, type ImportCall } from './import-platform.ts';
import { privilegeId } from './tables.ts';

/** Depth names of the file, as the mask `roleprivileges` keeps. */
const depths: Record<string, number> = { basic: 1, local: 2, deep: 4, global: 8 };

/** Importing a role replaces its privileges. */
export function importRoles(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Roles'), 'Role')) importRole(call, node);
}

function importRole(call: ImportCall, node: XmlElement): void {
  const roleid = plainId(attribute(node, 'id') ?? '');
  const name = attribute(node, 'name') ?? '';
  const businessunitid =
    call.importer === undefined ? undefined : { table: 'businessunit', id: call.importer.businessUnitId };
  const taken = call.database.get('select "roleid" from "role" where "name" = ? and "roleid" <> ?', [name, roleid]);
  if (taken !== undefined)
    throw faults.import('0x80048017', `The name '${name}' of the role is taken by another role.`);
  putComponent(call, 'role', {
    roleid,
    name,
    ...(businessunitid === undefined ? {} : { businessunitid }),
    ismanaged: call.isManaged,
  });
  call.database.run('delete from "roleprivileges" where "roleid" = ?', [roleid]);
  for (const privilege of children(child(node, 'RolePrivileges'), 'RolePrivilege')) {
    const privilegeName = attribute(privilege, 'name') ?? '';
    const depth = depths[(attribute(privilege, 'level') ?? '').toLowerCase()];
    const known = call.database.get('select "canbebasic" from "privilege" where "privilegeid" = ?', [
      privilegeId(privilegeName),
    ]);
    if (known === undefined)
      throw faults.import(
        '0x80048058',
        `The role '${name}' names the privilege '${privilegeName}', which there is not.`,
      );
    if (depth === undefined)
      throw faults.import(
        '0x80048018',
        `The role '${name}' gives '${privilegeName}' at the unknown level '${attribute(privilege, 'level')}'.`,
      );
    if (known['canbebasic'] === 0 && depth !== 8)
      throw faults.import(
        '0x80048018',
        `The privilege '${privilegeName}' of the role '${name}' can only be given at Global.`,
      );
    putComponent(call, 'roleprivileges', {
      roleprivilegeid: stableId('roleprivilege', roleid, privilegeName),
      roleid,
      privilegeid: privilegeId(privilegeName),
      privilegedepthmask: depth,
    });
  }
}
