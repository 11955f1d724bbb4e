import { faults } from '../../faults.ts';
import type { Right } from '../../security/privileges.ts';
import { sharingMessages } from '../../messages/operations/sharing.ts';
import { sharesOf } from '../../security/share-rows.ts';
import { rightBits } from '../../security/shares.ts';
import { noContent } from '../answer.ts';
import { parseBody } from '../parse-body.ts';
import { isObject } from '../read-body.ts';
import { boundUser } from './bound-user.ts';
import { respond, type Operation, type Operations } from './operation.ts';
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
function share(name: keyof typeof sharingMessages): Operation {
  return {
    method: 'POST',
    async run(context) {
      const body = parseBody(context, name);
      const Target = await rowParameter(context, body['Target'], 'Target');
      const given = isObject(body['PrincipalAccess']) ? body['PrincipalAccess'] : {};
      const input =
        name === 'RevokeAccess'
          ? { Target, Revokee: await rowParameter(context, body['Revokee'], 'Revokee') }
          : {
              Target,
              PrincipalAccess: {
                Principal: await rowParameter(context, given['Principal'], 'Principal'),
                AccessMask: readMask(given['AccessMask']),
              },
            };
      await context.parts.pipeline.run({ operation: sharingMessages[name], input, caller: context.caller });
      return noContent;
    },
  };
}

/** `ReadAccess, WriteAccess` of a mask. */
function writeMask(mask: number): string {
  const held = rights.filter((right) => (mask & rightBits[right]) !== 0);
  return held.length === 0 ? 'None' : held.map((right) => `${right}Access`).join(', ');
}

/** Sharing, and who may do what. */
export const accessOperations: Operations = {
  GrantAccess: share('GrantAccess'),
  ModifyAccess: share('ModifyAccess'),
  RevokeAccess: share('RevokeAccess'),
  RetrieveSharedPrincipalsAndAccess: {
    method: 'GET',
    async run(context, { inside }) {
      const { database, metadata, access } = context.parts;
      const asked = jsonParameter(functionParameters(context, inside), 'Target');
      const target = await rowParameter(context, asked, 'Target');
      access.requireRow(context.caller, 'Read', metadata.table(target.table)!, target.id);
      const PrincipalAccesses = sharesOf(database, target.id)
        .filter(({ direct }) => direct !== 0)
        .map(({ principal, direct }) => ({
          AccessMask: writeMask(direct),
          Principal: { '@odata.type': `#Microsoft.Dynamics.CRM.${principal.table}`, ownerid: principal.id },
        }));
      return respond(context, 'RetrieveSharedPrincipalsAndAccess', { PrincipalAccesses });
    },
  },
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
};
