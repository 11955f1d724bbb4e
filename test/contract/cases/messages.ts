import { one, type ContractCase, type Exchange } from '../contract-case.ts';

const autonumber = 'dev create-auto-number-attributes';
const transitions = 'dev define-custom-state-model-transitions';
const merging = 'dev webapi/merge-entity-using-web-api';
const bypassing = 'dev bypass-custom-business-logic';

const steps = (name: string, source: string, ...all: Exchange[]): ContractCase => ({ name, source, steps: all });

const numberOf = (AttributeName = 'ctr_stamp') => ({ EntityName: 'ctr_leaf', AttributeName });
const seed = (Value: number, more: Partial<Exchange> = {}): Exchange => ({
  send: 'POST SetAutoNumberSeed',
  body: { ...numberOf(), Value },
  status: 204,
  ...more,
});
const leaf: Exchange = { send: 'POST ctr_leafs', body: { ctr_name: 'Numbered' }, status: 204, keep: { it: 'id' } };
const numbered = (ctr_stamp: unknown): Exchange => ({
  send: 'GET ctr_leafs({it})?$select=ctr_stamp',
  status: 200,
  holds: { ctr_stamp },
});
const next = (NextAutoNumberValue: number): Exchange => ({
  send: "GET GetNextAutoNumberValue(EntityName='ctr_leaf',AttributeName='ctr_stamp')",
  status: 200,
  holds: {
    '@odata.context': '{base}/$metadata#Microsoft.Dynamics.CRM.GetNextAutoNumberValueResponse',
    NextAutoNumberValue,
  },
});

const tree: Exchange = { send: 'POST ctr_trees', body: { ctr_name: 'State' }, status: 204, keep: { it: 'id' } };
const asked = (NewState: string, NewStatus: number, IsValid: boolean): Exchange => ({
  send: 'GET IsValidStateTransition(Entity=@e,NewState=@s,NewStatus=@t)',
  query: { '@e': "{'@odata.id':'ctr_trees({it})'}", '@s': `'${NewState}'`, '@t': String(NewStatus) },
  status: 200,
  holds: { IsValid },
});

const account = (name: string, keep: string, more: object = {}): Exchange => ({
  send: 'POST accounts',
  body: { name, ...more },
  status: 204,
  keep: { [keep]: 'id' },
});
const ofAccount = (id: string) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: `{${id}}` });
const merge = (more: object = {}, answer: Partial<Exchange> = {}): Exchange => ({
  send: 'POST Merge',
  body: { Target: ofAccount('kept'), Subordinate: ofAccount('lost'), PerformParentingChecks: false, ...more },
  status: 204,
  ...answer,
});

