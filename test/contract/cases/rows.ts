import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const create = 'dev webapi/create-entity-web-api';
const update = 'dev webapi/update-delete-entities-using-web-api';
const retrieve = 'dev webapi/retrieve-entity-using-web-api';
const conditional = 'dev webapi/perform-conditional-operations-using-web-api';
const upsert = 'dev use-upsert-insert-update-record';
const compose = 'dev webapi/compose-http-requests-handle-errors';
const types = 'dev webapi/web-api-properties';
const dates = 'dev behavior-format-date-time-attribute';
const money = 'dev transaction-currency-currency-entity';
const autonumber = 'dev create-auto-number-attributes';
const state = 'dev special-update-operation-behavior';

const row = { Prefer: 'return=representation' };
const made = { status: 204, keep: { it: 'id' } } as const;
const post = (body: object, more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST ctr_trees',
  body,
  ...made,
  ...more,
});
const patch = (body: object, more: Partial<Exchange> = {}): Exchange => ({
  send: 'PATCH ctr_trees({it})',
  body,
  status: 204,
  ...more,
});
const get = (select: string, holds: object, more: Partial<Exchange> = {}): Exchange => ({
  send: `GET ctr_trees({it})?$select=${select}`,
  status: 200,
  holds,
  ...more,
});
const nameIs = (ctr_name: string | null) => get('ctr_name', { ctr_name });
const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const refusedPost = (name: string, body: object | string, code: string, source = create, status = 400) =>
  one(name, source, { send: 'POST ctr_trees', body, status, code });

