import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const select = 'dev webapi/query/select-columns';
const order = 'dev webapi/query/order-rows';
const pages = 'dev webapi/query/page-results';
const counts = 'dev webapi/query/count-rows';
const overview = 'dev webapi/query/overview';
const compose = 'dev webapi/compose-http-requests-handle-errors';
const retrieve = 'dev webapi/retrieve-entity-using-web-api';

const trees = (name: string, source: string, options: string, answer: Partial<Exchange>): ContractCase =>
  one(name, source, { send: `GET ctr_trees?${options}`, status: 200, ...answer });
const prefer = (value: string) => ({ headers: { Prefer: value } });
const formatted = '@OData.Community.Display.V1.FormattedValue';
const nothing = '00000000-0000-4000-8000-0000000000ff';

export const selecting: readonly ContractCase[] = [
  trees('$select answers the columns named and always the key', select, "$select=ctr_name&$filter=ctr_code eq 'a'", {
    holds: { value: [{ ctr_name: 'Apple', ctr_treeid: '{a}' }] },
    lacks: ['ctr_height', 'ctr_code'],
  }),
  trees('each row carries a weak ETag', select, "$select=ctr_name&$filter=ctr_code eq 'a'", {
    holds: { value: [{ '@odata.etag': expect.stringMatching(/^W\/"\d+"$/) }] },
  }),
  trees('the context of a set names the columns selected', select, '$select=ctr_name,ctr_code&$top=1', {
    holds: { '@odata.context': '{base}/$metadata#ctr_trees(ctr_name,ctr_code)' },
  }),
  trees('without $select every column comes, nulls included, lookups as _x_value', select, "$filter=ctr_code eq 'j'", {
    holds: {
      value: [{ ctr_name: null, ctr_height: null, _ctr_accountid_value: null, _ownerid_value: '{me}', statecode: 0 }],
    },
    lacks: ['ctr_AccountId', 'ctr_accountid', 'ownerid'],
  }),
  trees('a money column brings its currency along', select, "$select=ctr_price&$filter=ctr_code eq 'a'", {
    holds: { value: [{ ctr_price: 100, _transactioncurrencyid_value: expect.any(String) }] },
  }),
  trees(
    'a navigation property in $select gives no value',
    select,
    "$select=ctr_AccountId,ctr_code&$filter=ctr_code eq 'a'",
    {
      holds: { value: [{ ctr_code: 'a' }] },
      lacks: ['ctr_AccountId'],
    },
  ),
  trees('a lookup is selected by its _x_value name', select, "$select=_ctr_accountid_value&$filter=ctr_code eq 'a'", {
    holds: { value: [{ _ctr_accountid_value: '{alpha}' }] },
  }),
  trees('spaces after the commas of $select are taken', select, "$select=ctr_name, ctr_code&$filter=ctr_code eq 'a'", {
    holds: { value: [{ ctr_name: 'Apple', ctr_code: 'a' }] },
  }),
  trees('an unknown column in $select is refused', select, '$select=ctr_nosuch', {
    status: 400,
    code: '0x0',
    message: "Could not find a property named 'ctr_nosuch' on type 'Microsoft.Dynamics.CRM.ctr_tree'.",
  }),
  trees('names of columns are case-sensitive', compose, '$select=Ctr_Name', { status: 400, code: '0x0' }),
  trees('a lookup by its logical name is no property', select, '$select=ctr_accountid', { status: 400, code: '0x0' }),
  one('names of sets are case-sensitive', compose, {
    send: 'GET Ctr_trees?$top=1',
    status: 404,
    code: '0x8006088a',
    message: "Resource not found for the segment 'Ctr_trees'.",
  }),
  ...['$skip=1', '$search=a', '$format=json', '$compute=1', '$levels=1'].map((option) =>
    trees(`the option ${option.split('=')[0]} is not supported`, overview, option, { status: 400, code: '0x80060888' }),
  ),
  trees('names of options are case-sensitive', overview, '$Select=ctr_name', { status: 400 }),
  one('a row answers the columns selected, its context ends in $entity', retrieve, {
    send: 'GET ctr_trees({a})?$select=ctr_name,ctr_height',
    status: 200,
    holds: {
      '@odata.context': '{base}/$metadata#ctr_trees(ctr_name,ctr_height)/$entity',
      ctr_name: 'Apple',
      ctr_height: 5,
      ctr_treeid: '{a}',
    },
    lacks: ['ctr_code'],
    answers: {
      ETag: /W\/"\d+"$/,
      'OData-Version': '4.0',
      'Content-Type': /: application\/json; odata\.metadata=minimal/,
    },
  }),
  one('the values of columns come as JSON of their kind', retrieve, {
    send: 'GET ctr_trees({a})',
    status: 200,
    holds: {
      ctr_girth: 1.5,
      ctr_weight: 10.25,
      ctr_price: 100,
      ctr_planted: '2024-02-15',
      ctr_seen: '2024-03-01T10:30:00Z',
      ctr_bloom: '2024-04-01T23:30:00Z',
      ctr_ripeness: 472190000,
      ctr_flavours: '1,9',
      ctr_issound: true,
      statecode: 0,
      statuscode: 1,
      versionnumber: expect.any(Number),
    },
  }),
  one('the service document lists the sets', 'dev webapi/web-api-service-documents', {
    send: 'GET ',
    status: 200,
    holds: {
      '@odata.context': '{base}/$metadata',
      value: expect.arrayContaining([{ name: 'ctr_trees', kind: 'EntitySet', url: 'ctr_trees' }]),
    },
  }),
  ...['v9.0', 'v9.1'].map((version) =>
    one(`${version} is served and echoed in addresses`, 'dev webapi/web-api-versions', {
      send: `GET {base}/../${version}/ctr_trees({a})?$select=ctr_name`,
      status: 200,
      holds: {
        '@odata.context': expect.stringContaining(`/api/data/${version}/$metadata#ctr_trees(ctr_name)/$entity`),
      },
    }),
  ),
];

