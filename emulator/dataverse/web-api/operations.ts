import { notEmulated, type HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { answer } from './read-set.ts';
import { parseBody } from './row-requests.ts';
import type { RequestContext } from './request-context.ts';

/** An unbound function (GET) or action (POST). */
export interface Operation {
  readonly method: 'GET' | 'POST';
  run(context: RequestContext): Promise<HttpResponse>;
}

const noContent: HttpResponse = { status: 204, headers: { 'OData-Version': '4.0' }, body: '' };

function respond(context: RequestContext, name: string, body: Record<string, unknown>): HttpResponse {
  return answer(context, {
    '@odata.context': `${context.base}/$metadata#Microsoft.Dynamics.CRM.${name}Response`,
    ...body,
  });
}

function organization({ parts }: RequestContext) {
  const row = parts.database.get('select organizationid, name from organization limit 1');
  return { id: String(row?.['organizationid'] ?? ''), name: String(row?.['name'] ?? '') };
}

const platformVersion = '9.2.24000.100';

/** Unbound functions and actions by name. */
export const operations: Readonly<Record<string, Operation>> = {
  WhoAmI: {
    method: 'GET',
    run: async (context) =>
      respond(context, 'WhoAmI', {
        BusinessUnitId: context.caller.businessUnitId,
        UserId: context.caller.userId,
        OrganizationId: organization(context).id,
      }),
  },
  RetrieveVersion: {
    method: 'GET',
    run: async (context) => respond(context, 'RetrieveVersion', { Version: platformVersion }),
  },
  RetrieveCurrentOrganization: {
    method: 'GET',
    async run(context) {
      const { id, name } = organization(context);
      const url = `${context.parts.origin()}/`;
      const Endpoints = {
        Count: 2,
        IsReadOnly: false,
        Keys: ['WebApplication', 'OrganizationDataService'],
        Values: [url, `${url}api/data/`],
      };
      const Detail = {
        OrganizationId: id,
        FriendlyName: name,
        OrganizationVersion: platformVersion,
        EnvironmentId: id,
        UrlName: 'local',
        UniqueName: 'local',
        Endpoints,
        State: 'Enabled',
      };
      return respond(context, 'RetrieveCurrentOrganization', { Detail });
    },
  },
  RetrieveTotalRecordCount: {
    method: 'GET',
    async run(context) {
      const names = JSON.parse(
        (context.aliases.get('@p1') ?? context.options.get('EntityNames') ?? '[]').replaceAll("'", '"'),
      ) as string[];
      const Values = names.map((name) => {
        const table = context.parts.metadata.table(name);
        if (table === undefined || table.isVirtual) throw faults.resourceNotFound(name);
        return Number(context.parts.database.get(`select count(*) as count from "${table.logicalName}"`)!['count']);
      });
      return respond(context, 'RetrieveTotalRecordCount', {
        EntityRecordCountCollection: { Count: names.length, IsReadOnly: false, Keys: names, Values },
      });
    },
  },
  RetrieveFinanceAndOperationsIntegrationDetails: {
    method: 'GET',
    async run(context) {
      const details = context.parts.integration();
      if (details === undefined) throw faults.notLinked();
      return respond(context, 'RetrieveFinanceAndOperationsIntegrationDetails', { ...details });
    },
  },
  // Decided: what is imported is in force at once, so publishing has nothing left to do.
  PublishAllXml: { method: 'POST', run: async () => noContent },
  PublishXml: { method: 'POST', run: async () => noContent },
  ImportSolution: {
    method: 'POST',
    async run(context) {
      const body = parseBody(context, 'ImportSolution');
      if (context.caller.isSystem === false)
        context.parts.privileges.require(context.caller, 'Create', context.parts.metadata.table('solution')!);
      await context.parts.importSolution(Buffer.from(String(body['CustomizationFile'] ?? ''), 'base64'));
      return noContent;
    },
  },
};

/** Operations of the platform that are refused by name. */
export const missingOperations: readonly string[] = [
  'InitializeFrom',
  'RetrievePrincipalAccess',
  'RetrieveUserPrivileges',
  'GrantAccess',
  'ModifyAccess',
  'RevokeAccess',
  'CloseIncident',
  'SendEmail',
  'AddToQueue',
  'ExportSolution',
  'ImportSolutionAsync',
  'StageSolution',
  'StageAndUpgrade',
  'RetrieveMetadataChanges',
  'CalculateRollupField',
  'SetAutoNumberSeed',
  'AddSolutionComponent',
  'WinOpportunity',
  'LoseOpportunity',
  'CreateMultiple',
  'UpdateMultiple',
  'UpsertMultiple',
  'OnExternalCreated',
  'OnExternalUpdated',
  'OnExternalDeleted',
];

export async function runOperation(context: RequestContext, name: string): Promise<HttpResponse> {
  const operation = operations[name];
  if (operation === undefined) {
    if (missingOperations.includes(name)) throw notEmulated(`The operation '${name}'`, 'Use row requests instead.');
    throw faults.resourceNotFound(name);
  }
  if (operation.method !== context.request.method)
    throw faults.noHttpResource(`${context.parts.origin()}${context.request.url}`);
  return operation.run(context);
}