export const creating: readonly ContractCase[] = [
  steps(
    'POST answers 204 with the address of the row in two headers',
    create,
    post(
      { ctr_name: 'New' },
      {
        answers: {
          'OData-EntityId': /\/api\/data\/v9\.2\/ctr_trees\([0-9a-f-]{36}\)$/,
          Location: /ctr_trees\([0-9a-f-]{36}\)$/,
          'OData-Version': '4.0',
        },
      },
    ),
    nameIs('New'),
  ),
  one('POST with return=representation answers 201 and the row', create, {
    send: 'POST ctr_trees?$select=ctr_name,ctr_height',
    headers: row,
    body: { ctr_name: 'Shown', ctr_height: 3 },
    status: 201,
    holds: {
      ctr_name: 'Shown',
      ctr_height: 3,
      ctr_treeid: expect.any(String),
      '@odata.context': '{base}/$metadata#ctr_trees(ctr_name,ctr_height)/$entity',
    },
    lacks: ['ctr_code'],
    answers: { 'Preference-Applied': /return=representation/, 'OData-EntityId': null, ETag: /W\/"\d+"/ },
  }),
  one('POST with return=representation honours $expand', create, {
    send: 'POST ctr_trees?$select=ctr_name&$expand=ctr_AccountId($select=name)',
    headers: row,
    body: { ctr_name: 'Expanded', 'ctr_AccountId@odata.bind': '/accounts({alpha})' },
    status: 201,
    holds: { ctr_AccountId: { name: 'Alpha contract' } },
  }),
  steps('POST takes the id the body gives', create, {
    send: 'POST ctr_trees',
    body: { ctr_treeid: '{new:given}', ctr_name: 'Given' },
    status: 204,
    answers: { 'OData-EntityId': '{base}/ctr_trees({given})' },
  }),
  steps('an id that is taken is refused', create, post({ ctr_name: 'Twice' }), {
    send: 'POST ctr_trees',
    body: { ctr_treeid: '{it}' },
    status: 412,
    code: '0x80040237',
  }),
  steps(
    'defaults fill what the body leaves out',
    create,
    post({ ctr_name: 'Defaults' }),
    get(
      'ctr_ripeness,ctr_issound,statecode,statuscode,_ownerid_value,_owningbusinessunit_value,_owninguser_value,_createdby_value,_modifiedby_value',
      {
        ctr_ripeness: 472190001,
        ctr_issound: true,
        statecode: 0,
        statuscode: 1,
        _ownerid_value: '{me}',
        _owningbusinessunit_value: '{unit}',
        _owninguser_value: '{me}',
        _createdby_value: '{me}',
        _modifiedby_value: '{me}',
      },
    ),
  ),
  steps(
    'createdon in a body is ignored, overriddencreatedon is not',
    create,
    post({ ctr_name: 'Old', createdon: '2001-01-01T00:00:00Z', overriddencreatedon: '2010-05-06T00:00:00Z' }),
    get('createdon', { createdon: '2010-05-06T00:00:00Z' }),
  ),
  steps(
    '@odata.type of the row is taken',
    create,
    post({ '@odata.type': 'Microsoft.Dynamics.CRM.ctr_tree', ctr_name: 'Typed' }),
    nameIs('Typed'),
  ),
  steps(
    'a lookup is bound to a row by its address',
    create,
    post({ 'ctr_AccountId@odata.bind': 'accounts({alpha})' }),
    get('_ctr_accountid_value', { _ctr_accountid_value: '{alpha}' }),
  ),
  steps(
    'the address of a bind may be absolute',
    create,
    post({ 'ctr_AccountId@odata.bind': '{base}/accounts({alpha})' }),
    get('_ctr_accountid_value', { _ctr_accountid_value: '{alpha}' }),
  ),
  steps(
    'the row of a bind may be named by an alternate key',
    'dev use-alternate-key-reference-record',
    post({ 'ctr_ParentId@odata.bind': "/ctr_trees(ctr_code='a')" }),
    get('_ctr_parentid_value', { _ctr_parentid_value: '{a}' }),
  ),
  steps(
    'a deep insert makes the rows it points at and those that point at it',
    'dev webapi/create-entity-web-api#create-related-table-rows-in-one-operation',
    post({
      ctr_name: 'Deep',
      ctr_AccountId: { name: 'Deep contract', primarycontactid: { firstname: 'Deep', lastname: 'Contract' } },
      ctr_tree_tree: [{ ctr_name: 'Deep one' }, { ctr_name: 'Deep two', ctr_tree_tree: [{ ctr_name: 'Deep three' }] }],
    }),
    {
      send: 'GET ctr_trees({it})?$select=ctr_name&$expand=ctr_AccountId($select=name;$expand=primarycontactid($select=firstname)),ctr_tree_tree($select=ctr_name)',
      status: 200,
      holds: {
        ctr_AccountId: { name: 'Deep contract', primarycontactid: { firstname: 'Deep' } },
        ctr_tree_tree: expect.arrayContaining([
          expect.objectContaining({ ctr_name: 'Deep one' }),
          expect.objectContaining({ ctr_name: 'Deep two' }),
        ]),
      },
    },
    { send: "GET ctr_trees/$count?$filter=ctr_ParentId/ctr_name eq 'Deep two'", status: 200, text: '\uFEFF1' },
  ),
  steps(
    'a deep insert that fails anywhere makes nothing',
    'dev webapi/create-entity-web-api#create-related-table-rows-in-one-operation',
    {
      send: 'POST ctr_trees',
      body: {
        ctr_name: 'Undone deep',
        ctr_tree_tree: [{ ctr_name: 'Undone deep' }, { ctr_name: 'Undone deep', ctr_height: 9999 }],
      },
      status: 400,
    },
    { send: "GET ctr_trees/$count?$filter=ctr_name eq 'Undone deep'", status: 200, text: '\uFEFF0' },
  ),
  steps(
    'a deep insert links rows through a many-to-many relationship',
    'dev webapi/create-entity-web-api#create-related-table-rows-in-one-operation',
    post({ ctr_name: 'Packed', ctr_tree_basket: [{ ctr_name: 'Basket made' }] }),
    {
      send: 'GET ctr_trees({it})/ctr_tree_basket?$select=ctr_name',
      status: 200,
      holds: { value: [{ ctr_name: 'Basket made' }] },
    },
  ),
  steps(
    'a create adds rows that are there to its collections',
    'dev webapi/create-entity-web-api#associate-table-rows-on-create',
    { send: 'POST ctr_trees', body: { ctr_name: 'Member' }, status: 204, keep: { member: 'id' } },
    post({
      ctr_name: 'Gathers',
      'ctr_tree_tree@odata.bind': ['/ctr_trees({member})'],
      'ctr_tree_basket@odata.bind': ['/ctr_baskets({basket:none})'],
    }),
    {
      send: 'GET ctr_trees({it})?$select=ctr_name&$expand=ctr_tree_tree($select=ctr_name)',
      status: 200,
      holds: { ctr_tree_tree: [{ ctr_name: 'Member' }] },
    },
    {
      send: 'GET ctr_trees({it})/ctr_tree_basket?$select=ctr_name',
      status: 200,
      column: ['ctr_name', ['Basket none']],
    },
  ),
  one('a row of a set nobody knows is not found', create, {
    send: 'POST nosuchs',
    body: {},
    status: 404,
    code: '0x8006088a',
  }),
  one('an intersect table takes no rows of its own', 'dev webapi/associate-disassociate-entities-using-web-api', {
    send: 'POST ctr_tree_basketset',
    body: {},
    status: 400,
    code: '0x80040800',
  }),
  refusedPost('an unknown property is refused', { nosuch: 1 }, '0x0'),
  refusedPost('property names are case-sensitive', { CTR_NAME: 'x' }, '0x0'),
  refusedPost(
    'an unknown navigation property in a bind is refused',
    { 'nosuch@odata.bind': '/accounts({alpha})' },
    '0x80048d19',
  ),
  refusedPost(
    'the navigation property of a bind is case-sensitive',
    { 'ctr_accountid@odata.bind': '/accounts({alpha})' },
    '0x80048d19',
  ),
  one('a bind to a row there is not is refused', create, {
    send: 'POST ctr_trees',
    body: { 'ctr_AccountId@odata.bind': '/accounts({new:missing})' },
    status: 404,
    code: '0x80040217',
  }),
  refusedPost(
    'a bind to a row of another table is refused',
    { 'ctr_AccountId@odata.bind': '/contacts({carla})' },
    '0x80048d19',
  ),
  refusedPost('a body that is no JSON is refused', '{"ctr_name":', '0x80048d19'),
  refusedPost('a body that is a list is refused', '[]', '0x80048d19'),
  refusedPost('an empty body is refused', '', '0x80048d19'),
  refusedPost('text for a yes/no column is refused', { ctr_issound: 'true' }, '0x80048d19', types),
  refusedPost('a number for a text column is refused', { ctr_name: 5 }, '0x80048d19', types),
  refusedPost('a fraction for a whole number is refused', { ctr_height: 1.5 }, '0x80048d19', types),
  refusedPost('an object for a number is refused', { ctr_height: {} }, '0x80048d19', types),
  steps(
    'a number as text for a whole number is taken',
    types,
    post({ ctr_height: '20' }),
    get('ctr_height', { ctr_height: 20 }),
  ),
  refusedPost(
    'text beyond its length is refused',
    { ctr_code: 'x'.repeat(51) },
    '0x80044331',
    'dev reference/web-service-error-codes',
  ),
  refusedPost(
    'a whole number out of its range is refused',
    { ctr_height: 121 },
    '0x8004432f',
    'dev reference/web-service-error-codes',
  ),
  refusedPost(
    'a decimal out of its range is refused',
    { ctr_girth: 10.5 },
    '0x80044330',
    'dev reference/web-service-error-codes',
  ),
  refusedPost(
    'an amount out of its range is refused',
    { ctr_price: -1 },
    '0x80044330',
    'dev reference/web-service-error-codes',
  ),
  refusedPost(
    'a choice that is none of the options is refused',
    { ctr_ripeness: 5 },
    '0x8004431a',
    'dev reference/web-service-error-codes',
  ),
  refusedPost(
    'one of several choices that is none of the options is refused',
    { ctr_flavours: '1,7' },
    '0x8004431a',
    'dev reference/web-service-error-codes',
  ),
  refusedPost('a date that is none is refused', { ctr_seen: 'yesterday' }, '0x80040239', dates),
  refusedPost('a date before 1753 is refused', { ctr_seen: '1700-01-01T00:00:00Z' }, '0x80040239', dates),
  refusedPost('a day there is not is refused', { ctr_planted: '2024-02-30' }, '0x80040239', dates),
];

