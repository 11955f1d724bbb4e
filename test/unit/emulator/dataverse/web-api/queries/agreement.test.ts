import fc from 'fast-check';
import { aDataverse, type TestDataverse } from '../../../../../support/a-dataverse.ts';
import { orchard } from '../../orchard.ts';

/** A row in memory, by the same columns as in the store. */
interface Tree {
  readonly ora_name: string;
  readonly ora_code: string;
  readonly ora_height: number | null;
  readonly ora_girth: number | null;
  readonly ora_seen: string | null;
  readonly ora_issound: boolean;
}

const words = ['Oak', 'oak', 'Öak', 'Elm tree', 'elm', "O'Hara", 'a&b <c>', ''];
const trees: readonly Tree[] = Array.from({ length: 24 }, (_one, index) => ({
  ora_name: words[index % 7]!,
  ora_code: String(index).padStart(2, '0'),
  ora_height: index % 5 === 0 ? null : index % 7,
  ora_girth: index % 4 === 0 ? null : (index % 6) / 4,
  ora_seen: index % 3 === 0 ? null : `2026-01-0${1 + (index % 8)}T0${index % 9}:30:00Z`,
  ora_issound: index % 2 === 0,
}));

type Column = 'ora_name' | 'ora_height' | 'ora_girth' | 'ora_seen' | 'ora_issound';
type Value = string | number | boolean | null;

type Tested =
  | { readonly kind: 'compare'; readonly column: Column; readonly operator: string; readonly value: Value }
  | { readonly kind: 'text'; readonly operator: 'contains' | 'startswith' | 'endswith'; readonly text: string }
  | { readonly kind: 'list'; readonly operator: 'In' | 'NotIn'; readonly values: readonly number[] }
  | { readonly kind: 'between'; readonly operator: 'Between' | 'NotBetween'; readonly values: readonly number[] }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Tested[] }
  | { readonly kind: 'not'; readonly of: Tested };

const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const height = fc.integer({ min: 0, max: 7 });
const date = fc.constantFrom(...trees.map(({ ora_seen }) => ora_seen).filter((one) => one !== null));
const compared = (column: Column, value: fc.Arbitrary<Value>, operators = comparisons) =>
  fc.record({
    kind: fc.constant('compare' as const),
    column: fc.constant(column),
    operator: fc.constantFrom(...operators),
    value,
  });

const leaf: fc.Arbitrary<Tested> = fc.oneof(
  compared('ora_name', fc.constantFrom(...words)),
  compared('ora_height', height),
  compared('ora_girth', fc.constantFrom(0, 0.25, 0.5, 1.25)),
  compared('ora_seen', date),
  compared('ora_issound', fc.boolean(), ['eq', 'ne']),
  ...(['ora_height', 'ora_seen'] as const).map((column) => compared(column, fc.constant(null), ['eq', 'ne'])),
  fc.record({
    kind: fc.constant('text' as const),
    operator: fc.constantFrom('contains' as const, 'startswith' as const, 'endswith' as const),
    text: fc.constantFrom('o', 'OA', 'tree', "'", '&b <'),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.array(height, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('between' as const),
    operator: fc.constantFrom('Between' as const, 'NotBetween' as const),
    values: fc.tuple(height, height),
  }),
);

const nested = (withNot: boolean) =>
  fc.letrec<{ node: Tested }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      }),
      // The platform refuses `not` in front of a query function.
      ...(withNot
        ? [
            fc.record({
              kind: fc.constant('not' as const),
              of: tie('node').filter((node) => node.kind !== 'list' && node.kind !== 'between'),
            }),
          ]
        : []),
    ),
  })).node;

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** What the query means, said as plainly as can be. */
function holds(tree: Tree, node: Tested): boolean {
  switch (node.kind) {
    case 'and':
      return node.of.every((part) => holds(tree, part));
    case 'or':
      return node.of.some((part) => holds(tree, part));
    case 'not':
      return !holds(tree, node.of);
    case 'text': {
      const [name, text] = [fold(tree.ora_name), fold(node.text)];
      return { contains: name.includes(text), startswith: name.startsWith(text), endswith: name.endsWith(text) }[
        node.operator
      ];
    }
    case 'list': {
      const isIn = tree.ora_height !== null && node.values.includes(tree.ora_height);
      return node.operator === 'In' ? isIn : !isIn;
    }
    case 'between': {
      const [from, to] = node.values as [number, number];
      if (tree.ora_height === null) return false;
      const isBetween = tree.ora_height >= from && tree.ora_height <= to;
      return node.operator === 'Between' ? isBetween : !isBetween;
    }
    case 'compare':
      return compareValues(tree[node.column], node.operator, node.value);
  }
}

