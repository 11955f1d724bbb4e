import { readGuid } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import { stableId } from '../../metadata/stable-id.ts';
import { depth } from '../../security/privileges.ts';
import type { RequestContext } from '../request-context.ts';
import { boundUser } from './bound-user.ts';
import { respond, type Operation, type Operations } from './operation.ts';
import { functionParameters, jsonParameter } from './parameters.ts';

const depthNames: Readonly<Record<number, string>> = {
  [depth.basic]: 'Basic',
  [depth.local]: 'Local',
  [depth.deep]: 'Deep',
  [depth.global]: 'Global',
};

type Parameters = ReadonlyMap<string, string>;

/**
 * A function of a user that answers `RolePrivileges`: those held, through roles of the user and of its teams, each with the
 * depth it reaches. `wanted` reads the ids that are asked about; undefined asks about all.
 *
 * Decided: of a privilege that there is not nobody holds anything.
 */
function heldPrivileges(name: string, wanted: (parameters: Parameters) => readonly string[] | undefined): Operation {
  return {
    method: 'GET',
    boundTo: 'row',
    async run(context, call) {
      const user = boundUser(context, call, name);
      const ids = wanted(functionParameters(context, call.inside));
      const RolePrivileges = privilegesOf(context).flatMap(({ id, name: PrivilegeName }) => {
        const reach = ids === undefined || ids.includes(id) ? context.parts.privileges.reachOf(user, id) : 0;
        if (reach === 0) return [];
        return [{ Depth: depthNames[reach], PrivilegeId: id, BusinessUnitId: user.businessUnitId, PrivilegeName }];
      });
      return respond(context, name, { RolePrivileges });
    },
  };
}

const privilegesOf = ({ parts }: RequestContext) =>
  parts.database
    .table('select privilegeid, name from privilege order by name')
    .map(([id, name]) => ({ id: String(id), name: String(name) }));

const idOf = (name: unknown) => stableId('privilege', String(name));

function text(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw faults.invalidArgument(`Invalid Argument: the parameter '${name}' is missing.`);
  return value.replace(/^'(.*)'$/s, '$1');
}

function guid(parameters: Parameters, name: string): string {
  const id = readGuid(text(parameters, name));
  if (id === undefined) throw faults.invalidArgument(`Invalid Argument: the parameter '${name}' is not a GUID.`);
  return id;
}

function texts(parameters: Parameters, name: string): readonly unknown[] {
  const value = jsonParameter(parameters, name);
  if (!Array.isArray(value)) throw faults.invalidArgument(`Invalid Argument: the parameter '${name}' is not a list.`);
  return value;
}

/** @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges */
export const userPrivileges: Operations = {
  RetrieveUserPrivileges: heldPrivileges('RetrieveUserPrivileges', () => undefined),
  RetrieveUserPrivilegeByPrivilegeName: heldPrivileges('RetrieveUserPrivilegeByPrivilegeName', (parameters) => [
    idOf(text(parameters, 'PrivilegeName')),
  ]),
  RetrieveUserPrivilegeByPrivilegeId: heldPrivileges('RetrieveUserPrivilegeByPrivilegeId', (parameters) => [
    guid(parameters, 'PrivilegeId'),
  ]),
  RetrieveUserSetOfPrivilegesByNames: heldPrivileges('RetrieveUserSetOfPrivilegesByNames', (parameters) =>
    texts(parameters, 'PrivilegeNames').map(idOf),
  ),
};
