import { languages } from '../../organization.ts';
import { faults } from '../../faults.ts';
import type { RequestContext } from '../request-context.ts';
import { respond, type Operations } from './operation.ts';
import { functionParameters, jsonParameter } from './parameters.ts';

const platformVersion = '9.2.24000.100';

function organization({ parts }: RequestContext) {
  const row = parts.database.get('select organizationid, name from organization limit 1');
  return { id: String(row?.['organizationid'] ?? ''), name: String(row?.['name'] ?? '') };
}

/** Addresses, as a dictionary is written: keys beside values. */
const dictionary = (entries: Readonly<Record<string, unknown>>) => ({
  Count: Object.keys(entries).length,
  IsReadOnly: false,
  Keys: Object.keys(entries),
  Values: Object.values(entries),
});

/** Functions about who asks, where, and how much there is. */
export const organizationFunctions: Operations = {
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
      const Detail = {
        OrganizationId: id,
        FriendlyName: name,
        OrganizationVersion: platformVersion,
        EnvironmentId: id,
        DatacenterId: id,
        Geo: 'NA',
        TenantId: context.parts.tenantId ?? id,
        UrlName: 'local',
        UniqueName: 'local',
        Endpoints: dictionary({
          WebApplication: url,
          OrganizationService: `${url}XRMServices/2011/Organization.svc`,
          OrganizationDataService: `${url}XRMServices/2011/OrganizationData.svc`,
        }),
        State: 'Enabled',
      };
      return respond(context, 'RetrieveCurrentOrganization', { Detail });
    },
  },
  RetrieveAvailableLanguages: {
    method: 'GET',
    run: async (context) => respond(context, 'RetrieveAvailableLanguages', { LocaleIds: languages }),
  },
  RetrieveProvisionedLanguages: {
    method: 'GET',
    run: async (context) =>
      respond(context, 'RetrieveProvisionedLanguages', { RetrieveProvisionedLanguages: languages }),
  },
  RetrieveTotalRecordCount: {
    method: 'GET',
    async run(context, { inside }) {
      const names = jsonParameter(functionParameters(context, inside), 'EntityNames');
      if (!Array.isArray(names)) throw faults.invalidArgument("Invalid Argument: 'EntityNames' is not a list.");
      const counts = names.map((name): [string, number] => [String(name), countOf(context, String(name))]);
      const EntityRecordCountCollection = dictionary(Object.fromEntries(counts));
      return respond(context, 'RetrieveTotalRecordCount', { EntityRecordCountCollection });
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
};

/** Every row counts, whoever may see it; the privilege is needed all the same. */
function countOf({ parts, caller }: RequestContext, name: string): number {
  const table = parts.metadata.table(name);
  if (table === undefined || table.isVirtual) throw faults.resourceNotFound(name);
  parts.privileges.require(caller, 'Read', table);
  return Number(parts.database.get(`select count(*) as count from "${table.logicalName}"`)!['count']);
}
