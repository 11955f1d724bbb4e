import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const compose = 'dev webapi/compose-http-requests-handle-errors';
const retrieve = 'dev webapi/retrieve-entity-using-web-api';
const update = 'dev webapi/update-delete-entities-using-web-api';
const documents = 'dev webapi/web-api-service-documents';
const lookups = 'dev multitable-lookup';
const batch = 'dev webapi/execute-batch-operations-using-web-api';
const fetching = 'dev webapi/use-fetchxml-web-api';

const get = (name: string, source: string, send: string, answer: Partial<Exchange>): ContractCase =>
  one(name, source, { send: `GET ${send}`, status: 200, ...answer });
const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });

/** How rows and values are addressed, beyond the plain forms. */
export const addresses: readonly ContractCase[] = [
  get('a version there is not is not found', compose, '{base}/../v8.2/WhoAmI', { status: 404 }),
  get('every answer carries the id of its request', compose, 'WhoAmI', {
    answers: { 'x-ms-service-request-id': /[0-9a-f-]{36}/ },
  }),
  get('users are not named by the key of their own', documents, 'systemusers(systemuserid={me})', { status: 400 }),
  get('users inherit their key from principal', documents, 'systemusers(ownerid={me})?$select=fullname', {
    holds: { systemuserid: '{me}', ownerid: '{me}' },
  }),
  get('ownerid of users is selected and compared', documents, 'systemusers?$select=ownerid&$filter=ownerid eq {me}', {
    holds: { value: [{ ownerid: '{me}' }] },
  }),
  get('$value is the bare value of a property', retrieve, 'ctr_trees({a})/ctr_name/$value', {
    text: 'Apple',
    answers: { 'Content-Type': /: text\/plain/ },
  }),
  get('$value of a number and of a lookup', retrieve, 'ctr_trees({a})/_ctr_accountid_value/$value', {
    text: '{alpha}',
  }),
  get('$value of an empty property is nothing', retrieve, 'ctr_trees({j})/ctr_name/$value', { status: 204 }),
  get('a path goes on behind a lookup', retrieve, 'ctr_trees({a})/ctr_AccountId/name', {
    holds: { '@odata.context': '{base}/$metadata#accounts({alpha})/name', value: 'Alpha contract' },
  }),
  get(
    'a path goes on to a collection behind a lookup',
    retrieve,
    'ctr_trees({a})/ctr_AccountId/ctr_account_tree?$select=ctr_code&$orderby=ctr_code&$filter=ctr_code ne null',
    { rows: 'abc' },
  ),
  get(
    'a row is addressed through a collection it is in',
    retrieve,
    'ctr_trees({a})/ctr_tree_tree({b})?$select=ctr_code',
    {
      holds: { ctr_code: 'b' },
    },
  ),
  get('a row that is not in the collection is not found there', retrieve, 'ctr_trees({a})/ctr_tree_tree({e})', {
    status: 404,
  }),
  get(
    '$filter on one row narrows nothing',
    'dev file-column-data',
    'ctr_trees({a})?$select=ctr_code&$filter=ctr_code ne null',
    {
      holds: { ctr_code: 'a' },
    },
  ),
  get('an option given twice is refused', compose, '{base}/ctr_trees?$select=ctr_code&$select=ctr_name', {
    status: 400,
  }),
  get(
    'the context tells what is expanded',
    retrieve,
    'ctr_trees({a})?$select=ctr_code&$expand=ctr_AccountId($select=name)',
    {
      holds: { '@odata.context': '{base}/$metadata#ctr_trees(ctr_code,ctr_AccountId(name))/$entity' },
    },
  ),
  one('the context of FetchXML tells the columns', fetching, {
    send: 'GET ctr_trees',
    query: {
      fetchXml:
        '<fetch top="1"><entity name="ctr_tree"><attribute name="ctr_code"/><attribute name="ctr_accountid"/></entity></fetch>',
    },
    status: 200,
    holds: { '@odata.context': '{base}/$metadata#ctr_trees(ctr_code,_ctr_accountid_value)' },
  }),
  ...(['PUT', 'DELETE'] as const).map((verb) =>
    one(`${verb} of a read-only property is refused`, update, {
      send: `${verb} ctr_trees({a})/createdon`,
      ...(verb === 'PUT' ? { body: { value: null } } : {}),
      status: 400,
    }),
  ),
  one('PUT of a property without a value is refused', update, {
    send: 'PUT ctr_trees({a})/ctr_height',
    body: { ctr_height: 5 },
    status: 400,
    code: '0x80048d19',
  }),
  one('names of preferences are read in any letter case', compose, {
    send: 'POST ctr_trees?$select=ctr_name',
    headers: { Prefer: 'Return=Representation' },
    body: { ctr_name: 'Case' },
    status: 201,
  }),
  one('the type of another table is refused', 'dev webapi/create-entity-web-api', {
    send: 'POST ctr_trees',
    body: { '@odata.type': 'Microsoft.Dynamics.CRM.account', ctr_name: 'No account' },
    status: 400,
    code: '0x80048d19',
  }),
  ...[
    { 'ctr_CustomerId_account@odata.bind': 'accounts({alpha})', 'ctr_CustomerId_contact@odata.bind': null },
    { ctr_CustomerId_contact: null, 'ctr_CustomerId_account@odata.bind': 'accounts({alpha})' },
  ].map((body, index) =>
    one(`one target set, the other null: the one counts (${index + 1})`, lookups, {
      send: 'POST ctr_trees?$select=_ctr_customerid_value',
      headers: { Prefer: 'return=representation' },
      body,
      status: 201,
      holds: { _ctr_customerid_value: '{alpha}' },
    }),
  ),
  steps(
    'a list of references holds rows made in the same change set',
    batch,
    {
      send: 'POST $batch',
      batch: [
        [
          { send: 'POST {path}/ctr_trees', body: { ctr_name: 'One' }, id: '1' },
          { send: 'POST {path}/ctr_trees', body: { ctr_name: 'Two' }, id: '2' },
          {
            send: 'POST {path}/ctr_baskets',
            body: { ctr_name: 'Of both', 'ctr_tree_basket@odata.bind': ['$1', '$2'] },
            id: '3',
          },
        ],
      ],
      status: 200,
      parts: [[204, 204, 204]],
    },
    {
      send: "GET ctr_baskets?$select=ctr_name&$filter=ctr_name eq 'Of both'&$expand=ctr_tree_basket($select=ctr_name)",
      status: 200,
      holds: { value: [{ ctr_tree_basket: [{}, {}] }] },
    },
  ),
];
