import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const page = 'dev background-operations';
const table = 'dev reference/entities/backgroundoperation';

const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const asked: Exchange = {
  send: 'POST ctr_Rest',
  body: {},
  headers: { Prefer: 'respond-async' },
  status: 202,
  answers: {
    Location: /\/api\/backgroundoperation\/[0-9a-f-]{36}$/,
    'x-ms-dyn-backgroundoperationid': / [0-9a-f-]{36}$/,
    'Preference-Applied': 'respond-async',
  },
  keep: { operation: 'header:x-ms-dyn-backgroundoperationid', monitor: 'header:Location' },
};

export const backgroundOperations: readonly ContractCase[] = [
  steps('a custom API called with respond-async is answered with 202 and has a row', page, asked, {
    send: 'GET backgroundoperations({operation})?$select=name,inputparameters,retrycount,runas',
    status: 200,
    holds: { name: 'ctr_Rest', inputparameters: '[]', retrycount: 0, runas: '{me}' },
  }),
  steps('the status monitor tells state and status', page, asked, {
    send: 'GET {monitor}',
    status: 200,
    holds: {
      backgroundOperationStateCode: expect.any(Number),
      backgroundOperationStatusCode: expect.any(Number),
    },
    lacks: ['backgroundOperationErrorCode', 'backgroundOperationErrorMessage', '@odata.context'],
  }),
  steps('the status monitor supports only GET and DELETE', page, asked, {
    send: 'PATCH {monitor}',
    body: {},
    status: 405,
  }),
  steps('the status monitor of an operation there is not', page, asked, {
    send: 'GET {monitor}0',
    status: 404,
  }),
  steps('a row is found by its status', page, asked, {
    send: 'GET backgroundoperations?$filter=backgroundoperationid eq {operation} and backgroundoperationstatecode ge 0&$select=name',
    status: 200,
    column: ['name', ['ctr_Rest']],
  }),
  steps('without respond-async it is done at once', page, { send: 'POST ctr_Rest', body: {}, status: 204 }),
  one(
    'without read and write access to backgroundoperations it is refused',
    page,
    { send: 'POST ctr_Rest', body: {}, headers: { Prefer: 'respond-async' }, as: 'nobody', status: 403 },
    'users',
  ),
  one(
    'what is no custom API does not run in the background',
    page,
    { send: 'GET WhoAmI', headers: { Prefer: 'respond-async' }, status: 400, message: 'custom API' },
    'emulator',
  ),
  one('the table is owned by the organisation', table, {
    send: "GET EntityDefinitions(LogicalName='backgroundoperation')?$select=OwnershipType,EntitySetName,PrimaryNameAttribute",
    status: 200,
    holds: { OwnershipType: 'OrganizationOwned', EntitySetName: 'backgroundoperations', PrimaryNameAttribute: 'name' },
  }),
  ...(
    [
      ['backgroundoperationstatecode', [0, 2, 3]],
      ['backgroundoperationstatuscode', [0, 20, 22, 30, 31, 32]],
    ] as const
  ).map(([column, values]) =>
    one(`the choices of ${column}`, table, {
      send: `GET EntityDefinitions(LogicalName='backgroundoperation')/Attributes(LogicalName='${column}')/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet`,
      status: 200,
      holds: { OptionSet: { Options: values.map((Value) => expect.objectContaining({ Value })) } },
    }),
  ),
];