export const valuesOfColumns: readonly ContractCase[] = [
  steps(
    'several choices are kept sorted',
    types,
    post({ ctr_flavours: '9,1' }),
    get('ctr_flavours', { ctr_flavours: '1,9' }),
  ),
  steps(
    'a date column keeps the day',
    dates,
    post({ ctr_planted: '2024-05-06' }),
    get('ctr_planted', { ctr_planted: '2024-05-06' }),
  ),
  steps(
    'a time with an offset is kept in UTC',
    dates,
    post({ ctr_seen: '2024-05-06T01:00:00+02:00' }),
    get('ctr_seen', { ctr_seen: '2024-05-05T23:00:00Z' }),
  ),
  steps(
    'a fraction of a second is dropped',
    dates,
    post({ ctr_seen: '2024-05-06T01:00:00.987Z' }),
    get('ctr_seen', { ctr_seen: '2024-05-06T01:00:00Z' }),
  ),
  steps(
    'a zone-independent time is kept as it is',
    dates,
    post({ ctr_bloom: '2024-05-06T01:00:00Z' }),
    get('ctr_bloom', { ctr_bloom: '2024-05-06T01:00:00Z' }),
  ),
  steps(
    'money is kept with its base amount and rate',
    money,
    post({ ctr_price: 12.5 }),
    get('ctr_price,ctr_price_base,exchangerate', { ctr_price: 12.5, ctr_price_base: 12.5, exchangerate: 1 }),
  ),
  steps(
    'decimals are rounded to their precision',
    types,
    post({ ctr_girth: 1.23456 }),
    get('ctr_girth', { ctr_girth: 1.235 }),
  ),
  steps(
    'an autonumber is given in its format',
    autonumber,
    post({ ctr_name: 'Numbered' }),
    get('ctr_number', { ctr_number: expect.stringMatching(/^CT-\d{5,}$/) }),
  ),
  steps(
    'an autonumber the caller gives is kept',
    autonumber,
    post({ ctr_number: 'MINE-1' }),
    get('ctr_number', { ctr_number: 'MINE-1' }),
  ),
  steps('text is kept as it was sent', types, post({ ctr_name: '<b>"&\u2028 ☃ \\ \'' }), nameIs('<b>"&\u2028 ☃ \\ \'')),
  steps('empty text is kept as null', types, post({ ctr_name: '' }), nameIs(null)),
  steps(
    'a long text is kept',
    types,
    post({ ctr_note: 'n'.repeat(2000) }),
    get('ctr_note', { ctr_note: 'n'.repeat(2000) }),
  ),
  refusedPost('a long text beyond its length is refused', { ctr_note: 'n'.repeat(2001) }, '0x80044331', types),
];