export const messages: readonly ContractCase[] = [
  steps(
    'numbers begin at the seed, and go on from there',
    autonumber,
    seed(7000),
    leaf,
    numbered('L-7000'),
    leaf,
    numbered('L-7001'),
  ),
  steps(
    'GetNextAutoNumberValue tells the next number and takes none',
    autonumber,
    seed(50),
    next(50),
    next(50),
    leaf,
    numbered('L-50'),
    next(51),
  ),
  steps('GetAutoNumberSeed tells the seed', autonumber, seed(90), leaf, {
    send: "GET GetAutoNumberSeed(EntityName='ctr_leaf',AttributeName='ctr_stamp')",
    status: 200,
    holds: { AutoNumberSeedValue: 90 },
  }),
  one('a seed of a column that counts nothing is refused', autonumber, {
    send: 'POST SetAutoNumberSeed',
    body: { ...numberOf('ctr_name'), Value: 1 },
    status: 400,
    code: '0x80040203',
  }),
  one(
    'who may not change columns sets no seed',
    autonumber,
    { ...seed(1), as: 'picker', status: 403, code: '0x80040220' },
    'users',
  ),
  one('more than six random letters fail at the first row', autonumber, {
    send: 'POST ctr_seals',
    body: { ctr_name: 'Random' },
    status: 400,
    code: '0x80040203',
    message: 'Invalid Argument',
  }),
  steps('a date in a number is written by its pattern', autonumber, leaf, {
    send: 'GET ctr_leafs({it})?$select=ctr_dated',
    status: 200,
    holds: { ctr_dated: expect.stringMatching(/^\d{8}-[A-Z0-9]{4}$/) },
  }),

  steps(
    'a status of the new state is a valid transition, one of another state is none',
    transitions,
    tree,
    asked('Inactive', 2, true),
    asked('1', 2, true),
    asked('Inactive', -1, true),
    asked('Inactive', 3, false),
    asked('Nowhere', 2, false),
  ),
  steps(
    'where transitions are enforced, a status goes where it leads only',
    transitions,
    { send: 'POST ctr_gates', body: { ctr_name: 'Gate' }, status: 204, keep: { it: 'id' } },
    { ...asked('Active', 3, true), query: { '@e': "{'@odata.id':'ctr_gates({it})'}", '@s': "'Active'", '@t': '3' } },
    {
      ...asked('Inactive', 2, false),
      query: { '@e': "{'@odata.id':'ctr_gates({it})'}", '@s': "'Inactive'", '@t': '2' },
    },
    { send: 'PATCH ctr_gates({it})', body: { statecode: 1, statuscode: 2 }, status: 400, code: '0x80048408' },
    { send: 'PATCH ctr_gates({it})', body: { statuscode: 3 }, status: 204 },
    { send: 'PATCH ctr_gates({it})', body: { statecode: 1, statuscode: 2 }, status: 204 },
  ),
  one('transitions are in the definitions', transitions, {
    send: "GET EntityDefinitions(LogicalName='ctr_gate')?$select=EnforceStateTransitions",
    status: 200,
    holds: { EnforceStateTransitions: true },
  }),

  steps(
    'Merge fills what the master lacks, takes what is given, and keeps what it has',
    merging,
    account('Kept', 'kept', { telephone1: '1' }),
    account('Lost', 'lost', { telephone1: '2', fax: '3', websiteurl: 'http://lost.example' }),
    merge({ UpdateContent: { '@odata.type': 'Microsoft.Dynamics.CRM.account', websiteurl: 'http://given.example' } }),
    {
      send: 'GET accounts({kept})?$select=name,telephone1,fax,websiteurl',
      status: 200,
      holds: { name: 'Kept', telephone1: '1', fax: '3', websiteurl: 'http://given.example' },
    },
    {
      send: 'GET accounts({lost})?$select=statecode,merged,_masterid_value',
      status: 200,
      holds: { statecode: 1, merged: true, _masterid_value: '{kept}' },
    },
  ),
  steps(
    'Merge moves the rows that point at the other',
    merging,
    account('Kept', 'kept'),
    account('Lost', 'lost'),
    {
      send: 'POST contacts',
      body: { lastname: 'Mover', 'parentcustomerid_account@odata.bind': 'accounts({lost})' },
      status: 204,
      keep: { contact: 'id' },
    },
    merge(),
    {
      send: 'GET contacts({contact})?$select=_parentcustomerid_value',
      status: 200,
      holds: { _parentcustomerid_value: '{kept}' },
    },
  ),
  steps(
    'what is merged already is not merged again',
    merging,
    account('Kept', 'kept'),
    account('Lost', 'lost'),
    merge(),
    merge({}, { status: 400, code: '0x80040233' }),
  ),
  steps('other tables are not merged', merging, leaf, {
    send: 'POST Merge',
    body: {
      Target: { '@odata.type': 'Microsoft.Dynamics.CRM.ctr_leaf', ctr_leafid: '{it}' },
      Subordinate: { '@odata.type': 'Microsoft.Dynamics.CRM.ctr_leaf', ctr_leafid: '{it}' },
      PerformParentingChecks: false,
    },
    status: 400,
    code: '0x80040800',
  }),

  ...(
    [
      ['MSCRM.BypassCustomPluginExecution', 'true'],
      ['MSCRM.BypassBusinessLogicExecution', 'CustomSync,CustomAsync'],
      ['MSCRM.BypassBusinessLogicExecutionStepIds', '45e0c603-0d0b-466e-a286-d7fc1cda8361'],
    ] as const
  ).flatMap(([header, value]) => [
    one(`${header} is taken from who has the privilege`, bypassing, {
      send: 'POST ctr_leafs',
      headers: { [header]: value },
      body: { ctr_name: 'Bypassed' },
      status: 204,
    }),
    one(
      `${header} is refused from who has not`,
      bypassing,
      {
        send: 'POST ctr_trees',
        headers: { [header]: value },
        as: 'picker',
        body: { ctr_name: 'Bypassed' },
        status: 403,
        code: '0x80040220',
      },
      'users',
    ),
  ]),
  one('BypassBusinessLogicExecution takes its two values only', bypassing, {
    send: 'POST ctr_leafs',
    headers: { 'MSCRM.BypassBusinessLogicExecution': 'Everything' },
    body: { ctr_name: 'Bypassed' },
    status: 400,
  }),
];
