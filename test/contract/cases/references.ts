import type { ContractCase, Exchange } from '../contract-case.ts';

const source = 'dev webapi/associate-disassociate-entities-using-web-api';
const polymorphic = 'dev webapi/multitable-lookup';

const steps = (name: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });
const tree = (body: object = { ctr_name: 'Linked' }): Exchange => ({
  send: 'POST ctr_trees',
  body,
  status: 204,
  keep: { it: 'id' },
});
const basket: Exchange = {
  send: 'POST ctr_baskets',
  body: { ctr_name: 'Linked basket' },
  status: 204,
  keep: { basket: 'id' },
};
const parentIs = (value: string | null): Exchange => ({
  send: 'GET ctr_trees({it})?$select=_ctr_accountid_value',
  status: 200,
  holds: { _ctr_accountid_value: value },
});
const packed = (...names: string[]): Exchange => ({
  send: 'GET ctr_trees({it})/ctr_tree_basket?$select=ctr_name&$orderby=ctr_name',
  status: 200,
  column: ['ctr_name', names],
});
const reference = (id: string) => ({ '@odata.id': id });
const collection = 'accounts({alpha})/ctr_account_tree';
const pairs = 'ctr_trees({it})/ctr_tree_basket';

export const references: readonly ContractCase[] = [
  steps(
    'POST to a collection sets the lookup of the child',
    tree(),
    { send: `POST ${collection}/$ref`, body: reference('{base}/ctr_trees({it})'), status: 204 },
    parentIs('{alpha}'),
  ),
  steps(
    'DELETE from a collection empties the lookup of the child',
    tree({ 'ctr_AccountId@odata.bind': '/accounts({alpha})' }),
    { send: `DELETE ${collection}({it})/$ref`, status: 204 },
    parentIs(null),
  ),
  steps(
    'DELETE from a collection takes the address as $id',
    tree({ 'ctr_AccountId@odata.bind': '/accounts({alpha})' }),
    { send: `DELETE ${collection}/$ref?$id={base}/ctr_trees({it})`, status: 204 },
    parentIs(null),
  ),
  steps(
    'PUT sets a lookup',
    tree(),
    { send: 'PUT ctr_trees({it})/ctr_AccountId/$ref', body: reference('{base}/accounts({beta})'), status: 204 },
    parentIs('{beta}'),
  ),
  steps(
    'PUT takes a relative address',
    tree(),
    { send: 'PUT ctr_trees({it})/ctr_AccountId/$ref', body: reference('accounts({beta})'), status: 204 },
    parentIs('{beta}'),
  ),
  steps(
    'DELETE empties a lookup',
    tree({ 'ctr_AccountId@odata.bind': '/accounts({alpha})' }),
    { send: 'DELETE ctr_trees({it})/ctr_AccountId/$ref', status: 204 },
    parentIs(null),
  ),
  steps(
    'POST to a many-to-many collection makes a pair',
    tree(),
    basket,
    { send: `POST ${pairs}/$ref`, body: reference('{base}/ctr_baskets({basket})'), status: 204 },
    packed('Linked basket'),
  ),
  steps(
    'a pair is made from either side',
    tree(),
    basket,
    { send: 'POST ctr_baskets({basket})/ctr_tree_basket/$ref', body: reference('{base}/ctr_trees({it})'), status: 204 },
    packed('Linked basket'),
  ),
  steps(
    'a second pair of the same rows is refused',
    tree(),
    basket,
    { send: `POST ${pairs}/$ref`, body: reference('{base}/ctr_baskets({basket})'), status: 204 },
    { send: `POST ${pairs}/$ref`, body: reference('{base}/ctr_baskets({basket})'), status: 412, code: '0x80040237' },
  ),
  steps(
    'DELETE from a many-to-many collection ends the pair, not the row',
    tree(),
    basket,
    { send: `POST ${pairs}/$ref`, body: reference('{base}/ctr_baskets({basket})'), status: 204 },
    { send: `DELETE ${pairs}({basket})/$ref`, status: 204 },
    packed(),
    { send: 'GET ctr_baskets({basket})', status: 200 },
  ),
  steps('GET of $ref answers the addresses of a collection', {
    send: 'GET accounts({beta})/ctr_account_tree/$ref?$orderby=ctr_code&$filter=ctr_code ne null',
    status: 200,
    holds: {
      '@odata.context': '{base}/$metadata#Collection($ref)',
      value: [{ '@odata.id': '{base}/ctr_trees({d})' }, { '@odata.id': '{base}/ctr_trees({e})' }],
    },
  }),
  steps('GET of $ref answers the address behind a lookup', {
    send: 'GET ctr_trees({a})/ctr_AccountId/$ref',
    status: 200,
    holds: { '@odata.id': '{base}/accounts({alpha})' },
  }),
  steps(
    'a reference to a row there is not is refused',
    tree(),
    { send: 'PUT ctr_trees({it})/ctr_AccountId/$ref', body: reference('{base}/accounts({new:nowhere})'), status: 404 },
    parentIs(null),
  ),
  steps('a reference to a row of another table is refused', tree(), {
    send: 'PUT ctr_trees({it})/ctr_AccountId/$ref',
    body: reference('{base}/contacts({carla})'),
    status: 400,
  }),
  steps('a reference without @odata.id is refused', tree(), {
    send: 'PUT ctr_trees({it})/ctr_AccountId/$ref',
    body: {},
    status: 400,
  }),
  steps('an unknown navigation property is refused', tree(), {
    send: 'PUT ctr_trees({it})/nosuch/$ref',
    body: reference('{base}/accounts({alpha})'),
    status: 404,
  }),
  steps(
    'a many-to-many pair of a row there is not is refused',
    tree(),
    { send: `POST ${pairs}/$ref`, body: reference('{base}/ctr_baskets({new:nobasket})'), status: 404 },
    packed(),
  ),
  {
    ...steps(
      'each target of a polymorphic lookup has its own property',
      tree({ 'ctr_CustomerId_contact@odata.bind': '/contacts({carla})' }),
      {
        send: 'GET ctr_trees({it})?$select=_ctr_customerid_value&$expand=ctr_CustomerId_contact($select=firstname),ctr_CustomerId_account($select=name)',
        status: 200,
        holds: {
          _ctr_customerid_value: '{carla}',
          ctr_CustomerId_contact: { firstname: 'Carla' },
          ctr_CustomerId_account: null,
        },
      },
    ),
    source: polymorphic,
  },
  {
    ...steps(
      'setting one target of a polymorphic lookup clears the other',
      tree({ 'ctr_CustomerId_contact@odata.bind': '/contacts({carla})' }),
      {
        send: 'PATCH ctr_trees({it})',
        body: { 'ctr_CustomerId_account@odata.bind': '/accounts({beta})' },
        status: 204,
      },
      {
        send: 'GET ctr_trees({it})?$select=_ctr_customerid_value&$expand=ctr_CustomerId_contact($select=firstname),ctr_CustomerId_account($select=name)',
        status: 200,
        holds: {
          _ctr_customerid_value: '{beta}',
          ctr_CustomerId_contact: null,
          ctr_CustomerId_account: { name: 'Beta contract' },
        },
      },
    ),
    source: polymorphic,
  },
  {
    ...steps(
      'a polymorphic lookup is emptied through any of its properties',
      tree({ 'ctr_CustomerId_contact@odata.bind': '/contacts({carla})' }),
      { send: 'PATCH ctr_trees({it})', body: { 'ctr_CustomerId_contact@odata.bind': null }, status: 204 },
      {
        send: 'GET ctr_trees({it})?$select=_ctr_customerid_value',
        status: 200,
        holds: { _ctr_customerid_value: null },
      },
    ),
    source: polymorphic,
  },
  {
    ...steps('the logical name of a polymorphic lookup is no property of a body', {
      send: 'POST ctr_trees',
      body: { 'ctr_customerid@odata.bind': '/contacts({carla})' },
      status: 400,
      code: '0x80048d19',
    }),
    source: polymorphic,
  },
  {
    ...steps(
      'a polymorphic lookup is set by reference',
      tree(),
      {
        send: 'PUT ctr_trees({it})/ctr_CustomerId_contact/$ref',
        body: reference('{base}/contacts({dora})'),
        status: 204,
      },
      {
        send: 'GET ctr_trees({it})?$select=_ctr_customerid_value',
        status: 200,
        holds: { _ctr_customerid_value: '{dora}' },
      },
    ),
    source: polymorphic,
  },
  {
    ...steps(
      'the owner is set through its one property',
      tree(),
      { send: 'PATCH ctr_trees({it})', body: { 'ownerid@odata.bind': '/systemusers({me})' }, status: 204 },
      {
        send: 'GET ctr_trees({it})?$select=_ownerid_value,_owninguser_value,_owningteam_value',
        status: 200,
        holds: { _ownerid_value: '{me}', _owninguser_value: '{me}', _owningteam_value: null },
      },
    ),
    source: 'dev security-sharing-assigning',
  },
  {
    ...steps('the owner is expanded as a principal', {
      send: 'GET ctr_trees({a})?$select=ctr_code&$expand=ownerid($select=ownerid)',
      status: 200,
      holds: { ownerid: { ownerid: '{me}' } },
    }),
    source: 'dev webapi/web-api-entitytypes',
  },
];
