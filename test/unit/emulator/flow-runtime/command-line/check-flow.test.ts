import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFlow } from '../../../../../emulator/flow-runtime/command-line/check-flow.ts';
import { rules } from '../../../../../emulator/flow-runtime/command-line/finding.ts';

const root = join(__dirname, '../../../../..');

type Json = Record<string, unknown>;
const manual = { manual: { type: 'Request' } };
const flow = (actions: Json, { triggers = manual as Json, parameters = {}, references = {} } = {}) =>
  JSON.stringify({ properties: { connectionReferences: references, definition: { triggers, actions, parameters } } });
const compose = (inputs: unknown, runAfter: Json = {}) => ({ type: 'Compose', inputs, runAfter });
const dataverse = { d: { api: { name: 'shared_commondataserviceforapps' } } };
const call = (operationId: string, more: Json = {}, connectionName = 'd') => ({
  type: 'OpenApiConnection',
  inputs: { host: { connectionName, operationId }, parameters: {}, ...more },
  runAfter: {},
});
const found = (json: string) => checkFlow(json).findings.map(({ rule, where }) => `${rule} ${where}`.trim());
const nested = (depth: number): Json =>
  depth === 0 ? { A: compose(1) } : { [`S${depth}`]: { type: 'Scope', actions: nested(depth - 1) } };
const subscribed = (operationId: string) => ({
  changed: { type: 'OpenApiConnectionWebhook', inputs: { host: { connectionName: 'd', operationId } } },
});
const webhook = subscribed('SubscribeWebhookTrigger');
const legacy = (path: string) => ({
  type: 'ApiConnection',
  inputs: {
    host: { connection: { name: "@parameters('$connections')['shared_x']['connectionId']" } },
    method: 'get',
    path,
  },
});