export const ordering: readonly ContractCase[] = [
  trees(
    '$orderby is ascending unless told otherwise, nulls first',
    order,
    '$select=ctr_code&$orderby=ctr_height,ctr_code',
    {
      rows: 'djiabcefgh',
    },
  ),
  trees('$orderby desc', order, '$select=ctr_code&$orderby=ctr_height desc,ctr_code asc', { rows: 'hgefcbaidj' }),
  trees('$orderby of text ignores case and accents', order, '$select=ctr_code&$orderby=ctr_name', {
    rows: 'jfabdcgehi',
  }),
  trees('$orderby of a choice goes by its number', order, '$select=ctr_code&$orderby=ctr_ripeness,ctr_code', {
    rows: 'adgjbehcfi',
  }),
  trees(
    '$orderby of a lookup goes by the name it shows',
    order,
    '$select=ctr_code&$orderby=_ctr_accountid_value desc,ctr_code&$top=5',
    {
      rows: 'deabc',
    },
  ),
  trees('$orderby goes through a lookup', order, '$select=ctr_code&$orderby=ctr_AccountId/name desc,ctr_code&$top=5', {
    rows: 'deabc',
  }),
  trees(
    '$orderby goes through two lookups',
    order,
    '$select=ctr_code&$orderby=ctr_AccountId/primarycontactid/firstname desc,ctr_code&$top=5',
    {
      rows: 'deabc',
    },
  ),
  trees('an alias may stand for the column in $orderby', order, '$select=ctr_code&$orderby=@p1&@p1=ctr_code&$top=2', {
    rows: 'ab',
  }),
  trees('an unknown column in $orderby is refused', order, '$orderby=nosuch', { status: 400, code: '0x0' }),
  trees('a direction that is none is refused', order, '$orderby=ctr_code upwards', { status: 400, code: '0x80060888' }),
  trees('$top limits the rows', pages, '$select=ctr_code&$orderby=ctr_code&$top=3', {
    rows: 'abc',
    lacks: ['@odata.nextLink'],
  }),
  trees('$top=0 answers no row', pages, '$select=ctr_code&$top=0', { rows: '' }),
  trees('$top that is no number is refused', pages, '$top=many', { status: 400, code: '0x80060888' }),
  trees('a negative $top is refused', pages, '$top=-1', { status: 400, code: '0x80060888' }),
  trees('$top wins over odata.maxpagesize', pages, '$select=ctr_code&$orderby=ctr_code&$top=3', {
    ...prefer('odata.maxpagesize=2'),
    rows: 'abc',
    lacks: ['@odata.nextLink'],
  }),
];

