import { lastZip, startWorld, type World } from '../support/fault-matrix/index.ts';
import { creditLimitScenario, sales, status } from '../support/credit-limit.ts';

let world: World;
const on = creditLimitScenario(() => world);
beforeAll(async () => {
  world = await startWorld(process.env['LAST_ZIP'] === undefined ? {} : { zip: lastZip() });
}, 600_000);
afterAll(() => world?.close());

/** What one approval cannot do without, given settings people can read (names of a team and of a sender, not ids). */
const least: Readonly<Record<string, readonly string[]>> = {
  'credit-limit-route': [
    'the account: what it owes its limit to, and whether finance and operations knows it',
    'the team of the setting',
    'the owner of the case',
    'the note in the timeline of the case',
    'the request',
  ],
  'credit-limit-apply': ['the limit', 'the read-back', 'what it proved'],
  'credit-limit-confirm': [
    'the request with its case, customer and contact',
    'the resolution of the case',
    'the sender of the setting',
    'the e-mail',
    'its sending',
    'that the customer is informed',
  ],
};

test('an approval end to end costs at most a quarter more Power Platform requests than it must', async () => {
  const incident = await on.openCase('US-001', 5000);
  await world.settle();
  await on.decide(incident, sales);
  await world.settle();
  expect((await on.requestsOf(incident))[0]).toMatchObject({ statuscode: status.confirmed });
  const counted: string[] = [];
  let requests = 0;
  for (const [flow, needed] of Object.entries(least)) {
    const [run, ...more] = await world.runs(flow);
    expect(more).toEqual([]);
    const { actions } = await world.console('GET', `/flow-runs/${run!.id}`);
    const ran = actions.filter((action: { status: string }) => action.status !== 'Skipped');
    requests += ran.length;
    counted.push(`${flow}: ${ran.length} requests, ${needed.length} at least`);
  }
  const minimum = Object.values(least).flat().length;
  console.log(
    [...counted, `together ${requests}, ${minimum} at least: ${(requests / minimum).toFixed(2)}×`].join('\n'),
  );
  expect(requests / minimum).toBeLessThanOrEqual(1.25);
}, 120_000);
