import type { ContractCase, Exchange } from '../contract-case.ts';

const access = 'admin how-record-access-determined';
const concepts = 'admin wp-security-cds';
const impersonation = 'dev webapi/impersonate-another-user-web-api';
const compose = 'dev webapi/compose-http-requests-handle-errors';

const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({
  name,
  source,
  needs: 'users',
  steps: all,
});
const tree = (as: string | undefined, more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST ctr_trees',
  body: { ctr_name: 'Guarded' },
  ...(as === undefined ? {} : { as }),
  status: 204,
  keep: { it: 'id' },
  ...more,
});
const grant = (mask: string): Exchange => ({
  send: 'POST GrantAccess',
  body: {
    Target: { '@odata.type': 'Microsoft.Dynamics.CRM.ctr_tree', ctr_treeid: '{it}' },
    PrincipalAccess: {
      AccessMask: mask,
      Principal: { '@odata.type': 'Microsoft.Dynamics.CRM.systemuser', systemuserid: '{picker}' },
    },
  },
  status: 204,
});

export const security: readonly ContractCase[] = [
  steps('a user without a role is refused by name of the privilege', access, {
    send: 'GET ctr_trees',
    as: 'nobody',
    status: 403,
    code: '0x80040220',
    message: 'prvReadctr_Tree',
  }),
  steps(
    'a user without the privilege creates nothing',
    access,
    {
      send: 'POST ctr_trees',
      as: 'reader',
      body: { ctr_name: 'Refused' },
      status: 403,
      code: '0x80040220',
      message: 'prvCreatectr_Tree',
    },
    { send: "GET ctr_trees/$count?$filter=ctr_name eq 'Refused'", status: 200, text: '\uFEFF0' },
  ),
  steps(
    'a user without the privilege updates nothing',
    access,
    { send: 'PATCH ctr_trees({a})', as: 'reader', body: { ctr_name: 'x' }, status: 403, code: '0x80040220' },
    { send: 'GET ctr_trees({a})?$select=ctr_name', status: 200, holds: { ctr_name: 'Apple' } },
  ),
  steps('a user without the privilege deletes nothing', access, {
    send: 'DELETE ctr_trees({a})',
    as: 'reader',
    status: 403,
    code: '0x80040220',
  }),
  steps('a global privilege reaches the rows of others', access, {
    send: 'GET ctr_trees({a})?$select=ctr_code',
    as: 'reader',
    status: 200,
  }),
  steps(
    'a basic privilege reaches own rows only',
    access,
    tree('picker'),
    { send: 'GET ctr_trees?$select=ctr_name', as: 'other', status: 200, column: ['ctr_name', []] },
    { send: 'GET ctr_trees({it})?$select=ctr_name', as: 'picker', status: 200 },
  ),
  steps('the row of another is refused by name of the right', access, {
    send: 'GET ctr_trees({a})',
    as: 'picker',
    status: 403,
    code: '0x80048306',
    message: 'ReadAccess',
  }),
  steps('the row of another is not updated', access, {
    send: 'PATCH ctr_trees({a})',
    as: 'picker',
    headers: { 'If-Match': '*' },
    body: { ctr_name: 'x' },
    status: 403,
    code: '0x80048306',
  }),
  steps('the row of another is not deleted', access, {
    send: 'DELETE ctr_trees({a})',
    as: 'picker',
    status: 403,
    code: '0x80048306',
  }),
  steps(
    'rows of others are left out of queries, counts and figures',
    access,
    { send: "GET ctr_trees/$count?$filter=ctr_code eq 'a'", as: 'picker', status: 200, text: '\uFEFF0' },
    {
      send: "GET ctr_trees?$apply=filter(ctr_code eq 'a')/aggregate($count as n)",
      as: 'picker',
      status: 200,
      holds: { value: [{ n: 0 }] },
    },
  ),
  steps('rows of others are left out of expanded collections', access, {
    send: "GET ctr_trees?$select=ctr_name&$filter=ctr_code eq 'a'&$expand=ctr_tree_tree",
    as: 'picker',
    status: 200,
    column: ['ctr_name', []],
  }),
  steps(
    'rows of others do not answer through a filter on them',
    access,
    tree('picker', { body: { ctr_name: 'Mine' } }),
    { send: 'PATCH ctr_trees({it})', body: { 'ctr_ParentId@odata.bind': '/ctr_trees({a})' }, status: 204 },
    {
      send: "GET ctr_trees?$select=ctr_name&$filter=ctr_ParentId/ctr_name eq 'Apple'",
      as: 'picker',
      status: 200,
      column: ['ctr_name', []],
    },
  ),
  steps('a table linked by FetchXML needs the privilege too', access, {
    send: 'GET ctr_trees',
    as: 'picker',
    query: {
      fetchXml:
        '<fetch><entity name="ctr_tree"><link-entity name="contact" from="contactid" to="ctr_customerid"/></entity></fetch>',
    },
    status: 403,
    code: '0x80040220',
  }),
  steps('an expanded table needs the privilege too', access, {
    send: 'GET ctr_trees?$expand=ctr_CustomerId_contact',
    as: 'reader',
    status: 403,
    code: '0x80040220',
  }),
  steps(
    'a shared row is read',
    'dev security-sharing-assigning',
    tree(undefined),
    grant('ReadAccess'),
    { send: 'GET ctr_trees({it})?$select=ctr_name', as: 'picker', status: 200 },
    {
      send: 'GET ctr_trees?$select=ctr_treeid&$filter=ctr_treeid eq {it}',
      as: 'picker',
      status: 200,
      column: ['ctr_treeid', ['{it}']],
    },
  ),
  steps(
    'a share gives no more rights than it names',
    'dev security-sharing-assigning',
    tree(undefined),
    grant('ReadAccess'),
    {
      send: 'PATCH ctr_trees({it})',
      as: 'picker',
      body: { ctr_name: 'x' },
      status: 403,
      code: '0x80048306',
      message: 'WriteAccess',
    },
  ),
  steps(
    'assigning a row gives it to another',
    'dev security-sharing-assigning',
    tree('picker'),
    {
      send: 'PATCH ctr_trees({it})',
      as: 'picker',
      body: { 'ownerid@odata.bind': '/systemusers({other})' },
      status: 204,
    },
    {
      send: 'GET ctr_trees({it})?$select=_ownerid_value',
      as: 'other',
      status: 200,
      holds: { _ownerid_value: '{other}' },
    },
    { send: 'GET ctr_trees({it})', as: 'picker', status: 403 },
  ),
  steps('a lookup is set only to a row one may append to', concepts, tree('picker'), {
    send: 'PATCH ctr_trees({it})',
    as: 'picker',
    body: { 'ctr_AccountId@odata.bind': '/accounts({alpha})' },
    status: 403,
  }),
  steps("impersonation by MSCRMCallerID makes the row the user's own", impersonation, tree('picker'), {
    send: 'GET ctr_trees({it})?$select=_createdby_value,_createdonbehalfby_value,_ownerid_value',
    status: 200,
    holds: { _createdby_value: '{picker}', _createdonbehalfby_value: '{me}', _ownerid_value: '{picker}' },
  }),
  steps('impersonation needs its privilege', impersonation, {
    send: 'GET WhoAmI',
    headers: { MSCRMCallerID: '{new:stranger}' },
    status: 403,
  }),
  steps('WhoAmI answers for the user impersonated', impersonation, {
    send: 'GET WhoAmI',
    as: 'picker',
    status: 200,
    holds: { UserId: '{picker}' },
  }),
  {
    ...steps('a request without a token is refused', compose, {
      send: 'GET WhoAmI',
      headers: { Authorization: '' },
      status: 401,
    }),
  },
];
