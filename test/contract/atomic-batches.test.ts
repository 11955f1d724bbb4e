/** Random batches against a plain model: a change set happens as a whole or not at all. */
import fc from 'fast-check';
import { aDataverse, type TestDataverse } from '../support/a-dataverse.ts';
import { contractSolution } from './target/contract-solution.ts';

const ids = Array.from({ length: 4 }, (_one, index) => `ba7c0000-0000-4000-8000-00000000000${index}`);

/** One request; heights above 120 are refused. */
type Change =
  | { readonly kind: 'create' | 'update'; readonly row: number; readonly height: number }
  | { readonly kind: 'delete'; readonly row: number };

interface Item {
  readonly isSet: boolean;
  readonly changes: readonly Change[];
}

const row = fc.integer({ min: 0, max: ids.length - 1 });
const height = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 120 }) }, fc.constant(121));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom('create' as const, 'update' as const), row, height }),
  fc.record({ kind: fc.constant('delete' as const), row }),
);
const item: fc.Arbitrary<Item> = fc.oneof(
  fc.record({ isSet: fc.constant(true), changes: fc.array(change, { minLength: 1, maxLength: 5 }) }),
  fc.record({ isSet: fc.constant(false), changes: fc.tuple(change) }),
);

type Rows = ReadonlyMap<number, number>;

/** The rows after the change; undefined when it is refused. */
function changed(rows: Rows, one: Change): Rows | undefined {
  if (rows.has(one.row) === (one.kind === 'create')) return undefined;
  if (one.kind !== 'delete' && one.height > 120) return undefined;
  const after = new Map(rows);
  if (one.kind === 'delete') after.delete(one.row);
  else after.set(one.row, one.height);
  return after;
}

/** What the batch means, said as plainly as can be: the rows after it. */
function expected(before: Rows, items: readonly Item[], continues: boolean): Rows {
  let rows = before;
  for (const { changes } of items) {
    const after = changes.reduce<Rows | undefined>((here, one) => here && changed(here, one), rows);
    if (after !== undefined) rows = after;
    else if (!continues) break;
  }
  return rows;
}

function part(one: Change, id?: number): string {
  const address = `ctr_trees(${ids[one.row]!})`;
  const body = one.kind === 'delete' ? '' : JSON.stringify({ ctr_height: one.height });
  const [line, headers, text] =
    one.kind === 'create'
      ? ['POST ctr_trees', '', body.replace('{', `{"ctr_treeid":"${ids[one.row]!}",`)]
      : [`${one.kind === 'delete' ? 'DELETE' : 'PATCH'} ${address}`, 'If-Match: *\r\n', body];
  const contentId = id === undefined ? '' : `Content-ID: ${id}\r\n`;
  return `Content-Type: application/http\r\n${contentId}\r\n${line} HTTP/1.1\r\nContent-Type: application/json\r\n${headers}\r\n${text}\r\n`;
}

const batch = (items: readonly Item[]) =>
  `${items
    .map(({ isSet, changes }) =>
      isSet
        ? `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${changes.map((one, index) => `--c\r\n${part(one, index + 1)}`).join('')}--c--\r\n`
        : `--b\r\n${part(changes[0]!)}`,
    )
    .join('')}--b--\r\n`;

let platform: TestDataverse;
beforeAll(async () => {
  platform = await aDataverse();
  await platform.dataverse.importSolution(await contractSolution());
});
afterAll(() => platform.close());

async function present(): Promise<Rows> {
  const { body } = await platform.call('GET', 'ctr_trees?$select=ctr_height');
  const rows = body.value as { ctr_treeid: string; ctr_height: number }[];
  return new Map(rows.map(({ ctr_treeid, ctr_height }) => [ids.indexOf(ctr_treeid), ctr_height]));
}

const sorted = (rows: Rows) => [...rows].sort(([a], [b]) => a - b);

test('a random batch leaves what its whole change sets made, and nothing of the others', () =>
  fc.assert(
    fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 5 }), fc.boolean(), async (items, continues) => {
      const before = await present();
      const headers = {
        'Content-Type': 'multipart/mixed; boundary=b',
        ...(continues ? { Prefer: 'odata.continue-on-error' } : {}),
      };
      const { status } = await platform.call('POST', '$batch', { body: batch(items), headers });
      const after = expected(before, items, continues);
      expect(sorted(await present())).toEqual(sorted(after));
      expect(status === 200).toBe(continues || expectedWhole(before, items));
    }),
    { numRuns: 150, seed: 20260102 },
  ));

/** True when no part of the batch is refused. */
const expectedWhole = (before: Rows, items: readonly Item[]) =>
  items
    .flatMap(({ changes }) => changes)
    .reduce<Rows | undefined>((here, one) => here && changed(here, one), before) !== undefined;