export const paging: readonly ContractCase[] = [
  {
    name: 'odata.maxpagesize gives pages with next links until the last, none lost or twice',
    source: pages,
    steps: [
      { size: 4, rows: 'abcd', from: 'GET ctr_trees?$select=ctr_code&$orderby=ctr_code' },
      { size: 4, rows: 'efgh', from: 'GET {next}' },
    ]
      .map(({ size, rows, from }): Exchange => ({
        send: from,
        ...prefer(`odata.maxpagesize=${size}`),
        status: 200,
        rows,
        answers: { 'Preference-Applied': new RegExp(`odata\\.maxpagesize=${size}`) },
        keep: { next: '@odata.nextLink' },
      }))
      .concat({
        send: 'GET {next}',
        ...prefer('odata.maxpagesize=4'),
        status: 200,
        rows: 'ij',
        lacks: ['@odata.nextLink'],
      }),
  },
  {
    name: 'pages keep filter and descending order with equal and null values',
    source: pages,
    steps: (
      [
        ["GET ctr_trees?$select=ctr_code&$orderby=ctr_girth desc,ctr_code desc&$filter=ctr_code ne 'g'", 'jidb'],
        ['GET {next}', 'faeh'],
      ] as const
    )
      .map(([send, rows]): Exchange => ({
        send,
        ...prefer('odata.maxpagesize=4'),
        status: 200,
        rows,
        keep: { next: '@odata.nextLink' },
      }))
      .concat({
        send: 'GET {next}',
        ...prefer('odata.maxpagesize=4'),
        status: 200,
        rows: 'c',
        lacks: ['@odata.nextLink'],
      }),
  },
  trees('the next link is absolute and holds a $skiptoken', pages, '$select=ctr_code&$orderby=ctr_code', {
    ...prefer('odata.maxpagesize=1'),
    holds: { '@odata.nextLink': expect.stringMatching(/^https?:\/\/.+\/ctr_trees\?.*\$skiptoken=%3Ccookie/) },
  }),
  trees('a $skiptoken of no page is refused', pages, '$skiptoken=x', { status: 400 }),
  trees('a page size above the ceiling is cut to 5,000', pages, '$select=ctr_code&$orderby=ctr_code', {
    ...prefer('odata.maxpagesize=6000'),
    rows: 'abcdefghij',
  }),
  trees(
    '$count=true counts all matches, not the page',
    counts,
    '$select=ctr_code&$count=true&$filter=ctr_height gt 5',
    {
      ...prefer('odata.maxpagesize=2'),
      holds: { '@odata.count': 6 },
    },
  ),
  trees('$count=false gives no count', counts, '$select=ctr_code&$count=false', { lacks: ['@odata.count'] }),
  trees('$count that is no boolean is refused', counts, '$count=perhaps', { status: 400 }),
  trees('the annotations of the count come when asked for', counts, '$select=ctr_code&$count=true', {
    ...prefer(
      'odata.include-annotations="Microsoft.Dynamics.CRM.totalrecordcount,Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"',
    ),
    holds: {
      '@Microsoft.Dynamics.CRM.totalrecordcount': 10,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': false,
    },
  }),
  trees('without $count the annotated count is -1', counts, '$select=ctr_code', {
    ...prefer('odata.include-annotations="Microsoft.Dynamics.CRM.totalrecordcount"'),
    holds: { '@Microsoft.Dynamics.CRM.totalrecordcount': -1 },
    lacks: ['@odata.count'],
  }),
  one('/$count answers the number as text behind a byte order mark', counts, {
    send: 'GET ctr_trees/$count',
    status: 200,
    text: '\uFEFF10',
    answers: { 'Content-Type': /^content-type: text\/plain/i },
  }),
  one('/$count takes a filter', counts, {
    send: 'GET ctr_trees/$count?$filter=ctr_height eq 30',
    status: 200,
    text: '\uFEFF2',
  }),
  one('/$count of a collection counts the rows of its parent', counts, {
    send: 'GET accounts({alpha})/ctr_account_tree/$count',
    status: 200,
    text: '\uFEFF3',
  }),
  one('/$count takes GET only', counts, { send: 'POST ctr_trees/$count', status: 405 }),
];

