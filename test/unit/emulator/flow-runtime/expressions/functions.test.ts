import { evaluate, type Scope } from '../../../../../emulator/flow-runtime/expressions/evaluate.ts';
import { ExpressionError } from '../../../../../emulator/flow-runtime/expressions/expression-error.ts';
import { functions } from '../../../../../emulator/flow-runtime/expressions/functions/index.ts';
import { writeJson } from '../../../../../emulator/flow-runtime/expressions/json.ts';
import { parseExpression } from '../../../../../emulator/flow-runtime/expressions/parse.ts';
import type { Value } from '../../../../../emulator/flow-runtime/expressions/value.ts';

const nowhere = () => {
  throw new Error('an example may not ask for its run');
};
const scope: Scope = {
  now: () => new Date('2026-11-23T12:00:00Z'),
  newId: () => '6f9619ff-8b86-d011-b42d-00cf4fc964ff',
  trigger: nowhere,
  action: nowhere,
  current: nowhere,
  result: nowhere,
  variable: nowhere,
  parameter: nowhere,
  item: nowhere,
  iterationIndex: nowhere,
  workflow: nowhere,
  callbackUrl: nowhere,
};

const examples = functions.flatMap((entry) => entry.examples.map(([expression, result]) => ({ expression, result })));

test.each(examples)('$expression gives $result', ({ expression, result }) => {
  const run = () => writeJson(evaluate(parseExpression(expression), scope));
  if (result === 'throws') expect(run).toThrow(ExpressionError);
  else expect(run()).toBe(result);
});

test('every function but those that ask for the run has an example', () => {
  const bare = functions.filter((entry) => entry.examples.length === 0).map((entry) => entry.name);
  expect(bare.sort()).toEqual([
    'action',
    'actionBody',
    'actionOutputs',
    'actions',
    'body',
    'formDataMultiValues',
    'formDataValue',
    'item',
    'items',
    'iterationIndexes',
    'listCallbackUrl',
    'multipartBody',
    'outputs',
    'parameters',
    'result',
    'trigger',
    'triggerBody',
    'triggerFormDataMultiValues',
    'triggerFormDataValue',
    'triggerMultipartBody',
    'triggerOutputs',
    'variables',
    'workflow',
  ]);
});

test('an unknown function is refused by name', () => {
  expect(() => evaluate(parseExpression('nonsense()'), scope)).toThrow(
    "The template function 'nonsense' is not defined or not valid.",
  );
});

test('names are found in any letter case and argument counts are checked', () => {
  expect(evaluate(parseExpression("REPLACE('a','a','b')"), scope)).toBe('b');
  expect(() => evaluate(parseExpression("replace('a')"), scope)).toThrow('expects 3 parameter(s) but was given 1');
});

describe('bodies that are forms', () => {
  const form = {
    $formdata: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
      { key: 'b', value: '3' },
    ],
  };
  const multipart = {
    $multipart: [{ headers: { 'Content-Disposition': 'form-data; name="file"; filename="x"' }, body: 'text' }],
  };
  const evaluated = (expression: string, body: Value) =>
    evaluate(parseExpression(expression), {
      ...scope,
      trigger: () => ({ outputs: { body } }),
      action: () => ({ outputs: { body } }),
    });

  test.each<[string, Value, Value]>([
    ["triggerFormDataValue('a')", form, '1'],
    ["triggerFormDataMultiValues('b')", form, ['2', '3']],
    ["triggerFormDataMultiValues('c')", form, []],
    ["formDataValue('Ask','a')", form, '1'],
    ["formDataMultiValues('Ask','b')", form, ['2', '3']],
    ["formDataValue('Ask','file')", multipart, 'text'],
    ["multipartBody('Ask',0)", multipart, 'text'],
    ['triggerMultipartBody(0)', multipart, 'text'],
  ])('%s', (expression, body, expected) => {
    expect(evaluated(expression, body)).toEqual(expected);
  });

  test.each([
    ["triggerFormDataValue('b')", form, "found 2 values for the key 'b'"],
    ["triggerFormDataValue('c')", form, "found 0 values for the key 'c'"],
    ['triggerMultipartBody(1)', multipart, 'found no part 1'],
  ])('%s fails', (expression, body, words) => {
    expect(() => evaluated(expression, body)).toThrow(words);
  });
});
