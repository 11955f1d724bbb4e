import { readGuid } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import { depth } from '../../security/privileges.ts';
import type { MessageCall } from '../../contract.ts';
import type { Operation, OperationPlatform } from './operation.ts';

/** Depths as `PrivilegeDepth` names and counts them. */
const depths = [
  ['Basic', depth.basic],
  ['Local', depth.local],
  ['Deep', depth.deep],
  ['Global', depth.global],
] as const;

interface RolePrivilege {
  readonly privilege: string;
  readonly mask: number;
}

const onRole = { isFunction: false, boundTo: 'row', table: 'role', results: [] } as const;
const privileges = [{ name: 'Privileges', type: 'rolePrivileges' }] as const;

/** Gives a role privileges, or those it has another depth. */
export const addPrivilegesRole: Operation = {
  ...onRole,
  name: 'AddPrivilegesRole',
  parameters: privileges,
  async run(call, platform) {
    requireWritable(call, platform);
    for (const one of readPrivileges(call, platform)) await put(call.id, one, platform);
    return {};
  },
};

/** Gives a role these privileges and no others. */
export const replacePrivilegesRole: Operation = {
  ...onRole,
  name: 'ReplacePrivilegesRole',
  parameters: privileges,
  async run(call, platform) {
    requireWritable(call, platform);
    const wanted = readPrivileges(call, platform);
    for (const { privilege } of held(call.id, platform))
      if (!wanted.some((one) => one.privilege === privilege)) await remove(call.id, privilege, platform);
    for (const one of wanted) await put(call.id, one, platform);
    return {};
  },
};

/** Takes a privilege from a role. */
export const removePrivilegeRole: Operation = {
  ...onRole,
  name: 'RemovePrivilegeRole',
  parameters: [{ name: 'PrivilegeId', type: 'guid' }],
  async run(call, platform) {
    requireWritable(call, platform);
    const privilege = String(call.input['PrivilegeId']);
    if (!(await remove(call.id, privilege, platform)))
      throw faults.invalidArgument(`Invalid Argument: the role does not have the privilege ${privilege}.`);
    return {};
  },
};

/** What a role may do, and how far. */
export const retrieveRolePrivilegesRole: Operation = {
  name: 'RetrieveRolePrivilegesRole',
  isFunction: true,
  parameters: [{ name: 'RoleId', type: 'guid' }],
  results: [{ name: 'RolePrivileges', type: 'rolePrivileges' }],
  async run({ input, caller }, platform) {
    const id = String(input['RoleId']);
    const role = await platform.organization.retrieve('role', id, ['businessunitid'], caller);
    if (role === undefined) throw faults.rowNotFound('Role', id);
    const unit = role['businessunitid'] as { readonly id: string } | null;
    const RolePrivileges = held(id, platform).map(({ privilege, mask, name }) => ({
      Depth: depths.find(([, one]) => one === mask)?.[0] ?? 'Basic',
      PrivilegeId: privilege,
      BusinessUnitId: unit?.id ?? null,
      PrivilegeName: name,
    }));
    return { RolePrivileges };
  },
};

const requireWritable = ({ id, caller }: MessageCall, { access, metadata }: OperationPlatform) =>
  access.requireRow(caller, 'Write', metadata.table('role')!, id);

function held(roleid: string, { database }: OperationPlatform) {
  const sql = `select r.privilegeid as id, r.privilegedepthmask as mask, p.name from roleprivileges r
    join privilege p on p.privilegeid = r.privilegeid where r.roleid = ? order by p.name`;
  return database
    .all(sql, [roleid])
    .map(({ id, mask, name }) => ({ privilege: String(id), mask: Number(mask), name: String(name) }));
}

function readPrivileges({ input }: MessageCall, { database }: OperationPlatform): RolePrivilege[] {
  return (input['Privileges'] as readonly Readonly<Record<string, unknown>>[]).map((given) => {
    const id = readGuid(String(given['PrivilegeId'] ?? ''));
    const name = String(given['PrivilegeName'] ?? '');
    const row = database.get(
      `select privilegeid as id from privilege where ${id === undefined ? 'name' : 'privilegeid'} = ?`,
      [id ?? name],
    );
    if (row === undefined) throw faults.invalidArgument(`Invalid Argument: there is no privilege '${id ?? name}'.`);
    return { privilege: String(row['id']), mask: readDepth(given['Depth']) };
  });
}

/** By name or, as a text, by number. */
function readDepth(value: unknown): number {
  if (typeof value === 'number')
    throw faults.payload(
      '',
      `Microsoft.OData.ODataException: Cannot read the value '${value}' as a quoted JSON string value.`,
    );
  const found = depths.find(([name], number) => value === name || value === String(number));
  if (found === undefined)
    throw faults.payload('', `Microsoft.OData.ODataException: Requested value '${String(value)}' was not found.`);
  return found[1];
}

const rowOf = (roleid: string, privilege: string, { database }: OperationPlatform) =>
  database.get(
    'select roleprivilegeid as id, privilegedepthmask as mask from roleprivileges where roleid = ? and privilegeid = ?',
    [roleid, privilege],
  );

async function put(roleid: string, { privilege, mask }: RolePrivilege, platform: OperationPlatform): Promise<void> {
  const there = rowOf(roleid, privilege, platform);
  const row = { roleid, privilegeid: privilege, privilegedepthmask: mask };
  if (there === undefined) await platform.organization.create('roleprivileges', row);
  else await platform.organization.update('roleprivileges', String(there['id']), { privilegedepthmask: mask });
}

async function remove(roleid: string, privilege: string, platform: OperationPlatform): Promise<boolean> {
  const there = rowOf(roleid, privilege, platform);
  if (there === undefined) return false;
  await platform.organization.delete('roleprivileges', String(there['id']));
  return true;
}