export const annotations: readonly ContractCase[] = [
  trees('no annotation comes unless asked for', select, "$filter=ctr_code eq 'a'", {
    lacks: [
      `ctr_height${formatted}`,
      `_ctr_accountid_value${formatted}`,
      '_ctr_accountid_value@Microsoft.Dynamics.CRM.lookuplogicalname',
    ],
  }),
  trees('* asks for every annotation', select, "$filter=ctr_code eq 'a'", {
    ...prefer('odata.include-annotations="*"'),
    holds: {
      value: [
        {
          [`ctr_ripeness${formatted}`]: 'Green',
          [`ctr_issound${formatted}`]: expect.any(String),
          [`_ctr_accountid_value${formatted}`]: 'Alpha contract',
          '_ctr_accountid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
          '_ctr_accountid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'ctr_AccountId',
        },
      ],
    },
    answers: { 'Preference-Applied': /odata\.include-annotations="\*"/ },
  }),
  trees(
    'the quotes round the list of annotations may be left out',
    compose,
    "$select=ctr_ripeness&$filter=ctr_code eq 'a'",
    {
      ...prefer('odata.include-annotations=OData.Community.Display.V1.FormattedValue'),
      holds: { value: [{ [`ctr_ripeness${formatted}`]: 'Green' }] },
    },
  ),
  trees(
    'a pattern of annotations asks for those below it',
    compose,
    "$select=_ctr_accountid_value&$filter=ctr_code eq 'a'",
    {
      ...prefer('odata.include-annotations="Microsoft.Dynamics.CRM.*"'),
      holds: { value: [{ '_ctr_accountid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account' }] },
      lacks: [`_ctr_accountid_value${formatted}`],
    },
  ),
  trees(
    'several preferences come in one header, the comma in the list separates none',
    compose,
    '$select=ctr_ripeness&$orderby=ctr_code',
    {
      ...prefer(
        `odata.include-annotations="OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname",odata.maxpagesize=2`,
      ),
      holds: { value: [{ [`ctr_ripeness${formatted}`]: 'Green' }, { [`ctr_ripeness${formatted}`]: 'Ripe' }] },
    },
  ),
  trees('money is formatted with the symbol of its currency', select, "$select=ctr_price&$filter=ctr_code eq 'c'", {
    ...prefer('odata.include-annotations="*"'),
    holds: { value: [{ [`ctr_price${formatted}`]: expect.stringMatching(/300[.,]50/) }] },
  }),
  trees('several choices are formatted by their labels', select, "$select=ctr_flavours&$filter=ctr_code eq 'a'", {
    ...prefer('odata.include-annotations="*"'),
    holds: { value: [{ [`ctr_flavours${formatted}`]: 'Sweet; Bitter' }] },
  }),
  trees('text and ids have no formatted value', select, "$select=ctr_name,ctr_treeid&$filter=ctr_code eq 'a'", {
    ...prefer('odata.include-annotations="*"'),
    lacks: [`ctr_name${formatted}`, `ctr_treeid${formatted}`],
  }),
  trees('a null value has no formatted value', select, "$select=ctr_height&$filter=ctr_code eq 'd'", {
    ...prefer('odata.include-annotations="*"'),
    lacks: [`ctr_height${formatted}`],
  }),
  trees(
    'the target of a polymorphic lookup is told by annotation',
    'dev webapi/web-api-navigation-properties',
    '$select=_ctr_customerid_value&$orderby=ctr_code&$top=2',
    {
      ...prefer('odata.include-annotations="*"'),
      holds: {
        value: [
          {
            _ctr_customerid_value: '{alpha}',
            '_ctr_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
            '_ctr_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'ctr_CustomerId_account',
          },
          {
            _ctr_customerid_value: '{carla}',
            '_ctr_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'contact',
            '_ctr_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'ctr_CustomerId_contact',
          },
        ],
      },
    },
  ),
  trees(
    'the version of the metadata comes when asked for',
    'dev webapi/compose-http-requests-handle-errors',
    '$select=ctr_code&$top=1',
    {
      ...prefer('odata.include-annotations="Microsoft.Dynamics.CRM.globalmetadataversion"'),
      holds: { '@Microsoft.Dynamics.CRM.globalmetadataversion': expect.anything() },
    },
  ),
  one('the error carries its annotations when they are asked for', compose, {
    send: `GET ctr_trees(${nothing})`,
    ...prefer('odata.include-annotations="*"'),
    status: 404,
    code: '0x80040217',
    holds: {
      error: {
        '@Microsoft.PowerApps.CDS.InnerError.Message': expect.any(String),
        '@Microsoft.PowerApps.CDS.HelpLink': expect.stringMatching(/^http/),
      },
    },
  }),
  one('the error carries no annotation otherwise', compose, {
    send: `GET ctr_trees(${nothing})`,
    status: 404,
    text: /^\{"error":\{"code":"0x80040217","message":"[^"]*"\}\}$/,
  }),
];
