import { notEmulated } from '../../../kernel/index.ts';
import type { Lookup } from '../../../query/index.ts';
import { faults } from '../../faults.ts';
import type { Caller } from '../../contract.ts';
import { depth, type Right } from '../../security/privileges.ts';
import { rightBits } from '../../security/shares.ts';
import { noContent } from '../answer.ts';
import { parseBody } from '../parse-body.ts';
import { isObject } from '../read-body.ts';
import type { RequestContext } from '../request-context.ts';
import { requireId } from '../row-requests.ts';
import { respond, type Operation, type OperationCall, type Operations } from './operation.ts';
import { functionParameters, jsonParameter, rowParameter } from './parameters.ts';

const rights = Object.keys(rightBits) as Right[];

/** `ReadAccess,WriteAccess` as a mask. @throws Fault for a right there is not */
function readMask(text: unknown): number {
  const names = String(text ?? '')
    .split(',')
    .map((name) => name.trim());
  return names.reduce((mask, name) => {
    const right = rights.find((one) => `${one}Access` === name);
    if (right === undefined) throw faults.invalidArgument(`Invalid Argument: '${name}' is not an access right.`);
    return mask | rightBits[right];
  }, 0);
}

/** Gives, changes or takes back what one principal may do with one row. */
function share(name: string, change: (before: number, asked: number) => number): Operation {
  return {
    method: 'POST',
    async run(context) {
      const body = parseBody(context, name);
      const given = isObject(body['PrincipalAccess']) ? body['PrincipalAccess'] : {};
      const isTaking = name === 'RevokeAccess';
      const target = await rowParameter(context, body['Target'], 'Target');
      const principal = isTaking
        ? await rowParameter(context, body['Revokee'], 'Revokee')
        : await rowParameter(context, given['Principal'], 'Principal');
      const asked = isTaking ? 0 : readMask(given['AccessMask']);
      await context.parts.database.transaction(() =>
        writeShare(context, target, principal, (mask) => change(mask, asked)),
      );
      return noContent;
    },
  };
}

async function writeShare(
  { parts, caller }: RequestContext,
  target: Lookup,
  principal: Lookup,
  change: (mask: number) => number,
): Promise<void> {
  const { database, metadata, access, pipeline } = parts;
  const table = metadata.table(target.table)!;
  if (table.ownership !== 'user') throw faults.messageNotSupported('GrantAccess', table.logicalName);
  if (principal.table !== 'systemuser' && principal.table !== 'team')
    throw faults.invalidArgument(
      `Invalid Argument: a row is shared with a user or a team, not with '${principal.table}'.`,
    );
  access.requireRow(caller, 'Share', table, target.id);
  const sql =
    'select principalobjectaccessid as id, accessrightsmask as mask from principalobjectaccess where objectid = ? and principalid = ?';
  const there = database.get(sql, [target.id, principal.id]);
  const accessrightsmask = change(Number(there?.['mask'] ?? 0));
  if (there !== undefined && accessrightsmask === 0)
    await pipeline.delete('principalobjectaccess', String(there['id']));
  else if (there !== undefined)
    await pipeline.update('principalobjectaccess', String(there['id']), { accessrightsmask });
  else if (accessrightsmask !== 0)
    await pipeline.create('principalobjectaccess', {
      principalid: principal.id,
      principaltypecode: principal.table,
      objectid: target.id,
      objecttypecode: table.logicalName,
      accessrightsmask,
      inheritedaccessrightsmask: 0,
    });
}

/** The user a bound function is about. */
function boundUser({ parts }: RequestContext, { bound }: OperationCall, name: string): Caller {
  const { table, key } = bound!;
  if (table.logicalName !== 'systemuser') throw notEmulated(`${name} of a '${table.logicalName}'`, 'Ask for a user.');
  const id = requireId(table, key!);
  const user = parts.callers.byId(id);
  if (user === undefined) throw faults.rowNotFound(table.schemaName, id);
  return user;
}

const depthNames: Readonly<Record<number, string>> = {
  [depth.basic]: 'Basic',
  [depth.local]: 'Local',
  [depth.deep]: 'Deep',
  [depth.global]: 'Global',
};

/** Sharing, and who may do what. */
export const accessOperations: Operations = {
  GrantAccess: share('GrantAccess', (before, asked) => before | asked),
  ModifyAccess: share('ModifyAccess', (_before, asked) => asked),
  RevokeAccess: share('RevokeAccess', () => 0),
  RetrievePrincipalAccess: {
    method: 'GET',
    boundTo: 'row',
    async run(context, call) {
      const { metadata, access } = context.parts;
      const user = boundUser(context, call, 'RetrievePrincipalAccess');
      const asked = jsonParameter(functionParameters(context, call.inside), 'Target');
      const target = await rowParameter(context, asked, 'Target');
      const table = metadata.table(target.table)!;
      access.requireRow(context.caller, 'Read', table, target.id);
      const held = rights.filter((right) => access.reachesRow(user, right, table, target.id));
      return respond(context, 'RetrievePrincipalAccess', {
        AccessRights: held.length === 0 ? 'None' : held.map((right) => `${right}Access`).join(', '),
      });
    },
  },
  RetrieveUserPrivileges: {
    method: 'GET',
    boundTo: 'row',
    async run(context, call) {
      const { database, privileges } = context.parts;
      const user = boundUser(context, call, 'RetrieveUserPrivileges');
      const held = database.all('select privilegeid as id, name from privilege order by name').flatMap((row) => {
        const reach = privileges.reachOf(user, String(row['id']));
        if (reach === 0) return [];
        const shown = { PrivilegeId: row['id'], BusinessUnitId: user.businessUnitId, PrivilegeName: row['name'] };
        return [{ Depth: depthNames[reach], ...shown }];
      });
      return respond(context, 'RetrieveUserPrivileges', { RolePrivileges: held });
    },
  },
};