export const updating: readonly ContractCase[] = [
  steps(
    'PATCH answers 204 with the address of the row',
    update,
    post({ ctr_name: 'Before' }),
    patch({ ctr_name: 'After' }, { answers: { 'OData-EntityId': '{base}/ctr_trees({it})' } }),
    nameIs('After'),
  ),
  steps(
    'PATCH leaves the columns it does not name',
    update,
    post({ ctr_name: 'Kept', ctr_height: 4 }),
    patch({ ctr_height: 5 }),
    get('ctr_name,ctr_height', { ctr_name: 'Kept', ctr_height: 5 }),
  ),
  steps('PATCH with return=representation answers 200 and the row', update, post({ ctr_name: 'Before' }), {
    send: 'PATCH ctr_trees({it})?$select=ctr_name',
    headers: row,
    body: { ctr_name: 'After' },
    status: 200,
    holds: { ctr_name: 'After', '@odata.etag': expect.stringMatching(/^W\//) },
    answers: { 'Preference-Applied': /return=representation/ },
  }),
  steps(
    'PATCH with null empties a column',
    update,
    post({ ctr_name: 'Full', ctr_height: 4 }),
    patch({ ctr_height: null }),
    get('ctr_height', { ctr_height: null }),
  ),
  steps(
    'PATCH raises the version',
    conditional,
    post({ ctr_name: 'v' }),
    get('ctr_name', {}, { keep: { etag: '@odata.etag' } }),
    patch({ ctr_name: 'w' }),
    { send: 'GET ctr_trees({it})?$select=ctr_name', headers: { 'If-None-Match': '{etag}' }, status: 200 },
  ),
  steps(
    'PATCH with a bind moves a lookup',
    'dev webapi/associate-disassociate-entities-using-web-api',
    post({ 'ctr_AccountId@odata.bind': '/accounts({alpha})' }),
    patch({ 'ctr_AccountId@odata.bind': '/accounts({beta})' }),
    get('_ctr_accountid_value', { _ctr_accountid_value: '{beta}' }),
  ),
  steps(
    'PATCH with a null bind empties a lookup',
    'dev webapi/associate-disassociate-entities-using-web-api',
    post({ 'ctr_AccountId@odata.bind': '/accounts({alpha})' }),
    patch({ 'ctr_AccountId@odata.bind': null }),
    get('_ctr_accountid_value', { _ctr_accountid_value: null }),
  ),
  steps(
    'PATCH with a null navigation property empties a lookup',
    'dev webapi/associate-disassociate-entities-using-web-api',
    post({ 'ctr_AccountId@odata.bind': '/accounts({alpha})' }),
    patch({ ctr_AccountId: null }),
    get('_ctr_accountid_value', { _ctr_accountid_value: null }),
  ),
  steps(
    'a nested row in a PATCH is refused',
    update,
    post({ ctr_name: 'Flat' }),
    patch({ ctr_AccountId: { name: 'No' } }, { status: 400 }),
  ),
  steps(
    'a bad value in a PATCH changes nothing',
    update,
    post({ ctr_name: 'Whole', ctr_height: 1 }),
    patch({ ctr_name: 'Half', ctr_height: 999 }, { status: 400, code: '0x8004432f' }),
    get('ctr_name,ctr_height', { ctr_name: 'Whole', ctr_height: 1 }),
  ),
  steps('PATCH to a set is refused', update, { send: 'PATCH ctr_trees', body: {}, status: 405 }),
  steps('PUT of a row is refused', update, post({ ctr_name: 'Put' }), {
    send: 'PUT ctr_trees({it})',
    body: {},
    status: 405,
  }),
  steps('PATCH of an id that is no GUID is refused', update, { send: 'PATCH ctr_trees(12)', body: {}, status: 400 }),
  steps(
    'PUT of a property writes it alone',
    update,
    post({ ctr_name: 'One' }),
    { send: 'PUT ctr_trees({it})/ctr_name', body: { value: 'Two' }, status: 204 },
    nameIs('Two'),
  ),
  steps('PUT of an unknown property is refused', update, post({ ctr_name: 'One' }), {
    send: 'PUT ctr_trees({it})/nosuch',
    body: { value: 1 },
    status: 404,
  }),
  steps(
    'DELETE of a property empties it',
    update,
    post({ ctr_name: 'One' }),
    { send: 'DELETE ctr_trees({it})/ctr_name', status: 204 },
    nameIs(null),
  ),
  steps('GET of a property answers its value', retrieve, post({ ctr_name: 'Read' }), {
    send: 'GET ctr_trees({it})/ctr_name',
    status: 200,
    holds: { '@odata.context': '{base}/$metadata#ctr_trees({it})/ctr_name', value: 'Read' },
  }),
  steps('GET of an empty property answers 204', retrieve, post({ ctr_name: null }), {
    send: 'GET ctr_trees({it})/ctr_name',
    status: 204,
  }),
  steps('GET of the value of a lookup answers its id', retrieve, {
    send: 'GET ctr_trees({a})/_ctr_accountid_value',
    status: 200,
    holds: { value: '{alpha}' },
  }),
  steps(
    'DELETE removes the row',
    update,
    post({ ctr_name: 'Gone' }),
    { send: 'DELETE ctr_trees({it})', status: 204 },
    { send: 'GET ctr_trees({it})', status: 404, code: '0x80040217' },
  ),
  steps('DELETE of a row there is not is refused', update, {
    send: 'DELETE ctr_trees({new:missing})',
    status: 404,
    code: '0x80040217',
  }),
  steps(
    'DELETE by alternate key removes the row',
    update,
    post({ ctr_code: 'to-go' }),
    { send: "DELETE ctr_trees(ctr_code='to-go')", status: 204 },
    { send: 'GET ctr_trees({it})', status: 404 },
  ),
  steps(
    'DELETE of a single-valued navigation property is refused',
    update,
    post({ 'ctr_AccountId@odata.bind': '/accounts({alpha})' }),
    { send: 'DELETE ctr_trees({it})/ctr_AccountId', status: 405 },
    get('_ctr_accountid_value', { _ctr_accountid_value: '{alpha}' }),
  ),
  steps('DELETE of a row that others restrict is refused', 'dev configure-entity-relationship-cascading-behavior', {
    send: 'DELETE accounts({alpha})',
    status: 405,
    code: '0x80040227',
  }),
  steps(
    'DELETE of a parent empties the lookups of its children',
    'dev configure-entity-relationship-cascading-behavior',
    post({ ctr_name: 'Parent' }, { keep: { parent: 'id' } }),
    post({ 'ctr_ParentId@odata.bind': '/ctr_trees({parent})' }),
    { send: 'DELETE ctr_trees({parent})', status: 204 },
    get('_ctr_parentid_value', { _ctr_parentid_value: null }),
  ),
  steps(
    'the state alone takes the default status of the state',
    state,
    post({ ctr_name: 'Falls' }),
    patch({ statecode: 1 }),
    get('statecode,statuscode', { statecode: 1, statuscode: 2 }),
  ),
  steps(
    'a status of the state is taken',
    state,
    post({ ctr_name: 'Rests' }),
    patch({ statuscode: 3 }),
    get('statecode,statuscode', { statecode: 0, statuscode: 3 }),
  ),
  steps(
    'state and status together',
    state,
    post({ ctr_name: 'Falls' }),
    patch({ statecode: 1, statuscode: 2 }),
    get('statecode,statuscode', { statecode: 1, statuscode: 2 }),
  ),
  steps(
    'a status of another state is refused',
    state,
    post({ ctr_name: 'Stands' }),
    patch({ statecode: 0, statuscode: 2 }, { status: 400, code: '0x80048408' }),
  ),
];

export const conditions: readonly ContractCase[] = [
  steps(
    'PATCH of a row there is not creates it with that id',
    upsert,
    {
      send: 'PATCH ctr_trees({new:fresh})',
      body: { ctr_name: 'Upserted' },
      status: 204,
      answers: { 'OData-EntityId': '{base}/ctr_trees({fresh})' },
    },
    { send: 'GET ctr_trees({fresh})?$select=ctr_name', status: 200, holds: { ctr_name: 'Upserted' } },
  ),
  steps('PATCH that creates answers 201 when the row is asked for', upsert, {
    send: 'PATCH ctr_trees({new:fresh2})',
    headers: row,
    body: { ctr_name: 'Upserted' },
    status: 201,
    holds: { ctr_treeid: '{fresh2}' },
  }),
  steps(
    'If-Match: * makes PATCH an update only',
    conditional,
    {
      send: 'PATCH ctr_trees({new:absent})',
      headers: { 'If-Match': '*' },
      body: { ctr_name: 'No' },
      status: 404,
      code: '0x80040217',
    },
    { send: 'GET ctr_trees({absent})', status: 404 },
  ),
  steps(
    'If-Match: * updates a row that is there',
    conditional,
    post({ ctr_name: 'x' }),
    patch({ ctr_name: 'y' }, { headers: { 'If-Match': '*' } }),
    nameIs('y'),
  ),
  steps(
    'If-None-Match: * makes PATCH a create only',
    conditional,
    post({ ctr_name: 'First' }),
    patch({ ctr_name: 'Second' }, { headers: { 'If-None-Match': '*' }, status: 412, code: '0x80040237' }),
    nameIs('First'),
  ),
  steps('If-None-Match: * creates a row that is not there', conditional, {
    send: 'PATCH ctr_trees({new:fresh3})',
    headers: { 'If-None-Match': '*' },
    body: { ctr_name: 'New' },
    status: 204,
  }),
  steps(
    'If-None-Match: null is no condition',
    compose,
    post({ ctr_name: 'x' }),
    patch({ ctr_name: 'y' }, { headers: { 'If-None-Match': 'null' } }),
    nameIs('y'),
  ),
  steps(
    'If-Match with the version updates',
    conditional,
    post({ ctr_name: 'x' }),
    get('ctr_name', {}, { keep: { etag: '@odata.etag' } }),
    patch({ ctr_name: 'y' }, { headers: { 'If-Match': '{etag}' } }),
    nameIs('y'),
  ),
  steps(
    'If-Match with another version is refused',
    conditional,
    post({ ctr_name: 'x' }),
    patch(
      { ctr_name: 'y' },
      {
        headers: { 'If-Match': 'W/"1"' },
        status: 412,
        code: '0x80060882',
        message: "The version of the existing record doesn't match the RowVersion property provided.",
      },
    ),
    nameIs('x'),
  ),
  steps(
    'DELETE with another version is refused',
    conditional,
    post({ ctr_name: 'x' }),
    { send: 'DELETE ctr_trees({it})', headers: { 'If-Match': 'W/"1"' }, status: 412, code: '0x80060882' },
    nameIs('x'),
  ),
  steps(
    'DELETE with the version deletes',
    conditional,
    post({ ctr_name: 'x' }),
    get('ctr_name', {}, { keep: { etag: '@odata.etag' } }),
    { send: 'DELETE ctr_trees({it})', headers: { 'If-Match': '{etag}' }, status: 204 },
  ),
  steps(
    'PUT of a property with another version is refused',
    conditional,
    post({ ctr_name: 'x' }),
    { send: 'PUT ctr_trees({it})/ctr_name', headers: { 'If-Match': 'W/"1"' }, body: { value: 'y' }, status: 412 },
    nameIs('x'),
  ),
  steps(
    'GET with the version answers 304 without a body',
    conditional,
    get('ctr_name', {}, { send: 'GET ctr_trees({b})?$select=ctr_name', keep: { etag: '@odata.etag' } }),
    { send: 'GET ctr_trees({b})?$select=ctr_name', headers: { 'If-None-Match': '{etag}' }, status: 304, text: '' },
  ),
  steps(
    'GET with $expand is never 304',
    conditional,
    get('ctr_name', {}, { send: 'GET ctr_trees({b})?$select=ctr_name', keep: { etag: '@odata.etag' } }),
    {
      send: 'GET ctr_trees({b})?$select=ctr_name&$expand=ctr_AccountId($select=name)',
      headers: { 'If-None-Match': '{etag}' },
      status: 200,
    },
  ),
  steps(
    'upsert by alternate key creates with the key of the URL',
    upsert,
    {
      send: "PATCH ctr_trees(ctr_code='up-1')",
      body: { ctr_name: 'By key' },
      status: 204,
      answers: { 'OData-EntityId': /ctr_trees\(ctr_code='up-1'\)$/ },
    },
    {
      send: "GET ctr_trees(ctr_code='up-1')?$select=ctr_name,ctr_code",
      status: 200,
      holds: { ctr_name: 'By key', ctr_code: 'up-1' },
    },
  ),
  steps(
    'upsert by alternate key updates, and leaves the key as it is',
    upsert,
    post({ ctr_code: 'up-2', ctr_name: 'Old' }),
    { send: "PATCH ctr_trees(ctr_code='up-2')", body: { ctr_name: 'New', ctr_code: 'other' }, status: 204 },
    get('ctr_name,ctr_code', { ctr_name: 'New', ctr_code: 'up-2' }),
  ),
  steps(
    'a key of the body wins when an upsert creates',
    upsert,
    { send: "PATCH ctr_trees(ctr_code='up-3')", body: { ctr_name: 'Body', ctr_code: 'up-4' }, status: 204 },
    { send: "GET ctr_trees(ctr_code='up-4')?$select=ctr_name", status: 200 },
  ),
  steps('If-Match: * by an alternate key nobody has is refused', conditional, {
    send: "PATCH ctr_trees(ctr_code='up-9')",
    headers: { 'If-Match': '*' },
    body: {},
    status: 404,
    code: '0x80060891',
  }),
];

export const keys: readonly ContractCase[] = [
  one('a row by its key in brackets', retrieve, {
    send: 'GET ctr_trees({a})?$select=ctr_code',
    status: 200,
    holds: { ctr_code: 'a' },
  }),
  one('a row by the name of its key', retrieve, {
    send: 'GET ctr_trees(ctr_treeid={a})?$select=ctr_code',
    status: 200,
    holds: { ctr_code: 'a' },
  }),
  one('a row by an alternate key', 'dev use-alternate-key-reference-record', {
    send: "GET ctr_trees(ctr_code='a')?$select=ctr_code",
    status: 200,
    holds: { ctr_treeid: '{a}' },
  }),
  one('a row by an alternate key of two columns, in any order', 'dev use-alternate-key-reference-record', {
    send: 'GET ctr_trees(ctr_plot=1,ctr_row=1)?$select=ctr_code',
    status: 200,
    holds: { ctr_code: 'a' },
  }),
  one('a key in upper case is the same key', retrieve, {
    send: "GET ctr_trees(ctr_code='A')?$select=ctr_code",
    status: 200,
    holds: { ctr_code: 'a' },
  }),
  one('a row nobody has is not found', retrieve, {
    send: 'GET ctr_trees({new:none})',
    status: 404,
    code: '0x80040217',
    message: '{none} Does Not Exist',
  }),
  one('an alternate key nobody has is not found', 'dev use-alternate-key-reference-record', {
    send: "GET ctr_trees(ctr_code='nobody')",
    status: 404,
    code: '0x80060891',
  }),
  one('columns that are no key are refused', 'dev use-alternate-key-reference-record', {
    send: "GET ctr_trees(ctr_name='Apple')",
    status: 400,
    code: '0x80060890',
  }),
  one('a part of a key is no key', 'dev use-alternate-key-reference-record', {
    send: 'GET ctr_trees(ctr_row=1)',
    status: 400,
    code: '0x80060890',
  }),
  one('an unknown column in a key is refused', 'dev use-alternate-key-reference-record', {
    send: 'GET ctr_trees(nosuch=1)',
    status: 400,
  }),
  one('a key that is no GUID is refused', retrieve, { send: 'GET ctr_trees(12)', status: 400 }),
  one('a key in quotes is refused', retrieve, { send: "GET ctr_trees('x')", status: 400 }),
  {
    name: 'a second row with the values of an alternate key is refused',
    source: 'dev define-alternate-keys-entity',
    steps: [
      { send: 'POST ctr_trees', body: { ctr_code: 'a' }, status: 412, code: '0x80060892' },
      { send: 'POST ctr_trees', body: { ctr_row: 1, ctr_plot: 2 }, status: 412, code: '0x80060892' },
      { send: 'PATCH ctr_trees({b})', body: { ctr_code: 'A' }, status: 412, code: '0x80060892' },
      { send: 'GET ctr_trees({b})?$select=ctr_code', status: 200, holds: { ctr_code: 'b' } },
    ],
  },
  {
    name: 'rows without a value of an alternate key do not meet in it',
    source: 'dev define-alternate-keys-entity',
    steps: [
      { send: 'POST ctr_trees', body: { ctr_row: 900 }, status: 204 },
      { send: 'POST ctr_trees', body: { ctr_row: 900 }, status: 204 },
    ],
  },
];
