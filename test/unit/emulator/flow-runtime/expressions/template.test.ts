import fc from 'fast-check';
import type { Scope } from '../../../../../emulator/flow-runtime/expressions/evaluate.ts';
import { ExpressionError } from '../../../../../emulator/flow-runtime/expressions/expression-error.ts';
import { readJson, writeJson } from '../../../../../emulator/flow-runtime/expressions/json.ts';
import { parseExpression } from '../../../../../emulator/flow-runtime/expressions/parse.ts';
import { resolve } from '../../../../../emulator/flow-runtime/expressions/template.ts';
import { fromPlain } from '../../../../../emulator/flow-runtime/expressions/value.ts';
import { triggerRecord } from '../../../../../emulator/flow-runtime/triggers/trigger-record.ts';

const trigger = { accountid: 'a1', name: "O'Brien", 'body/odd': 1, _parent_value: null, rows: [{ n: 1 }, { n: 2 }] };
const scope = {
  trigger: () => triggerRecord('When', fromPlain(trigger), new Date(0), { headers: { 'x-ms-user': 'u' } }),
  action: (name: string) => (name === 'Never' ? null : undefined),
  item: () => undefined,
} as unknown as Scope;

test.each([
  ['plain text', '"plain text"'],
  ["@triggerBody()['accountid']", '"a1"'],
  ["@triggerOutputs()?['body/accountid']", '"a1"'],
  ["@triggerOutputs()?['body/missing/deeper']", 'null'],
  ["@triggerBody()?['body/odd']", '1'],
  ["@triggerBody()?['rows'][1].n", '2'],
  ["@triggerBody()?['rows/1/n']", '2'],
  ["@triggerOutputs()?['headers']['x-ms-user']", '"u"'],
  ["@triggerOutputs()?['Body']?['ACCOUNTID']", '"a1"'],
  ["@outputs('Never')?['body/x']", 'null'],
  ["id @{triggerBody()?['accountid']}!", '"id a1!"'],
  ["@{triggerBody()['rows'][0]['n']}", '"1"'],
  ["@{triggerBody()?['_parent_value']}", '""'],
  ["@{triggerBody()?['rows']}", '"[{\\"n\\":1},{\\"n\\":2}]"'],
  ["@{concat('}', '{')}", '"}{"'],
  ['@@name', '"@name"'],
  ['mail@example.com', '"mail@example.com"'],
  ['a @@{b}', '"a @{b}"'],
  [' @triggerBody()', '" @triggerBody()"'],
  ["@concat('it''s ', triggerBody()['name'])", '"it\'s O\'Brien"'],
  ['@null', 'null'],
  ["@ concat ( 'a' , \n 'b' ) ", '"ab"'],
])('%s resolves to %s', (text, json) => {
  expect(writeJson(resolve(text, scope))).toBe(json);
});

test('names and nested values are resolved too', () => {
  const value = readJson(
    '{"@{triggerBody()?[\'accountid\']}": ["@@odata", {"n": "@triggerBody()[\'rows\'][0].n"}], "@@type": 9007199254740993}',
  );
  expect(writeJson(resolve(value, scope))).toBe('{"a1":["@odata",{"n":1}],"@type":9007199254740993}');
});

test.each([
  "@concat('a'",
  "@concat('a',)",
  '@concat("a")',
  '@triggerBody()?',
  '@',
  '@{concat(',
  "@concat('a') b",
  '@foo',
])('%s is refused with the place where it stops making sense', (text) =>
  expect(() => resolve(text, scope)).toThrow(ExpressionError),
);

test('a missing member without ? is an error that names what is there', () => {
  expect(() => resolve("@triggerBody()['rows'][0]['x']", scope)).toThrow(
    "property 'x' doesn't exist, available properties are 'n'",
  );
});

test('an action the flow does not have is an error, one that has not run is null', () => {
  expect(() => resolve("@outputs('Nowhere')", scope)).toThrow("'Nowhere', which this flow does not have");
});

test('JSON keeps every digit and every string', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (plain, integer) => {
      const text = JSON.stringify({ plain, integer: 0 }).replace(/0}$/, `${integer}}`);
      expect(JSON.parse(writeJson(readJson(text)))).toEqual(JSON.parse(text));
      expect(writeJson(readJson(String(integer)))).toBe(String(integer));
    }),
  );
});

test('no text makes the parser hang or fail in a way of its own', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseExpression(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError);
      }
    }),
  );
});