function compareValues(left: Value, operator: string, right: Value): boolean {
  const folded = (value: Value) => (typeof value === 'string' ? fold(value) : value);
  const [a, b] = [folded(left), folded(right)];
  if (operator === 'eq') return a === b;
  if (operator === 'ne') return a !== b;
  if (a === null || b === null) return false;
  return { gt: a > b, ge: a >= b, lt: a < b, le: a <= b }[operator]!;
}

function odata(node: Tested): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  switch (node.kind) {
    case 'and':
    case 'or':
      return `(${node.of.map(odata).join(` ${node.kind} `)})`;
    case 'not':
      return `not (${odata(node.of)})`;
    case 'text':
      return `${node.operator}(ora_name,${quoted(node.text)})`;
    case 'list':
    case 'between':
      return `Microsoft.Dynamics.CRM.${node.operator}(PropertyName='ora_height',PropertyValues=[${node.values.map((one) => `"${one}"`).join(',')}])`;
    case 'compare': {
      const isText = node.column === 'ora_name';
      return `${node.column} ${node.operator} ${isText ? quoted(String(node.value)) : String(node.value)}`;
    }
  }
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const condition = (column: string, operator: string, values: readonly Value[]) =>
  `<condition attribute="${column}" operator="${operator}">${values.map((one) => `<value>${xml(String(one))}</value>`).join('')}</condition>`;

function fetchXml(node: Tested): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return `<filter type="${node.kind}">${node.of.map(fetchXml).join('')}</filter>`;
    case 'not':
      throw new Error('FetchXML has no negation of a filter.');
    case 'text': {
      const operator = { contains: 'like', startswith: 'begins-with', endswith: 'ends-with' }[node.operator];
      return condition('ora_name', operator, [node.operator === 'contains' ? `%${node.text}%` : node.text]);
    }
    case 'list':
      return condition('ora_height', node.operator === 'In' ? 'in' : 'not-in', node.values);
    case 'between':
      return condition('ora_height', node.operator === 'Between' ? 'between' : 'not-between', node.values);
    case 'compare':
      if (node.value === null) return condition(node.column, node.operator === 'eq' ? 'null' : 'not-null', []);
      return condition(node.column, node.operator, [typeof node.value === 'boolean' ? Number(node.value) : node.value]);
  }
}

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse(orchard);
  for (const tree of trees) await platform.create('ora_trees', tree);
});
afterAll(() => platform.close());

async function codes(query: string): Promise<string[]> {
  const { status, body, text } = await platform.call('GET', `ora_trees?${query}`);
  if (status !== 200) throw new Error(text);
  return body.value.map((row: { ora_code: string }) => row.ora_code);
}
const byFilter = (node: Tested) =>
  codes(`$select=ora_code&$orderby=ora_code&$filter=${encodeURIComponent(odata(node))}`);
const byFetch = (node: Tested) =>
  codes(
    `fetchXml=${encodeURIComponent(`<fetch><entity name="ora_tree"><attribute name="ora_code"/><order attribute="ora_code"/><filter>${fetchXml(node)}</filter></entity></fetch>`)}`,
  );
const expected = (node: Tested) => trees.filter((tree) => holds(tree, node)).map(({ ora_code }) => ora_code);

test('any $filter finds the rows it means', () =>
  fc.assert(
    fc.asyncProperty(nested(true), async (node) => expect(await byFilter(node)).toEqual(expected(node))),
    { numRuns: 300 },
  ));

test('FetchXML and $filter of the same query find the same rows, those it means', () =>
  fc.assert(
    fc.asyncProperty(nested(false), async (node) => {
      expect(await byFetch(node)).toEqual(expected(node));
      expect(await byFilter(node)).toEqual(expected(node));
    }),
    { numRuns: 200 },
  ));

const orders = fc.uniqueArray(
  fc.record({
    column: fc.constantFrom('ora_name', 'ora_height', 'ora_girth', 'ora_seen', 'ora_issound'),
    isDescending: fc.boolean(),
  }),
  { selector: ({ column }) => column, maxLength: 3 },
);

test('pages of any size in any order are the whole, in its order', () =>
  fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 1, max: 9 }), async (keys, size) => {
      const order = keys.map(({ column, isDescending }) => `${column}${isDescending ? ' desc' : ''}`).join(',');
      const query = `ora_trees?$select=ora_code${order === '' ? '' : `&$orderby=${order}`}`;
      const codesOf = ({ value }: { value: { ora_code: string }[] }) => value.map((row) => row.ora_code);
      const whole = codesOf((await platform.call('GET', query)).body);
      const paged: string[] = [];
      const headers = { prefer: `odata.maxpagesize=${size}` };
      for (let url: string | undefined = query; url !== undefined;) {
        const { body } = await platform.call('GET', url, { headers });
        paged.push(...codesOf(body));
        url = body['@odata.nextLink'];
      }
      expect(paged).toEqual(whole);
    }),
    { numRuns: 40 },
  ));
