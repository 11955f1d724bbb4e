/** Many clients at once, over sockets, on a file: nothing is lost, and nobody meets an error that is not the platform's. */
import { runConcurrently, type Ask } from '../support/concurrent-clients.ts';
import { Session } from './target/session.ts';
import { openOnFile, type Target } from './target/target.ts';

// Refusals are answered with another attempt: how long it takes depends on the machine.
jest.setTimeout(300_000);

let target: Target;
let session: Session;
beforeAll(async () => {
  target = await openOnFile();
  session = new Session(target);
}, 300_000);
afterAll(() => target?.close([]));

const ask: Ask = (method, path, options) => session.send({ send: `${method} ${path}`, status: 200, ...options });

async function newRows(count: number): Promise<string[]> {
  const rows: string[] = [];
  for (let index = 0; index < count; index++) {
    await session.create(`row${index}`, 'ctr_trees', { ctr_row: 0, ctr_name: 'Counted' });
    rows.push(`ctr_trees(${session.values.get(`row${index}`)!})`);
  }
  return rows;
}

test('32 clients raise numbers in four rows: every accepted update is kept', async () => {
  const report = await runConcurrently(ask, {
    rows: await newRows(4),
    column: 'ctr_row',
    page: 'ctr_trees?$select=ctr_row&$orderby=ctr_name&$count=true',
    writers: 24,
    readers: 8,
    isOver: (written) => written >= 120,
  });
  expect(report.unexpected).toEqual([]);
  expect(report.held).toBe(report.written);
  expect(report.refused).toBeGreaterThan(0);
  expect(report.read).toBeGreaterThan(0);
});

test('clients that race for one alternate key: one wins, the others are told', async () => {
  const answers = await Promise.all(
    Array.from({ length: 32 }, () => ask('POST', 'ctr_trees', { body: { ctr_code: 'raced' } })),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([204, ...Array.from({ length: 31 }, () => 412)]);
});

test('autonumbers given at once are all different', async () => {
  await Promise.all(
    Array.from({ length: 32 }, () => ask('POST', 'ctr_trees', { body: { ctr_name: 'Numbered at once' } })),
  );
  const { body } = await ask('GET', "ctr_trees?$select=ctr_number&$filter=ctr_name eq 'Numbered at once'");
  expect(new Set((body.value as { ctr_number: string }[]).map(({ ctr_number }) => ctr_number)).size).toBe(32);
});
