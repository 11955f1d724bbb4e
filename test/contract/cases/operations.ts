import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const functions = 'dev webapi/use-web-api-functions';
const actions = 'dev webapi/use-web-api-actions';
const bulk = 'dev bulk-operations';
const sharing = 'dev security-sharing-assigning';

const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const asked = (name: string, send: string, answer: Partial<Exchange>, source = functions) =>
  one(name, source, { send: `GET ${send}`, status: 200, ...answer });
const typed = (row: object) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.ctr_tree', ...row });
const target = (id: string) => typed({ ctr_treeid: id });
const user = (id: string) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: id });
const tree: Exchange = { send: 'POST ctr_trees', body: { ctr_name: 'Shared' }, status: 204, keep: { it: 'id' } };
const access = (AccessRights: unknown): Exchange => ({
  send: "GET systemusers({picker})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@t)?@t={'@odata.id':'ctr_trees({it})'}".replace(
    /\{'@odata/,
    "{'@odata",
  ),
  status: 200,
  holds: { AccessRights },
});

export const operations: readonly ContractCase[] = [
  asked('WhoAmI tells user, unit and organisation', 'WhoAmI', {
    holds: {
      '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse',
      UserId: '{me}',
      BusinessUnitId: '{unit}',
      OrganizationId: '{organization}',
    },
  }),
  asked('a function without parameters is called with brackets too', 'WhoAmI()', { holds: { UserId: '{me}' } }),
  one('a function is not posted to', functions, { send: 'POST WhoAmI', body: {}, status: 404, code: '' }),
  asked('an unbound function has no namespace', 'Microsoft.Dynamics.CRM.WhoAmI()', { status: 404 }),
  asked('an unknown function is not found', 'NoSuchFunction()', { status: 404, code: '0x8006088a' }),
  asked('RetrieveVersion tells the version', 'RetrieveVersion()', {
    holds: { Version: expect.stringMatching(/^9\.2\.\d+\.\d+$/) },
  }),
  asked(
    'RetrieveCurrentOrganization tells the endpoints',
    "RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'",
    {
      holds: {
        Detail: {
          OrganizationId: '{organization}',
          OrganizationVersion: expect.any(String),
          Endpoints: { Keys: expect.arrayContaining(['WebApplication']) },
        },
      },
    },
  ),
  asked(
    'RetrieveCurrentOrganization tells tenant, geography and addresses',
    "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')",
    {
      holds: {
        Detail: {
          TenantId: expect.any(String),
          Geo: expect.any(String),
          DatacenterId: expect.any(String),
          Endpoints: { Keys: expect.arrayContaining(['OrganizationService', 'OrganizationDataService']) },
        },
      },
    },
    'dev webapi/reference/organizationdetail',
  ),
  asked(
    'RetrieveProvisionedLanguages lists language codes',
    'RetrieveProvisionedLanguages()',
    { holds: { RetrieveProvisionedLanguages: expect.arrayContaining([1033]) } },
    'dev webapi/reference/retrieveprovisionedlanguagesresponse',
  ),
  asked(
    'RetrieveAvailableLanguages lists language codes',
    'RetrieveAvailableLanguages()',
    { holds: { LocaleIds: expect.arrayContaining([1033]) } },
    'dev webapi/reference/retrieveavailablelanguagesresponse',
  ),
  asked(
    'parameters may be given in place',
    "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')",
    { holds: { Detail: { OrganizationId: '{organization}' } } },
  ),
  asked(
    'RetrieveTotalRecordCount counts the rows of tables',
    "RetrieveTotalRecordCount(EntityNames=@p1)?@p1=['ctr_basket']",
    {
      holds: {
        EntityRecordCountCollection: {
          Count: 1,
          IsReadOnly: false,
          Keys: ['ctr_basket'],
          Values: [expect.any(Number)],
        },
      },
    },
    'dev webapi/query/count-rows',
  ),
  asked('a missing parameter is refused', 'RetrieveTotalRecordCount()', { status: 400 }),
  asked(
    'RetrieveUserPrivileges tells privileges with their depth',
    'systemusers({me})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()',
    {
      holds: {
        RolePrivileges: expect.arrayContaining([
          expect.objectContaining({ Depth: 'Global', PrivilegeName: 'prvReadctr_Tree' }),
        ]),
      },
    },
  ),
  ...[
    "RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvReadctr_Tree')",
    "RetrieveUserPrivilegeByPrivilegeName(PrivilegeName=@p1)?@p1='prvReadctr_Tree'",
    'RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p1)?@p1=["prvReadctr_Tree","prvNoSuch"]',
  ].map((call) =>
    asked(`${call} tells the one that is held`, `systemusers({me})/Microsoft.Dynamics.CRM.${call}`, {
      holds: { RolePrivileges: [expect.objectContaining({ Depth: 'Global', PrivilegeName: 'prvReadctr_Tree' })] },
    }),
  ),
  asked(
    'a user holds nothing of a privilege there is not',
    "systemusers({me})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvNoSuch')",
    { holds: { RolePrivileges: [] } },
  ),
  asked(
    'a privilege is asked about by its id',
    'systemusers({me})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeId(PrivilegeId=nothing)',
    { status: 400 },
  ),
  asked('a bound function needs its namespace', 'systemusers({me})/RetrieveUserPrivileges()', { status: 404 }),
  asked('the alias mscrm stands for the namespace', 'systemusers({me})/mscrm.RetrieveUserPrivileges()', {}),
  one('an unknown action is not found', actions, {
    send: 'POST NoSuchAction',
    body: {},
    status: 404,
    code: '0x8006088a',
  }),
  one('an action is not read', actions, { send: 'GET PublishAllXml', status: 404, code: '' }),
  one('PublishAllXml answers 204', actions, { send: 'POST PublishAllXml', status: 204 }),
  steps(
    'CreateMultiple makes rows and answers their ids',
    bulk,
    {
      send: 'POST ctr_trees/Microsoft.Dynamics.CRM.CreateMultiple',
      body: { Targets: [typed({ ctr_name: 'Bulk made' }), typed({ ctr_name: 'Bulk made' })] },
      status: 200,
      holds: {
        '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse',
        Ids: [expect.any(String), expect.any(String)],
      },
    },
    { send: "GET ctr_trees/$count?$filter=ctr_name eq 'Bulk made'", status: 200, text: '\uFEFF2' },
  ),
  steps(
    'CreateMultiple is all or nothing',
    bulk,
    {
      send: 'POST ctr_trees/Microsoft.Dynamics.CRM.CreateMultiple',
      body: { Targets: [typed({ ctr_name: 'Bulk undone' }), typed({ ctr_height: 999 })] },
      status: 400,
      code: '0x8004432f',
    },
    { send: "GET ctr_trees/$count?$filter=ctr_name eq 'Bulk undone'", status: 200, text: '\uFEFF0' },
  ),
  one('CreateMultiple needs @odata.type', bulk, {
    send: 'POST ctr_trees/Microsoft.Dynamics.CRM.CreateMultiple',
    body: { Targets: [{ ctr_name: 'x' }] },
    status: 400,
  }),
  steps(
    'UpdateMultiple changes rows named by their key',
    bulk,
    tree,
    {
      send: 'POST ctr_trees/Microsoft.Dynamics.CRM.UpdateMultiple',
      body: { Targets: [typed({ ctr_treeid: '{it}', ctr_height: 9 })] },
      status: 204,
    },
    { send: 'GET ctr_trees({it})?$select=ctr_height', status: 200, holds: { ctr_height: 9 } },
  ),
  steps(
    'UpdateMultiple names rows by alternate key',
    bulk,
    { send: 'POST ctr_trees', body: { ctr_code: 'bulk-1' }, status: 204, keep: { it: 'id' } },
    {
      send: 'POST ctr_trees/Microsoft.Dynamics.CRM.UpdateMultiple',
      body: { Targets: [typed({ '@odata.id': "ctr_trees(ctr_code='bulk-1')", ctr_height: 8 })] },
      status: 204,
    },
    { send: 'GET ctr_trees({it})?$select=ctr_height', status: 200, holds: { ctr_height: 8 } },
  ),
  one('UpdateMultiple of a row there is not is refused', bulk, {
    send: 'POST ctr_trees/Microsoft.Dynamics.CRM.UpdateMultiple',
    body: { Targets: [typed({ ctr_treeid: '{new:nowhere}', ctr_height: 9 })] },
    status: 404,
  }),
  steps(
    'UpsertMultiple makes and changes',
    bulk,
    { send: 'POST ctr_trees', body: { ctr_code: 'bulk-2' }, status: 204 },
    {
      send: 'POST ctr_trees/Microsoft.Dynamics.CRM.UpsertMultiple',
      body: {
        Targets: [
          typed({ '@odata.id': "ctr_trees(ctr_code='bulk-2')", ctr_name: 'Bulk two' }),
          typed({ '@odata.id': "ctr_trees(ctr_code='bulk-3')", ctr_name: 'Bulk three' }),
        ],
      },
      status: 204,
    },
    {
      send: "GET ctr_trees?$select=ctr_name&$orderby=ctr_code&$filter=startswith(ctr_code,'bulk-') and ctr_name ne null",
      status: 200,
      column: ['ctr_name', ['Bulk two', 'Bulk three']],
    },
  ),
  {
    ...steps(
      'GrantAccess, ModifyAccess and RevokeAccess share a row',
      sharing,
      tree,
      {
        send: 'POST GrantAccess',
        body: {
          Target: target('{it}'),
          PrincipalAccess: { AccessMask: 'ReadAccess,WriteAccess', Principal: user('{picker}') },
        },
        status: 204,
      },
      access('ReadAccess, WriteAccess'),
      {
        send: 'POST ModifyAccess',
        body: { Target: target('{it}'), PrincipalAccess: { AccessMask: 'ReadAccess', Principal: user('{picker}') } },
        status: 204,
      },
      access('ReadAccess'),
      { send: 'POST RevokeAccess', body: { Target: target('{it}'), Revokee: user('{picker}') }, status: 204 },
      access('None'),
    ),
    needs: 'users',
  },
];