test.each([
  ['no JSON', '{', ['unreadable']],
  ['two triggers', flow({}, { triggers: { a: {}, b: {} } }), ['unreadable']],
  ['an unknown function', flow({ A: compose('@shout(1)') }), ['unknown-function A']],
  ['a function in a property name', flow({ A: compose({ '@{shout(1)}': 1 }) }), ['unknown-function A']],
  ['a function within another', flow({ A: compose("@concat(shout('x'))") }), ['unknown-function A']],
  ['an expression that cannot be read', flow({ A: compose('@concat(') }), ['unreadable-expression A']],
  ['a missing action', flow({ A: compose("@outputs('B')") }), ['missing-action A']],
  ['an action, in any letter case', flow({ A: compose(1), B: compose("@OUTPUTS('a')", { A: ['Succeeded'] }) }), []],
  [
    'an action of another branch',
    flow({ S: { type: 'Scope', actions: { A: compose(1) } }, B: compose("@body('A')") }),
    [],
  ],
  ['a loop that is not around', flow({ A: compose("@items('L')") }), ['missing-loop A']],
  [
    'a loop that is around',
    flow({ L: { type: 'Foreach', foreach: '@triggerBody()', actions: { A: compose("@items('L')") } } }),
    [],
  ],
  [
    'a variable set from itself',
    flow({
      V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'string' }] } },
      A: {
        type: 'SetVariable',
        inputs: { name: 'v', value: "@concat(variables('V'), 'x')" },
        runAfter: { V: ['Succeeded'] },
      },
    }),
    ['self-reference A'],
  ],
  [
    'a condition that is a constant',
    flow({ I: { type: 'If', expression: '@true', actions: { A: compose(1) }, else: { actions: { B: compose(2) } } } }),
    ['unreachable I'],
  ],
  [
    'two cases of one value',
    flow({
      S: {
        type: 'Switch',
        expression: '@triggerBody()',
        cases: {
          a: { case: 1, actions: { A: compose(1) } },
          b: { case: 1, actions: {} },
          c: { case: '1', actions: {} },
        },
      },
    }),
    ['unreachable S'],
  ],
  ['a variable nobody made', flow({ A: compose("@variables('v')") }), ['missing-variable A']],
  [
    'a variable',
    flow({
      V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'V', type: 'string' }] } },
      A: compose("@variables('v')", { V: ['Succeeded'] }),
    }),
    [],
  ],
  ['a parameter nobody declared', flow({ A: compose("@parameters('p')") }), ['missing-parameter A']],
  ['a parameter', flow({ A: compose("@parameters('p')") }, { parameters: { p: { type: 'String' } } }), []],
  ['the parameters of connections', flow({ A: compose("@parameters('$authentication')") }), []],
  ['an unknown type', flow({ A: { type: 'Dance' } }), ['unknown-type A']],
  ['a type that is not run here', flow({ A: { type: 'Liquid', inputs: {} } }), ['not-emulated A']],
  [
    'too many actions',
    flow(Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`A${n}`, compose(1)]))),
    ['limit'],
  ],
  [
    'as many actions as there may be',
    flow(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`A${n}`, compose(1)]))),
    [],
  ],
  ['a name too long', flow({ ['A'.repeat(81)]: compose(1) }), [`limit ${'A'.repeat(81)}`]],
  ['nine actions around one', flow(nested(9)), ['limit A']],
  ['eight actions around one', flow(nested(8)), []],
  ['an unknown operation', flow({ A: call('Dance') }, { references: dataverse }), ['unknown-operation A']],
  ['an operation', flow({ A: call('ListRecords') }, { references: dataverse }), []],
  [
    'another connector',
    flow({ A: call('Send', {}, 'm') }, { references: { m: { api: { name: 'mail' } } } }),
    ['not-emulated A'],
  ],
  [
    'a connection that is not there',
    flow({ A: call('GetItem', {}, 'x') }, { references: dataverse }),
    ['missing-connection A', 'not-emulated A'],
  ],
  [
    'what comes after the end',
    flow({ T: { type: 'Terminate', inputs: { runStatus: 'Failed' } }, A: compose(1, { T: ['Succeeded'] }) }),
    ['unreachable A'],
  ],
  [
    'a variable set in a parallel loop',
    flow({
      V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'V', type: 'integer' }] } },
      L: {
        type: 'Foreach',
        foreach: '@triggerBody()',
        runtimeConfiguration: { concurrency: { repetitions: 20 } },
        actions: { I: { type: 'IncrementVariable', inputs: { name: 'V', value: 1 } } },
        runAfter: { V: ['Succeeded'] },
      },
    }),
    ['parallel-variable I'],
  ],
  [
    'a write that is tried once',
    flow({ A: call('CreateRecord', { retryPolicy: { type: 'none' } }) }, { references: dataverse }),
    ['no-retry A'],
  ],
  [
    'a write that is tried once, whose failure is taken up',
    flow(
      { A: call('CreateRecord', { retryPolicy: { type: 'none' } }), B: compose(1, { A: ['Failed'] }) },
      { references: dataverse },
    ),
    [],
  ],
  [
    'overlapping runs that write',
    flow({ A: call('CreateRecord') }, { references: dataverse, triggers: webhook }),
    ['no-concurrency changed'],
  ],
  [
    'overlapping runs that write, where a catch takes up the failure',
    flow(
      {
        Try: { type: 'Scope', actions: { A: call('CreateRecord') } },
        Catch: { type: 'Scope', actions: { B: compose(1) }, runAfter: { Try: ['Failed'] } },
      },
      { references: dataverse, triggers: webhook },
    ),
    [],
  ],
  [
    'a trigger of an unknown operation',
    flow({}, { references: dataverse, triggers: subscribed('Dance') }),
    ['unknown-operation changed'],
  ],
  ['the older form of a connector', flow({ A: legacy('/v2/users') }), ['not-emulated A']],
  ['a prediction', flow({ A: call('aibuilderpredict_x') }, { references: dataverse }), ['not-emulated A']],
  [
    'what a change set holds',
    flow({ C: { type: 'Changeset', inputs: {}, actions: { A: call('Dance') } } }, { references: dataverse }),
    ['unknown-operation A'],
  ],
  ['overlapping runs that read', flow({ A: call('GetItem') }, { references: dataverse, triggers: webhook }), []],
])('%s', (_what, json, expected) => {
  expect(found(json)).toEqual(expected);
});

test('counts what a run costs: the short way, the usual way, and the calls in it', () => {
  const branches = {
    If: {
      type: 'If',
      expression: {},
      actions: { A: call('GetItem'), B: compose(1, { A: ['Succeeded'] }) },
      else: { actions: { C: compose(1) } },
    },
    Loop: { type: 'Foreach', foreach: [], actions: { D: call('UpdateRecord') }, runAfter: { If: ['Succeeded'] } },
    Rescue: compose(1, { Loop: ['Failed'] }),
    After: compose(1, { Rescue: ['Succeeded', 'Skipped'] }),
  };
  expect(checkFlow(flow(branches, { references: dataverse })).requests).toEqual({ minimum: 4, typical: 6, calls: 2 });
});

test('our own flows have nothing to be said about, and cost what their page says', () => {
  const folder = join(root, 'flows/address-change-confirm');
  const { findings, requests } = checkFlow(readFileSync(join(folder, 'definition.json'), 'utf8'));
  expect(findings).toEqual([]);
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(
    `**Cost.** ${requests!.typical} Power Platform requests`,
  );
});

test('docs/flows.md lists every rule with its severity', () => {
  const page = readFileSync(join(root, 'docs/flows.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `([\w-]+)`\s+\| (\w+)\s+\|/gm)].map(([, rule, severity]) => [rule, severity]);
  expect(Object.fromEntries(listed)).toEqual(rules);
});
